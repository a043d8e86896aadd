// The cards of each village in one locked box: one box opens ten times faster than a hundred.
import { salt } from "./ids.js";
import { lockUp, openUp } from "./locked.js";
import { found } from "./store.js";
import { alone } from "./tabs.js";

/** @import { Held } from "./locked.js" */
/** @import { Home } from "./outbox.js" */

/**
 * @typedef {{ id: string, village: string, [more: string]: any }} Card
 * @typedef {{ grant: string, rev: string, under: number, locked: string }} Box
 * @typedef {Map<string, Card>} Village
 */

export class Cards {
  #home;
  /** @type {Map<string, { rev: string, cards: Village }>} */
  #open = new Map();

  /** @param {Home} home */
  constructor(home) {
    this.#home = home;
  }

  forgetOpen() {
    this.#open.clear();
  }

  /** @returns {Promise<Map<string, Card>>} */
  async all() {
    return new Map([...(await this.#villages()).values()].flatMap((cards) => [...cards]));
  }

  /** Every box, opened once as long as it is the same. @returns {Promise<Map<string, Village>>} */
  async #villages() {
    const held = this.#home.need();
    /** @type {Box[]} */
    const boxes = await this.#home.store.read(["cards"], (stores, done) => found(stores.cards.getAll(), done));
    const mine = boxes.filter(({ under }) => under === held.under);
    const opened = await Promise.all(
      mine.map(async ({ grant, rev, locked }) => {
        const before = this.#open.get(grant);
        const cards = before?.rev === rev ? before.cards : byId(await openUp(held, locked));
        return /** @type {const} */ ([grant, { rev, cards }]);
      }),
    );
    if (this.#home.held()) this.#open = new Map(opened);
    return new Map(opened.map(([grant, { cards }]) => [grant, cards]));
  }

  /**
   * One page of what changed, whole or not at all, together with the numbers it reaches.
   * @param {Record<string, number>} cursors
   * @param {Card[]} cards
   * @param {string[]} gone
   */
  async putPage(cursors, cards, gone) {
    const held = this.#home.need();
    await alone(`${this.#home.store.name}-cards`, async () => {
      const villages = await this.#villages();
      /** @type {Map<string, Village>} */
      const changed = new Map();
      const open = (/** @type {string} */ grant) => {
        const village = changed.get(grant) ?? new Map(villages.get(grant) ?? []);
        changed.set(grant, village);
        return village;
      };
      for (const id of [...gone, ...cards.map((card) => card.id)]) {
        for (const [grant, village] of villages) if (village.has(id)) open(grant).delete(id);
      }
      for (const card of cards) open(card.village).set(card.id, card);
      const boxes = await Promise.all([...changed].map(([grant, village]) => this.#boxOf(grant, village, held)));
      await this.#home.store.write(["cards", "about"], (stores) => {
        for (const box of boxes) stores.cards.put(box);
        putCursors(stores.about, (before) => ({ ...before, ...cursors }));
      });
      boxes.forEach(({ grant, rev }) => this.#open.set(grant, { rev, cards: /** @type {Village} */ (changed.get(grant)) }));
      if (!this.#home.held()) this.forgetOpen();
    });
    this.#home.tell("cards");
  }

  /**
   * @param {string} grant
   * @param {Village} village
   * @param {Held} held
   * @returns {Promise<Box>}
   */
  async #boxOf(grant, village, held) {
    return { grant, rev: salt(), under: held.under, locked: await lockUp(held, [...village.values()]) };
  }

  /** A grant ended: its cards and its number leave. Works locked. @param {string} grant */
  async drop(grant) {
    await this.#home.store.write(["cards", "about"], (stores) => {
      stores.cards.delete(grant);
      putCursors(stores.about, ({ [grant]: _gone, ...others }) => others);
    });
    this.#open.delete(grant);
    this.#home.tell("cards");
  }

  /** All cards leave, to be asked for anew. Works locked. */
  async dropAll() {
    await this.#home.store.write(["cards", "about"], (stores) => {
      stores.cards.clear();
      putCursors(stores.about, () => ({}));
    });
    this.forgetOpen();
    this.#home.tell("cards");
  }
}

/** @param {Card[]} cards @returns {Village} */
function byId(cards) {
  return new Map(cards.map((card) => [card.id, card]));
}

/**
 * @param {IDBObjectStore} about
 * @param {(cursors: Record<string, number>) => Record<string, number>} change
 */
function putCursors(about, change) {
  found(about.get("state"), (state) => about.put({ ...state, cursors: change(state?.cursors ?? {}) }, "state"));
}
