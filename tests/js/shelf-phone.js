// A phone for the tests of the shelf: a browser's storage, a clock of its own, and entries as forms write them.
import "fake-indexeddb/auto";
import { webcrypto } from "node:crypto";
import { fromBase64, unsqueeze, fromUtf8, utf8, base64 } from "../../src/concerto/faces/field/static/field/js/shelf/bytes.js";
import { partDigest, salt, uuid7 } from "../../src/concerto/faces/field/static/field/js/shelf/ids.js";
import * as shelf from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";

// Older nodes have no navigator, or none with locks: the shelf does without, and a test may put some in.
globalThis.navigator ??= /** @type {any} */ ({});
if (!("locks" in navigator)) Object.defineProperty(navigator, "locks", { configurable: true, get: () => undefined });

export const PIN = "271828";
export const NOON = Date.parse("2026-09-16T04:00:00.000Z");
const ROUNDS = 500; // the real million is only slow

/** A server that can open what was sealed to it. */
const pair = await webcrypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, false, ["deriveBits"]);
export const SERVER_KEY = { id: "test", raw: base64(new Uint8Array(await webcrypto.subtle.exportKey("raw", pair.publicKey))) };

/** What is in an envelope, as the server reads it. */
export async function unsealed({ box }) {
  const bytes = fromBase64(box);
  const [point, locked] = [bytes.slice(0, 65), bytes.slice(65)];
  const once = await webcrypto.subtle.importKey("raw", point, { name: "ECDH", namedCurve: "P-256" }, false, []);
  const secret = await webcrypto.subtle.deriveBits({ name: "ECDH", public: once }, pair.privateKey, 256);
  const shared = await webcrypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: point, info: utf8("concerto envelope 1") };
  const key = await webcrypto.subtle.deriveKey(how, shared, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const clear = await webcrypto.subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(12), additionalData: point }, key, locked);
  return JSON.parse(fromUtf8(await unsqueeze(new Uint8Array(clear))));
}

/** A clock that a test sets. */
export function clockAt(time = NOON) {
  const world = { now: () => world.time, time, rounds: ROUNDS };
  return world;
}

/** A person new to this phone, with an open shelf. */
export async function enrolled(world = clockAt(), account = uuid7(), called = "林晓") {
  const { pair: keys, raw } = await shelf.newSigningKey();
  const mine = await shelf.enrolHere(
    { who: { account, called, log: uuid7() }, device: uuid7(), ticket: "ticket", serverKey: SERVER_KEY, pair: keys },
    PIN,
    world,
  );
  return Object.assign(mine, { world, raw, keys });
}

/** Words about a household, and a visit that names them. */
export async function visitOf(text = "母羊三只", id = uuid7()) {
  const part = { about: uuid7(), audience: "place", salt: salt(), text };
  const digest = await partDigest(part);
  const write = ({ number, device }) => ({
    id,
    item: { said: JSON.stringify({ id, kind: "visit", number, device, sealed: [digest] }), sealed: [part] },
    shows: { kind: "visit", name: text, on: "2026-09-16" },
  });
  return { id, write, digest, part };
}

export const said = (row) => JSON.parse(row.item.said);
export const refused = (code, more = () => true) => (error) => error.code === code && more(error.facts);
