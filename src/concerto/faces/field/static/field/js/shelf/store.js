// IndexedDB as the shelf uses it: strict transactions, a full disk told from everything else, reopened when it closed.
//
// All stores are at version 1 for ever: a raised version breaks the old tab beside it. What needs another store gets
// another database.
import { Refusal } from "./refusal.js";

export const PEOPLE = "concerto";
const STORES = { people: ["people"], person: ["about", "entries", "cards", "drafts"] };
const DENIED = new Set(["SecurityError", "NotAllowedError", "InvalidStateError", "NotSupportedError"]);
const FULL = new Set(["QuotaExceededError", "UnknownError", "AbortError"]);
const AGAIN_AFTER = [0, 150, 600];
/** How long the disk may say nothing, in milliseconds: then it has no room as far as anybody here can tell. */
const PATIENCE = 5000;
/** As many times as long, where it can't be taken back. */
const LONGEST = 6;

/** @param {string} account */
export function nameOf(account) {
  return `concerto-${account}`;
}

/** @returns {IDBFactory} */
function factory() {
  try {
    if (globalThis.indexedDB) return globalThis.indexedDB;
  } catch {
    // where storage is denied, looking is enough to throw
  }
  throw new Refusal("no_storage");
}

/** @param {any} error @param {boolean} opening */
function refusalOf(error, opening) {
  if (error instanceof Refusal) return error;
  if (opening && DENIED.has(error?.name)) return new Refusal("no_storage");
  // Chromium says UnknownError when the disk is full, and an abort without a reason when the rest did not fit.
  return error == null || FULL.has(error.name) ? new Refusal("disk_full") : error;
}

export class Store {
  /** @type {Promise<IDBDatabase> | null} */
  #open = null;
  #make;

  /**
   * @param {string} name
   * @param {{ make?: boolean }} [how] whether opening may make it; without, a store that is gone stays gone
   */
  constructor(name, { make = false } = {}) {
    this.name = name;
    this.#make = make;
  }

  /**
   * Whether the database is there, without making it.
   * @returns {Promise<boolean>}
   */
  async isThere() {
    try {
      await this.#opened();
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === "no_shelf") return false;
      throw error;
    }
  }

  /** @returns {Promise<IDBDatabase>} */
  #opened() {
    if (this.#open) return this.#open;
    const opening = this.#tryOpening();
    this.#open = opening;
    opening.catch(() => {
      if (this.#open === opening) this.#open = null;
    });
    return opening;
  }

  async #tryOpening() {
    let last = new Refusal("disk_full");
    const began = Date.now();
    for (const pause of AGAIN_AFTER) {
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        return await this.#request();
      } catch (error) {
        const told = refusalOf(error, true);
        if (!(told instanceof Refusal) || told.code !== "disk_full" || Date.now() - began > PATIENCE) throw told;
        last = told;
      }
    }
    throw last;
  }

  /** @returns {Promise<IDBDatabase>} */
  #request() {
    return new Promise((resolve, reject) => {
      const request = factory().open(this.name, 1);
      let absent = false;
      const late = setInterval(() => {
        clearInterval(late);
        reject(new Refusal("disk_full"));
        request.addEventListener("success", () => request.result.close());
      }, 2 * PATIENCE);
      request.onupgradeneeded = () => {
        if (this.#make) return makeStores(request.result, this.name === PEOPLE);
        absent = true;
        request.transaction?.abort();
      };
      request.onerror = () => {
        clearInterval(late);
        reject(absent ? new Refusal("no_shelf") : request.error);
      };
      request.onsuccess = () => {
        clearInterval(late);
        const db = request.result;
        this.#make = false;
        db.onclose = () => this.forget(); // the disk was full, or the browser took it away
        db.onversionchange = () => this.close(); // it is being wiped in another tab
        resolve(db);
      };
    });
  }

  forget() {
    this.#open = null;
  }

  close() {
    this.#open?.then((db) => db.close(), () => undefined);
    this.#open = null;
  }

  /**
   * One transaction: `work` is given the stores by name and may ask and put, but wait for nothing else. Resolves when
   * it is on the disk.
   * @template T
   * @param {IDBTransactionMode} mode
   * @param {string[]} names
   * @param {(stores: Record<string, IDBObjectStore>, done: (value: T) => void) => void} work
   * @returns {Promise<T>}
   */
  async #run(mode, names, work) {
    for (let again = 1; ; again -= 1) {
      const db = await this.#opened();
      try {
        return await inOne(db, mode, names, work);
      } catch (error) {
        // The connection was closed under us and nothing was begun: open it again, once.
        if (!(error instanceof Closed)) throw refusalOf(error, false);
        this.forget();
        if (again === 0) throw new Refusal("disk_full");
      }
    }
  }

  /**
   * @template T
   * @param {string[]} names
   * @param {(stores: Record<string, IDBObjectStore>, done: (value: T) => void) => void} work
   * @returns {Promise<T>}
   */
  read(names, work) {
    return this.#run("readonly", names, work);
  }

  /**
   * @template [T=void]
   * @param {string[]} names
   * @param {(stores: Record<string, IDBObjectStore>, done: (value: T) => void) => void} work
   * @returns {Promise<T>}
   */
  write(names, work) {
    return this.#run("readwrite", names, work);
  }

  /** Clear all stores, then delete the database: another tab may keep it open for a while, but then it is empty. */
  async destroy() {
    if (!(await this.isThere())) return;
    await this.write(STORES.person, (stores) => Object.values(stores).forEach((store) => store.clear()));
    this.close();
    await new Promise((resolve) => {
      const request = factory().deleteDatabase(this.name);
      request.onsuccess = request.onerror = request.onblocked = () => resolve(undefined);
    });
  }
}

