// What one person's phone keeps: their cards and what they recorded, under a PIN. docs/shelf.md says what this protects.
import { Cards } from "./cards.js";
import { fileOf, newSigningKey, readFile } from "./envelopes.js";
import { lockUp, mayOpen } from "./locked.js";
import { loose } from "./loose.js";
import { Outbox } from "./outbox.js";
import { checkPin, countTry, freeAfter, newLock, relock, ROUNDS, unlock, waitAfter } from "./pin.js";
import { Refusal } from "./refusal.js";
import { answerOf } from "./rows.js";
import { found, nameOf, PEOPLE, Store } from "./store.js";
import { alone, Tabs } from "./tabs.js";

export { answerOf, checkPin, loose, newSigningKey, readFile, Refusal };

/**
 * @typedef {{ account: string, called: string, log: string | null }} Who
 * @typedef {{ who: Who, device: string, ticket: string, serverKey: import("./envelopes.js").ServerKey, pair: CryptoKeyPair }} Enrolled
 * The clock, and how often a PIN is stretched: tests bring their own.
 * @typedef {{ now: () => number, rounds: number }} World
 * @typedef {import("./rows.js").EntryRow} EntryRow
 * @typedef {import("./cards.js").Card} Card
 */

/** Half a working day. */
const OPEN_FOR = 4 * 3_600_000;
/** @type {World} */
const WORLD = { now: () => Date.now(), rounds: ROUNDS };

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

/** @param {(people: IDBObjectStore) => void} change */
async function inPeople(change) {
  const store = new Store(PEOPLE, { make: true });
  try {
    await store.write(["people"], (stores) => change(stores.people));
  } finally {
    store.close();
  }
}

/**
 * Make the shelf of somebody who was just enrolled, and open it.
 * @param {Enrolled} enrolled
 * @param {string} pin
 * @param {Partial<World>} [world]
 */
export async function enrolHere({ who, device, ticket, serverKey, pair }, pin, world = {}) {
  const { lock, key } = await newLock(pin, 1, world.rounds);
  const kept = { account: who.account, called: who.called, log: who.log ?? null };
  const store = new Store(nameOf(who.account), { make: true });
  try {
    await store.write(["about"], ({ about }) => {
      found(about.get("who"), (before) => {
        if (before) throw new Refusal("shelf_here");
        about.put(kept, "who");
        about.put({ device, ticket, serverKey, pair }, "device");
        about.put(lock, "lock");
      });
    });
  } finally {
    store.close();
  }
  await inPeople((list) => list.put(kept));
  return opened(await known(who.account, world), key, 1);
}

/**
 * The shelf of somebody, closed; null if there is none.
 * @param {string} account
 * @param {Partial<World>} [world]
 * @returns {Promise<Shelf | null>}
 */
export async function find(account, world = {}) {
  const store = new Store(nameOf(account));
  if (!(await store.isThere())) return null;
  /** @type {{ who?: Who, device?: any }} */
  const kept = await store.read(["about"], ({ about }, done) => {
    found(about.get("who"), (who) => found(about.get("device"), (device) => done({ who, device })));
  });
  if (!kept.who) {
    store.close();
    return null;
  }
  return new Shelf(store, kept.who, kept.device, { ...WORLD, ...world });
}

/** @param {string} account @param {Partial<World>} world */
async function known(account, world) {
  const shelf = await find(account, world);
  if (!shelf) throw new Refusal("no_shelf");
  return shelf;
}

/** @param {Shelf} shelf @param {CryptoKey} key @param {number} under */
function opened(shelf, key, under) {
  shelf.hold({ key, under, left: OPEN_FOR });
  return shelf;
}

/**
 * The PIN is forgotten: a new key, and an empty shelf under it. What was recorded under the old one can't be read here
 * any more, and goes on being sent in its envelopes. Nothing is wiped: the old key stays wrapped as it was.
 * @param {string} account
 * @param {string} pin
 * @param {Partial<World>} [world]
 */
