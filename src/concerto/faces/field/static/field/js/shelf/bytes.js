// Bytes: as text, as base64, and squeezed where the browser can.

/** Bytes that WebCrypto takes. @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** @param {string} text @returns {Bytes} */
export function utf8(text) {
  return new TextEncoder().encode(text);
}

/** @param {BufferSource} bytes */
export function fromUtf8(bytes) {
  return new TextDecoder().decode(bytes);
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** @param {string} text @returns {Bytes} */
export function fromBase64(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Uint8Array[]} parts @returns {Bytes} */
export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} length */
export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** @param {Bytes} bytes @param {GenericTransformStream} through @returns {Promise<Bytes>} */
async function passed(bytes, through) {
  const out = new Blob([bytes]).stream().pipeThrough(/** @type {ReadableWritablePair} */ (through));
  return new Uint8Array(await new Response(out).arrayBuffer());
}

/**
 * One byte that says how (0 as it is, 1 deflate-raw), then the bytes so. An older browser leaves them as they are.
 * @param {Bytes} bytes
 * @returns {Promise<Bytes>}
 */
export async function squeeze(bytes) {
  try {
    const small = await passed(bytes, new CompressionStream("deflate-raw"));
    if (small.length < bytes.length) return joined(Uint8Array.of(1), small);
  } catch {
    // no CompressionStream, or one that does not know this form
  }
  return joined(Uint8Array.of(0), bytes);
}

/** @param {Bytes} bytes @returns {Promise<Bytes>} */
export async function unsqueeze(bytes) {
  const rest = bytes.subarray(1);
  return bytes[0] === 1 ? passed(rest, new DecompressionStream("deflate-raw")) : rest;
}

/**
 * For a request's body; null where the browser can't, and it travels as it is.
 * @param {Bytes} bytes
 * @returns {Promise<Bytes | null>}
 */
export async function gzip(bytes) {
  return typeof CompressionStream === "undefined" ? null : passed(bytes, new CompressionStream("gzip"));
}
