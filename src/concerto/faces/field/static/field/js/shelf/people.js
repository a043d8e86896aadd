// Who has a shelf on this phone: not in localStorage, which a killed browser may not have written yet.
import { found, PEOPLE, Store } from "./store.js";

/** @typedef {{ account: string, called: string, log: string | null }} Who */

/**
 * Who has a shelf on this phone.
 * @returns {Promise<Who[]>}
 */
export async function people() {
  const store = new Store(PEOPLE, { make: true });
  try {
    return await store.read(["people"], (stores, done) => found(stores.people.getAll(), done));
  } finally {
    store.close();
  }
}

/** Change the list. @param {(people: IDBObjectStore) => void} change */
export async function inPeople(change) {
  const store = new Store(PEOPLE, { make: true });
  try {
    await store.write(["people"], (stores) => change(stores.people));
  } finally {
    store.close();
  }
}
