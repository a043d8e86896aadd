// Names that a phone gives: of entries and things, of words.
import { hex, random, utf8 } from "./bytes.js";

/**
 * A UUIDv7. A clock before 1970 counts as 1970.
 * @param {number} [now] milliseconds
 */
export function uuid7(now = Date.now()) {
  const bytes = random(16);
  const time = Math.max(0, Math.floor(now));
  for (let n = 0; n < 6; n += 1) bytes[n] = Math.floor(time / 2 ** (8 * (5 - n))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Sixteen random bytes, in hex: without them an erased word could be guessed from its digest. */
export function salt() {
  return hex(random(16));
}

/**
 * The digest by which an entry names words: the same bytes as the server writes.
 * @param {{ about: string, audience: string, salt: string, text: string }} part
 */
export async function partDigest({ about, audience, salt: grains, text }) {
  const bytes = utf8(JSON.stringify({ about, audience, salt: grains, text }));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
