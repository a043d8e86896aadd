// Files of papers on their way: each sealed to the server as an envelope is, so that nobody opens it here, in a database of
// its own beside the shelf. It lies here once: what a full disk takes is taken anew, the paper is still there.
import { hex } from "./bytes.js";
import { Refusal } from "./refusal.js";

/** @typedef {{ digest: string, entry: string, log: string, box: Uint8Array<ArrayBuffer> }} Kept */

export const MOST_BYTES = 5 << 20; // as at the door
const NAME = "concerto-papers-";

/**
 * @template T
 * @param {string} account
 * @param {IDBTransactionMode} mode
 * @param {(files: IDBObjectStore) => IDBRequest<T>} ask
 * @returns {Promise<T>}
 */
async function within(account, mode, ask) {
  /** @type {IDBDatabase} */
  const base = await new Promise((done, fail) => {
    const asked = indexedDB.open(NAME + account, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files", { keyPath: "digest" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(new Refusal("disk_full"));
  });
  try {
    return await new Promise((done, fail) => {
      const work = base.transaction("files", mode, { durability: "strict" });
      const request = ask(work.objectStore("files"));
      work.oncomplete = () => done(request.result);
      work.onabort = () => fail(new Refusal("disk_full"));
    });
  } finally {
    base.close();
  }
}

/** @param {string} account @param {Kept} file */
export function putFile(account, file) {
  return within(account, "readwrite", (files) => files.put(file));
}

/** Those on their way; of a phone that never kept one no database is made. @param {string} account @returns {Promise<Kept[]>} */
export async function filesOf(account) {
  const known = await indexedDB.databases?.().catch(() => null);
  if (known && !known.some(({ name }) => name === NAME + account)) return [];
  return within(account, "readonly", (files) => files.getAll());
}

/** @param {string} account @param {string} digest */
export function dropFile(account, digest) {
  return within(account, "readwrite", (files) => files.delete(digest));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function isPdfIn(bytes) {
  return String.fromCharCode(...bytes.subarray(0, 5)) === "%PDF-";
}

/** What the sealed part says of a file. @param {Uint8Array<ArrayBuffer>} bytes a JPEG or a PDF */
export async function described(bytes) {
  return `${isPdfIn(bytes) ? "pdf" : "jpeg"} ${bytes.length} ${hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))}`;
}
