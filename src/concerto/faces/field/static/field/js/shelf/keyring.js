// The key of a shelf while it is open: in this page's memory alone, for half a working day.
import { checkPin, countTry, freeAfter, newLock, relock, unlock, waitAfter } from "./pin.js";
import { Refusal } from "./refusal.js";
import { found } from "./store.js";

/** @import { Held } from "./locked.js" */
/** @import { Lock } from "./pin.js" */
/** @import { Store } from "./store.js" */
/** @import { Handed } from "./tabs.js" */
/** The clock, and how often a PIN is stretched: tests bring their own. @typedef {{ now: () => number, rounds: number }} World */

const OPEN_FOR = 4 * 3_600_000;

export class Keyring {
  #store;
  #world;
  #ended;
  /** @type {Handed & { since: number, ticks: number } | null} */
  #held = null;
  /** @type {any} */
  #timer = null;

  /**
   * @param {Store} store
   * @param {World} world
   * @param {() => void} ended told when the time is over
   */
  constructor(store, world, ended) {
    this.#store = store;
    this.#world = world;
    this.#ended = ended;
  }

  /** @param {CryptoKey} key @param {number} under */
  begin(key, under) {
    this.hold({ key, under, left: OPEN_FOR });
  }

  /** @param {string} pin */
  async open(pin) {
    const { made, under } = await this.#tried((lock) => unlock(lock, pin));
    this.begin(made, under);
  }

  /** @param {string} old @param {string} fresh */
  async changePin(old, fresh) {
    checkPin(fresh);
    const { made, under } = await this.#tried((lock) => relock(lock, old, fresh, this.#world.rounds));
    await this.#store.write(["about"], ({ about }) => {
      found(about.get("lock"), (lock) => {
        if (lock.under !== under) throw new Refusal("wrong_pin", { left: 0, seconds: 0 }); // renewed in another tab
        about.put(made.lock, "lock");
      });
    });
    this.begin(made.key, under);
  }

  /**
   * A key beside the old one, which stays wrapped as it was. Cards come anew; what was recorded stays.
   * @param {string} pin
   */
  async renew(pin) {
    const old = await this.#lock();
    const { lock: fresh, key } = await newLock(pin, old.under + 1, this.#world.rounds);
    await this.#store.write(["about", "cards"], ({ about, cards }) => {
      found(about.get("lock"), (lock) => {
        if (lock.under !== old.under) throw new Refusal("shelf_here");
        about.put(lock, `lock-${lock.under}`);
        about.put(fresh, "lock");
        about.delete("about");
        cards.clear();
        found(about.get("state"), (state) => about.put({ ...state, cursors: {}, aboutDigest: "" }, "state"));
      });
    });
    this.begin(key, fresh.under);
  }

  /**
   * One try, counted strictly before it is made, so that killing the page gives none away.
   * @template T
   * @param {(lock: Lock) => Promise<T | null>} attempt
   * @returns {Promise<{ made: T, under: number }>}
   */
  async #tried(attempt) {
    /** @type {{ lock: Lock, wait: number }} */
    const { lock, wait } = await this.#store.write(["about"], ({ about }, done) => {
      found(about.get("lock"), (before) => {
        const next = countTry(before, this.#world.now());
        about.put(next.lock, "lock");
        done(next);
      });
    });
    if (wait > 0) throw new Refusal("wait", { seconds: wait });
    const made = await attempt(lock);
    if (made === null) throw new Refusal("wrong_pin", { left: freeAfter(lock.tries), seconds: waitAfter(lock.tries) });
    await this.#store
      .write(["about"], ({ about }) => found(about.get("lock"), (now) => about.put({ ...now, tries: 0, tried_at: 0 }, "lock")))
      .catch(unlessFull);
    return { made, under: lock.under };
  }

  /** How long the next try has to wait, in seconds. */
  async wait() {
    return countTry(await this.#lock(), this.#world.now()).wait;
  }

  /** @returns {Promise<Lock>} */
  #lock() {
    return this.#store.read(["about"], ({ about }, done) => found(about.get("lock"), done));
  }

  /**
   * Take a key that another tab handed over, if it still is the key of this shelf.
   * @param {Handed} handed
   */
  async take(handed) {
    if ((await this.#lock())?.under !== handed.under) return false;
    this.hold(handed);
    return true;
  }

  /** @param {Handed} handed */
  hold({ key, under, left }) {
    this.letGo();
    this.#held = { key, under, left, since: this.#world.now(), ticks: performance.now() };
    this.#timer = setTimeout(this.#ended, left);
    this.#timer.unref?.();
  }

  letGo() {
    clearTimeout(this.#timer);
    this.#held = null;
  }

  /** Neither a clock set back nor a page that slept keeps a shelf open for longer. */
  #left() {
    if (!this.#held) return 0;
    const { left, since, ticks } = this.#held;
    return left - Math.max(this.#world.now() - since, performance.now() - ticks);
  }

  /** @returns {Held | null} */
  holding() {
    if (!this.#held) return null;
    if (this.#left() > 0) return this.#held;
    this.letGo();
    this.#ended();
    return null;
  }

  /** @returns {Held} */
  need() {
    const held = this.holding();
    if (!held) throw new Refusal("locked");
    return held;
  }

  /** @returns {Handed | null} */
  handed() {
    const held = this.holding();
    return held && { key: held.key, under: held.under, left: this.#left() };
  }
}

/** What a full disk may hold up without harm. @param {unknown} error */
function unlessFull(error) {
  if (!(error instanceof Refusal && error.code === "disk_full")) throw error;
}
