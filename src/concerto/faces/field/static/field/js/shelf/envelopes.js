// Envelopes: an entry sealed to the server and signed by this device, and the file that carries them away.
// What is in a box stands in docs/sync.md.
import { base64, fromBase64, joined, squeeze, utf8 } from "./bytes.js";

/** @import { Bytes } from "./bytes.js" */
/**
 * @typedef {{ id: string, raw: string }} ServerKey
 * @typedef {{ outcome: string, code?: string, facts?: Record<string, any>, seq?: number, epoch?: number }} Answered
 * @typedef {{ id: string, box: string, sig?: string, answered?: Answered }} Envelope
 */

const CURVE = "P-256";
const INFO = utf8("concerto envelope 1");

/** A signing key that never leaves this browser, and its public point for the server. */
export async function newSigningKey() {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: CURVE }, false, ["sign", "verify"]);
  return { pair, raw: base64(new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey))) };
}

/**
 * Seal an item to the server: nobody else opens it, this phone included.
 * @param {string} text
 * @param {ServerKey} serverKey
 */
export async function seal(text, serverKey) {
  return base64(await box(await squeeze(utf8(text)), serverKey));
}

/**
 * Seal a file: not squeezed, since a photo is that already.
 * @param {Bytes} bytes
 * @param {ServerKey} serverKey
 */
export function sealBytes(bytes, serverKey) {
  return box(joined(Uint8Array.of(0), bytes), serverKey);
}

/** @param {Bytes} told with the byte that says how @param {ServerKey} serverKey */
async function box(told, serverKey) {
  const server = await crypto.subtle.importKey("raw", fromBase64(serverKey.raw), { name: "ECDH", namedCurve: CURVE }, false, []);
  const once = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: CURVE }, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, once.privateKey, 256);
  const shared = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: INFO };
  const key = await crypto.subtle.deriveKey(how, shared, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  // A nonce of zeros: this key is used once.
  const lock = { name: "AES-GCM", iv: new Uint8Array(12), additionalData: point };
  return joined(point, new Uint8Array(await crypto.subtle.encrypt(lock, key, told)));
}

/**
 * @param {string} id
 * @param {string} box
 * @param {CryptoKeyPair} pair
 */
export async function sign(id, box, pair) {
  const told = joined(utf8(id), fromBase64(box));
  return base64(new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, told)));
}

/**
 * @param {{ device?: string, ticket?: string, envelopes: Envelope[] }} told
 * @returns {Blob}
 */
export function fileOf(told) {
  return new Blob([JSON.stringify({ concerto: "envelopes", version: 1, ...told })], { type: "application/json" });
}
