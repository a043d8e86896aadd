// Values under the key of a shelf.
import { base64, fromBase64, fromUtf8, joined, random, squeeze, unsqueeze, utf8 } from "./bytes.js";

/** A key in memory, and which of the shelf's keys it is. @typedef {{ key: CryptoKey, under: number }} Held */

/**
 * @param {Held} held
 * @param {unknown} value
 * @param {{ small?: boolean }} [how] small: squeezing would cost more than it saves
 */
export async function lockUp({ key }, value, { small = false } = {}) {
  const bytes = utf8(JSON.stringify(value));
  const [iv, clear] = [random(12), small ? joined(Uint8Array.of(0), bytes) : await squeeze(bytes)];
  return base64(joined(iv, new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, clear))));
}

/**
 * @param {Held} held
 * @param {string} locked
 * @returns {Promise<any>}
 */
export async function openUp({ key }, locked) {
  const bytes = fromBase64(locked);
  const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.subarray(0, 12) }, key, bytes.subarray(12));
  return JSON.parse(fromUtf8(await unsqueeze(new Uint8Array(clear))));
}

/**
 * The value, or null where this key does not open it.
 * @param {Held | null} held
 * @param {number} under
 * @param {string} locked
 * @returns {Promise<any>}
 */
export async function mayOpen(held, under, locked) {
  if (!held || held.under !== under || !locked) return null;
  return openUp(held, locked).catch(() => null);
}
