// The shelf of one person, as pages use it.
import { Cards } from "./cards.js";
import { fileOf } from "./envelopes.js";
import { Kept } from "./kept.js";
import { Keyring } from "./keyring.js";
import { Outbox } from "./outbox.js";
import { inPeople } from "./people.js";
import { wipeSecond } from "./second.js";
import { alone, Tabs } from "./tabs.js";

/** @import { Card } from "./cards.js" */
/** @import { ServerKey } from "./envelopes.js" */
/** @import { World } from "./keyring.js" */
/** @import { Home, Write } from "./outbox.js" */
/** @import { Who } from "./people.js" */
/** @import { Store } from "./store.js" */
/** `pair` is missing where the browser lost it. @typedef {{ device: string, ticket: string, serverKey: ServerKey, pair?: CryptoKeyPair }} Device */

export class Shelf {
  #store;
  #enrolled;
  #tabs;
  #outbox;
  #cards;
  #kept;
  #keyring;
  #home;
  /** What lies in the database alone: a full disk may take that. @type {Set<string>} */
  once = new Set();
  /** @type {Set<(what: string) => void>} */
  #listeners = new Set();

  /**
   * @param {Store} store
   * @param {Who} who
   * @param {Device} enrolled
   * @param {World} world
   */
  constructor(store, who, enrolled, world) {
    this.#store = store;
    this.#enrolled = enrolled;
    this.account = who.account;
    this.called = who.called;
    this.log = who.log;
    this.#keyring = new Keyring(store, world, () => this.close());
    this.#tabs = new Tabs(store.name, { has: () => this.#keyring.handed(), heard: (what) => this.#hear(what) });
    const home = (this.#home = {
      account: who.account,
      store,
      once: this.once,
      whole: false,
      device: () => this.device,
      pair: () => this.#enrolled.pair,
      serverKey: () => this.serverKey,
      now: world.now,
      held: () => this.#keyring.holding(),
      need: () => this.#keyring.need(),
      tell: (/** @type {string} */ what) => this.#tell(what),
    });
    this.#outbox = new Outbox(home);
    this.#cards = new Cards(home);
    this.#kept = new Kept(home);
  }

  get device() {
    return this.#enrolled.device;
  }

  get ticket() {
    return this.#enrolled.ticket;
  }

  get serverKey() {
    return this.#enrolled.serverKey;
  }

  /** Whether envelopes can be signed: else the phone is to be enrolled anew. */
  get signs() {
    return Boolean(this.#enrolled.pair);
  }

  get isOpen() {
    return this.#keyring.holding() !== null;
  }

  // ---------------------------------------------------------------- the key

  /** Open with the key just made. @param {CryptoKey} key */
  async begin(key) {
    this.#keyring.begin(key, 1);
    this.#tell("open");
  }

  /** Open with the PIN. The try is on the disk before it is made. @param {string} pin */
  async open(pin) {
    await this.#keyring.open(pin);
    this.#tell("open");
  }

  /** How long the next try has to wait, in seconds. */
  wait() {
    return this.#keyring.wait();
  }

  /** Take the key from another tab that has it. */
  async openFromOtherTab() {
    const handed = await this.#tabs.ask();
    if (!handed || !(await this.#keyring.take(handed))) return false;
    this.#tell("open");
    return this.isOpen;
  }

  /** @param {string} old @param {string} fresh */
  async changePin(old, fresh) {
    await this.#keyring.changePin(old, fresh);
    this.#tell("open");
  }

  /** For `renew`: every tab that has the old key forgets it. @param {string} pin */
  async renew(pin) {
    this.close();
    await this.#keyring.renew(pin);
    this.#tell("open");
  }

  /** Forget the key, in every tab. */
  close() {
    this.#letGo();
    this.#tabs.tell("closed");
  }

  #letGo() {
    this.#keyring.letGo();
    this.#outbox.forgetOpen();
    this.#cards.forgetOpen();
    this.#say("closed");
  }

  // ---------------------------------------------------------------- what was recorded

  /**
   * Keep an entry: locked, in its envelope, numbered, and its draft gone, all at once or not at all.
   * @param {Write} write
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

  state() {
    return this.#kept.state();
  }

  /** @param {Record<string, any>} patch */
  putState(patch) {
    return this.#kept.putState(patch);
  }

  about() {
    return this.#kept.about();
  }

  /** @param {any} told */
  putAbout(told) {
    return this.#kept.putAbout(told);
  }

  /** @param {string} key */
  draft(key) {
    return this.#kept.draft(key);
  }

  /** @param {string} key @param {any} answers */
  putDraft(key, answers) {
    return this.#kept.putDraft(key, answers);
  }

  drafts() {
    return this.#kept.drafts();
  }

  /** @param {string} key */
  dropDraft(key) {
    return this.#kept.dropDraft(key);
  }

  /** The server's key is another: what is recorded from now on is sealed to it. @param {ServerKey} serverKey */
  async putServerKey(serverKey) {
    if (serverKey.raw !== this.serverKey.raw) await this.putDevice({ serverKey });
  }

  /** @param {Partial<Device>} device */
  async putDevice(device) {
    this.#enrolled = { ...this.#enrolled, ...device };
    await this.#store.write(["about"], ({ about }) => void about.put(this.#enrolled, "device"));
  }

  // ---------------------------------------------------------------- out of here

  /** A file of everything that is filed nowhere, to be carried in by another. Works locked. */
  async toFile() {
    return fileOf({ device: this.device, ticket: this.ticket, envelopes: await this.#outbox.unfiled() });
  }

  /**
   * Everything of this person leaves this phone, if what was unsent is handed over: asked where no tab records meanwhile.
   * @param {() => Promise<boolean>} [isHandedOver]
   */
  async wipe(isHandedOver = async () => true) {
    const gone = await alone(this.#store.name, async () => {
      if (!(await isHandedOver())) return false;
      this.close();
      await wipeSecond(this.account);
      indexedDB.deleteDatabase(`concerto-papers-${this.account}`);
      await this.#store.destroy();
      await inPeople((list) => list.delete(this.account));
      return true;
    });
    if (gone) this.#tell("wiped");
    return gone;
  }

  /** For what is loaded later. @template T @param {(home: Home, outbox: Outbox) => T} work */
  lend(work) {
    return work(this.#home, this.#outbox);
  }

  /** @param {(what: string) => void} listener told "entries", "cards", "state", "about", "drafts", "open", "closed", "wiped", or RECORDED and which draft */
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
