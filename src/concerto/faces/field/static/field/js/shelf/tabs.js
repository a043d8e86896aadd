// The tabs of one person on one phone: who may write now, what changed, and the key from a tab that has it.
import { salt } from "./ids.js";

/**
 * @typedef {{ key: CryptoKey, under: number, left: number }} Handed
 * @typedef {{ has: () => Handed | null, heard: (what: string) => void }} Ears
 */

const ANSWER_WITHIN = 400;

/** @type {Map<string, Promise<unknown>>} */
const queues = new Map();

/**
 * Do this while no other tab does the like. Without Web Locks only this page waits for itself, and whoever writes looks
 * again inside the transaction.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, work) {
  let locks;
  try {
    locks = navigator.locks;
  } catch {
    // denied together with storage
  }
  if (locks) return /** @type {Promise<T>} */ (locks.request(name, work));
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(name, mine.catch(() => undefined));
  return mine;
}

export class Tabs {
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {Map<string, (told: Handed) => void>} */
  #asked = new Map();
  #ears;

  /**
   * @param {string} name
   * @param {Ears} ears
   */
  constructor(name, ears) {
    this.#ears = ears;
    try {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => this.#hear(data);
      /** @type {any} */ (this.#channel).unref?.();
    } catch {
      // an older browser: each tab asks for the PIN by itself
    }
  }

  /** @param {any} told */
  #hear(told) {
    if (told.ask) {
      const handed = this.#ears.has();
      if (handed) this.#channel?.postMessage({ to: told.ask, handed });
    } else if (told.to) {
      this.#asked.get(told.to)?.(told.handed);
    } else if (told.what) {
      this.#ears.heard(told.what);
    }
  }

  /** Tell the other tabs. @param {string} what */
  tell(what) {
    this.#channel?.postMessage({ what });
  }

  /**
   * The key, if another tab is open: only pages of this very origin hear the question.
   * @returns {Promise<Handed | null>}
   */
  ask() {
    const ask = salt();
    return new Promise((resolve) => {
      const done = (/** @type {Handed | null} */ handed) => {
        clearTimeout(timer);
        this.#asked.delete(ask);
        resolve(handed);
      };
      const timer = setTimeout(done, this.#channel ? ANSWER_WITHIN : 0, null);
      this.#asked.set(ask, done);
      this.#channel?.postMessage({ ask });
    });
  }

  leave() {
    this.#channel?.close();
    this.#channel = null;
  }
}
