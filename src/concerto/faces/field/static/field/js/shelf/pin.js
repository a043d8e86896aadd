// The PIN: it wraps the key of a shelf, and wrong ones wait. Nothing here ever wipes anything.
import { fromBase64, base64, random, utf8 } from "./bytes.js";
import { Refusal } from "./refusal.js";

/** @import { Bytes } from "./bytes.js" */

/**
 * A wrapped key and its tries, as they lie in the database: frozen, see docs/shelf.md.
 * @typedef {{ under: number, rounds: number, salt: string, iv: string, wrapped: string, tries: number, tried_at: number }} Lock
 */

export const ROUNDS = 1_000_000;
const FREE = 5;
const FIRST_WAIT = 30;
const LONGEST_WAIT = 3600;
const AES = { name: "AES-GCM", length: 256 };

/** The same PIN from every keyboard: full-width digits are digits. @param {string} pin */
function plain(pin) {
  return pin.normalize("NFKC").trim();
}

/**
 * Refuse what is too short: six digits, or eight letters.
 * @param {string} pin
 */
export function checkPin(pin) {
  const said = plain(pin);
  if ([...said].length < (/^\d+$/.test(said) ? 6 : 8)) throw new Refusal("pin_too_short");
}

/**
 * Wrap a new key for a shelf. It can be exported only until this returns.
 * @param {string} pin
 * @param {number} under which key of the shelf this is
 * @param {number} rounds
 * @returns {Promise<{ lock: Lock, key: CryptoKey }>}
 */
export async function newLock(pin, under, rounds = ROUNDS) {
  checkPin(pin);
  return wrap(await crypto.subtle.generateKey(AES, true, ["encrypt", "decrypt"]), pin, under, rounds);
}

/**
 * @param {CryptoKey} bare
 * @param {string} pin
 * @param {number} under
 * @param {number} rounds
 */
async function wrap(bare, pin, under, rounds) {
  const [salt, iv] = [random(16), random(12)];
  const by = await stretched(pin, salt, rounds);
  const wrapped = await crypto.subtle.wrapKey("raw", bare, by, { name: "AES-GCM", iv });
  const key = await crypto.subtle.unwrapKey("raw", wrapped, by, { name: "AES-GCM", iv }, AES, false, ["encrypt", "decrypt"]);
  const lock = { under, rounds, salt: base64(salt), iv: base64(iv), wrapped: base64(new Uint8Array(wrapped)), tries: 0, tried_at: 0 };
  return { lock, key };
}

/**
 * Open a lock, or null when the PIN is another.
 * @param {Lock} lock
 * @param {string} pin
 * @returns {Promise<CryptoKey | null>}
 */
export function unlock(lock, pin) {
  return unwrap(lock, pin, false);
}

/**
 * The same key under another PIN, or null when the old one is wrong.
 * @param {Lock} lock
 * @param {string} old
 * @param {string} fresh
 * @param {number} rounds
 */
export async function relock(lock, old, fresh, rounds = ROUNDS) {
  const bare = await unwrap(lock, old, true);
  return bare && (await wrap(bare, fresh, lock.under, rounds));
}

/**
 * @param {Lock} lock
 * @param {string} pin
 * @param {boolean} extractable
 */
async function unwrap(lock, pin, extractable) {
  const by = await stretched(pin, fromBase64(lock.salt), lock.rounds);
  const how = { name: "AES-GCM", iv: fromBase64(lock.iv) };
  try {
    return await crypto.subtle.unwrapKey("raw", fromBase64(lock.wrapped), by, how, AES, extractable, ["encrypt", "decrypt"]);
  } catch {
    return null;
  }
}

/**
 * @param {string} pin
 * @param {Bytes} salt
 * @param {number} rounds
 */
async function stretched(pin, salt, rounds) {
  const raw = await crypto.subtle.importKey("raw", utf8(plain(pin)), "PBKDF2", false, ["deriveKey"]);
  return crypto.subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, raw, AES, false, ["wrapKey", "unwrapKey"]);
}

/**
 * A lock that counts one more try, to be written before that try is made; how many are free after it, and when the
 * next may come. A clock set back does not shorten the wait: it begins anew.
 * @param {Lock} lock
 * @param {number} now milliseconds
 * @returns {{ lock: Lock, wait: number }} `wait` in seconds: above 0 the try may not be made
 */
export function countTry(lock, now) {
  const pause = waitAfter(lock.tries);
  if (pause > 0 && now < lock.tried_at) return { lock: { ...lock, tried_at: now }, wait: pause };
  const wait = pause - Math.floor((now - lock.tried_at) / 1000);
  if (pause > 0 && wait > 0) return { lock, wait };
  return { lock: { ...lock, tries: lock.tries + 1, tried_at: now }, wait: 0 };
}

/** Seconds to wait after so many wrong tries. @param {number} tries */
export function waitAfter(tries) {
  return tries < FREE ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - FREE));
}

/** @param {number} tries */
export function freeAfter(tries) {
  return Math.max(0, FREE - tries);
}