export async function renew(account, pin, world = {}) {
  const shelf = await known(account, world);
  const under = await shelf.renewLock(pin);
  return opened(shelf, under.key, under.lock.under);
}

export class Shelf {
  #store;
  #world;
  #kept;
  #tabs;
  #outbox;
  #cards;
  /** @type {{ key: CryptoKey, under: number, since: number, ticks: number, left: number } | null} */
  #held = null;
  /** @type {any} */
  #timer = null;
  /** @type {Set<(what: string) => void>} */
  #listeners = new Set();

  /**
   * @param {Store} store
   * @param {Who} who
   * @param {{ device: string, ticket: string, serverKey: import("./envelopes.js").ServerKey, pair: CryptoKeyPair }} kept
   * @param {World} world
   */
  constructor(store, who, kept, world) {
    this.#store = store;
    this.#world = world;
    this.#kept = kept;
    this.account = who.account;
    this.called = who.called;
    this.log = who.log;
    this.#tabs = new Tabs(store.name, { has: () => this.#handed(), heard: (what) => this.#hear(what) });
    const home = {
      store,
      device: kept.device,
      pair: kept.pair,
      serverKey: () => this.serverKey,
      now: world.now,
      held: () => this.#holding(),
      need: () => this.#need(),
      tell: (/** @type {string} */ what) => this.#tell(what),
    };
    this.#outbox = new Outbox(home);
    this.#cards = new Cards(home);
  }

  get device() {
    return this.#kept.device;
  }

  get ticket() {
    return this.#kept.ticket;
  }

  get serverKey() {
    return this.#kept.serverKey;
  }

  get isOpen() {
    return this.#holding() !== null;
  }

  // ---------------------------------------------------------------- the key

  /** Open with the PIN. The try is on the disk before it is made. @param {string} pin */
  async open(pin) {
    const lock = await this.#tried((lock) => unlock(lock, pin));
    this.hold({ key: lock.made, under: lock.under, left: OPEN_FOR });
    this.#tell("open");
    await this.#mend();
  }

  /** Take the key from another tab that has it. */
  async openFromOtherTab() {
    const handed = await this.#tabs.ask();
    if (!handed) return false;
    const lock = await this.#about("lock");
    if (lock?.under !== handed.under) return false;
    this.hold(handed);
    await this.#mend();
    return this.isOpen;
  }

  /** Forget the key, in every tab. */
  close() {
    this.#letGo();
    this.#tabs.tell("closed");
  }

  /** @param {string} old @param {string} fresh */
  async changePin(old, fresh) {
    checkPin(fresh);
    const { made, under } = await this.#tried((lock) => relock(lock, old, fresh, this.#world.rounds));
    await this.#store.write(["about"], ({ about }) => void about.put(made.lock, "lock"));
    this.hold({ key: made.key, under, left: OPEN_FOR });
    this.#tell("open");
  }