class Closed extends Error {}

/** Large rows lie in files of their own: Chromium says DataError when these can't be written. @param {DOMException | null} error */
function unwritten(error) {
  return error?.name === "DataError" ? new Refusal("disk_full") : error;
}

/** What was thrown in the middle of a transaction, which it ended. @type {WeakMap<IDBTransaction, unknown>} */
const thrown = new WeakMap();

/**
 * @template T
 * @param {IDBDatabase} db
 * @param {IDBTransactionMode} mode
 * @param {string[]} names
 * @param {(stores: Record<string, IDBObjectStore>, done: (value: T) => void) => void} work
 * @returns {Promise<T>}
 */
function inOne(db, mode, names, work) {
  return new Promise((resolve, reject) => {
    let transaction;
    try {
      transaction = db.transaction(names, mode, { durability: "strict" });
    } catch (error) {
      const closed = error instanceof DOMException && error.name === "InvalidStateError";
      return reject(closed ? new Closed() : error);
    }
    /** @type {any} */
    let value;
    // What says nothing is taken back, and nothing of it happened. What can't be taken back any more is waited for longer: it
    // may still come to lie on the disk. Tried again, it is found there.
    let late = 0;
    const timer = setInterval(() => {
      late += 1;
      if (late > LONGEST) {
        clearInterval(timer);
        reject(new Refusal("disk_full"));
      }
      try {
        transaction.abort();
      } catch {
        // it is being written
      }
    }, PATIENCE);
    transaction.oncomplete = () => {
      clearInterval(timer);
      resolve(value);
    };
    transaction.onabort = () => {
      clearInterval(timer);
      reject(thrown.get(transaction) ?? unwritten(transaction.error));
    };
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    try {
      work(stores, (given) => (value = given));
    } catch (error) {
      thrown.set(transaction, error);
      transaction.abort();
    }
  });
}

/**
 * @param {IDBDatabase} db
 * @param {boolean} ofPeople
 */
function makeStores(db, ofPeople) {
  if (ofPeople) {
    db.createObjectStore("people", { keyPath: "account" });
    return;
  }
  db.createObjectStore("about");
  const entries = db.createObjectStore("entries", { keyPath: "id" });
  entries.createIndex("number", "number");
  entries.createIndex("state", "state");
  db.createObjectStore("cards", { keyPath: "grant" });
  db.createObjectStore("drafts", { keyPath: "key" });
}

/**
 * What a request found, to whoever goes on with it in the same transaction.
 * @template T
 * @param {IDBRequest<T>} request
 * @param {(found: T) => void} then
 */
export function found(request, then) {
  request.onsuccess = () => {
    try {
      then(request.result);
    } catch (error) {
      thrown.set(/** @type {IDBTransaction} */ (request.transaction), error);
      request.transaction?.abort();
    }
  };
}