  /**
   * One try, counted strictly before it is made, so that killing the page gives none away.
   * @template T
   * @param {(lock: import("./pin.js").Lock) => Promise<T | null>} attempt
   * @returns {Promise<{ made: T, under: number }>}
   */
  async #tried(attempt) {
    /** @type {{ lock: import("./pin.js").Lock, wait: number }} */
    const counted = await this.#store.write(["about"], ({ about }, done) => {
      found(about.get("lock"), (lock) => {
        const next = countTry(lock, this.#world.now());
        about.put(next.lock, "lock");
        done(next);
      });
    });
    if (counted.wait > 0) throw new Refusal("wait", { seconds: counted.wait });
    const { lock } = counted;
    const made = await attempt(lock);
    if (made === null) throw new Refusal("wrong_pin", { left: freeAfter(lock.tries), seconds: waitAfter(lock.tries) });
    await this.#store
      .write(["about"], ({ about }) => found(about.get("lock"), (now) => about.put({ ...now, tries: 0, tried_at: 0 }, "lock")))
      .catch(notFull);
    return { made, under: lock.under };
  }

  /** Only for `renew`. @param {string} pin */
  async renewLock(pin) {
    const old = await this.#about("lock");
    const fresh = await newLock(pin, old.under + 1, this.#world.rounds);
    await this.#store.write(["about", "cards"], ({ about, cards }) => {
      found(about.get("lock"), (lock) => {
        if (lock.under !== old.under) throw new Refusal("shelf_here");
        about.put(lock, `lock-${lock.under}`);
        about.put(fresh.lock, "lock");
        about.delete("about");
        cards.clear();
        found(about.get("state"), (state) => about.put({ ...state, cursors: {}, aboutDigest: "" }, "state"));
      });
    });
    this.close();
    return fresh;
  }

  /** @param {import("./tabs.js").Handed} handed */
  hold({ key, under, left }) {
    this.#letGo();
    this.#held = { key, under, left, since: this.#world.now(), ticks: performance.now() };
    this.#timer = setTimeout(() => this.close(), left);
    this.#timer.unref?.();
  }

  #letGo() {
    clearTimeout(this.#timer);
    const was = this.#held;
    this.#held = null;
    this.#outbox.forgetOpen();
    this.#cards.forgetOpen();
    if (was) this.#say("closed");
  }

  /** Neither a clock set back nor a page that slept keeps a shelf open for longer. */
  #left() {
    if (!this.#held) return 0;
    const { left, since, ticks } = this.#held;
    return left - Math.max(this.#world.now() - since, performance.now() - ticks);
  }

  #holding() {
    if (this.#held && this.#left() <= 0) this.#letGo();
    return this.#held;
  }

  #need() {
    const held = this.#holding();
    if (!held) throw new Refusal("locked");
    return held;
  }

  /** @returns {import("./tabs.js").Handed | null} */
  #handed() {
    const held = this.#holding();
    return held && { key: held.key, under: held.under, left: this.#left() };
  }

  #mend() {
    return this.#outbox.mend().catch(notFull);
  }

  // ---------------------------------------------------------------- what was recorded

  /**
   * Keep an entry: locked, in its envelope, numbered, and its draft gone, all at once or not at all.
   * @param {import("./outbox.js").Write} write
   * @param {{ draft?: string }} [more]
   */
  record(write, { draft } = {}) {
    return this.#outbox.record(write, draft);
  }

  entries() {
    return this.#outbox.entries();
  }

  /** @param {string} id */
  entry(id) {
    return this.#outbox.entry(id);
  }

  count() {
    return this.#outbox.count();
  }

  /** @param {Parameters<Outbox["take"]>[0]} answers @param {Parameters<Outbox["take"]>[1]} [at] */
  take(answers, at) {
    return this.#outbox.take(answers, at);
  }

  /** @param {string[]} ids @param {"" | "wanted" | "given"} [handed] */
  hand(ids, handed = "wanted") {
    return this.#outbox.hand(ids, handed);
  }

  /** @param {string[]} [ids] */
  envelopes(ids) {
    return this.#outbox.envelopes(ids);
  }

  /** @param {string[]} digests */
  forgetWords(digests) {
    return this.#outbox.forgetWords(digests);
  }

  /** @param {Parameters<Outbox["prune"]>[0]} told */
  prune(told) {
    return this.#outbox.prune(told);
  }

  // ---------------------------------------------------------------- cards

  cards() {
    return this.#cards.all();
  }

  /** @param {Record<string, number>} cursors @param {Card[]} cards @param {string[]} [gone] */
  putPage(cursors, cards, gone = []) {
    return this.#cards.putPage(cursors, cards, gone);
  }

  /** @param {string} grant */
  dropGrant(grant) {
    return this.#cards.drop(grant);
  }

  dropCards() {
    return this.#cards.dropAll();
  }

  // ---------------------------------------------------------------- what else is kept

  /** @param {string} name @returns {Promise<any>} */
  #about(name) {
    return this.#store.read(["about"], ({ about }, done) => found(about.get(name), done));
  }

  /** @returns {Promise<Record<string, any>>} */
  async state() {
    return (await this.#about("state")) ?? {};
  }

  /** @param {Record<string, any>} patch */
  async putState(patch) {
    await this.#store.write(["about"], ({ about }) => found(about.get("state"), (state) => about.put({ ...state, ...patch }, "state")));
    this.#tell("state");
  }

  /** @returns {Promise<any>} */
  async about() {
    const held = this.#need();
    const kept = await this.#about("about");
    return kept ? mayOpen(held, kept.under, kept.locked) : null;
  }

  /** @param {any} told */
  async putAbout(told) {
    const held = this.#need();
    const kept = { under: held.under, locked: await lockUp(held, told) };
    await this.#store.write(["about"], ({ about }) => void about.put(kept, "about"));
    this.#tell("about");
  }

  /** The server's key is another: what is recorded from now on is sealed to it. @param {import("./envelopes.js").ServerKey} serverKey */
  async putServerKey(serverKey) {
    if (serverKey.raw === this.serverKey.raw) return;
    this.#kept = { ...this.#kept, serverKey };
    await this.#store.write(["about"], ({ about }) => void about.put(this.#kept, "device"));
  }

  // ---------------------------------------------------------------- drafts

  /** @param {string} key @returns {Promise<any>} */
  async draft(key) {
    const held = this.#need();
    const kept = await this.#store.read(["drafts"], ({ drafts }, done) => found(drafts.get(key), done));
    return kept ? mayOpen(held, kept.under, kept.locked) : null;
  }

  /** @param {string} key @param {any} answers */
  async putDraft(key, answers) {
    const held = this.#need();
    const locked = await lockUp(held, answers, { small: true });
    const at = new Date(this.#world.now()).toISOString();
    await this.#store.write(["drafts"], ({ drafts }) => void drafts.put({ key, at, under: held.under, locked }));
    this.#tell("drafts");
  }

  /** @returns {Promise<{ key: string, at: string, answers: any }[]>} */
  async drafts() {
    const held = this.#need();
    /** @type {{ key: string, at: string, under: number, locked: string }[]} */
    const kept = await this.#store.read(["drafts"], ({ drafts }, done) => found(drafts.getAll(), done));
    const mine = kept.filter(({ under }) => under === held.under);
    return Promise.all(mine.map(async ({ key, at, under, locked }) => ({ key, at, answers: await mayOpen(held, under, locked) })));
  }

  /** @param {string} key */
  async dropDraft(key) {
    await this.#store.write(["drafts"], ({ drafts }) => void drafts.delete(key));
    this.#tell("drafts");
  }

  // ---------------------------------------------------------------- out of here

  /** A file of everything that is filed nowhere, to be carried in by another. Works locked. */
  async toFile() {
    return fileOf({ device: this.device, ticket: this.ticket, envelopes: await this.#outbox.unfiled() });
  }

  /** Everything of this person leaves this phone. Who calls has handed over what was unsent. */
  async wipe() {
    await alone(this.#store.name, async () => {
      this.close();
      await this.#store.destroy();
      await inPeople((list) => list.delete(this.account));
    });
    this.#tell("wiped");
  }

  /** @param {(what: string) => void} listener told "entries", "cards", "state", "about", "drafts", "open", "closed" or "wiped" */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The page goes: nothing is heard any more. */
  leave() {
    this.#letGo();
    this.#tabs.leave();
    this.#store.close();
  }

  /** @param {string} what */
  #say(what) {
    for (const listener of this.#listeners) listener(what);
  }

  /** @param {string} what */
  #tell(what) {
    this.#tabs.tell(what);
    this.#say(what);
  }

  /** @param {string} what */
  #hear(what) {
    if (what === "closed") return this.#letGo();
    if (what === "wiped") {
      this.#letGo();
      this.#store.close();
    }
    this.#say(what);
  }
}

/** What a full disk may hold up without harm. @param {unknown} error */
function notFull(error) {
  if (!(error instanceof Refusal && error.code === "disk_full")) throw error;
}
