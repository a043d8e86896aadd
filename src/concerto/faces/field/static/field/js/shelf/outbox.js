// What a person recorded on this phone: each entry beside its envelope, from recording until a copy holds it.
import { sign, seal } from "./envelopes.js";
import { partDigest } from "./ids.js";
import { lockUp, mayOpen } from "./locked.js";
import { Refusal } from "./refusal.js";
import { answered, answerOf } from "./rows.js";
import { lastSecond, putSecond } from "./second.js";
import { found } from "./store.js";
import { alone } from "./tabs.js";

/** @import { Envelope, ServerKey } from "./envelopes.js" */
/** @import { Held } from "./locked.js" */
/** @import { At, EntryRow, Item, Receipt, Row } from "./rows.js" */
/** @import { Store } from "./store.js" */

/**
 * What a shelf lends to its parts. `once` names what lies in the database alone; `whole` says that the database was found
 * to hold what the second home does. A device without `pair` lost it.
 * @typedef {{
 *   account: string, store: Store, device: () => string, serverKey: () => ServerKey, pair: () => CryptoKeyPair | undefined,
 *   once: Set<string>, whole: boolean, now: () => number, held: () => Held | null, need: () => Held, tell: (what: string) => void,
 * }} Home
 * @typedef {(given: { number: number, device: string }) => Written | Promise<Written>} Write
 * @typedef {{ id: string, item: Item, shows: any }} Written
 */

const UNSENT = ["waiting", "pending"];
const UNFILED = ["waiting", "pending", "back", "clash"];
/** How every tab is told whose draft has gone, since what it said is recorded. */
export const RECORDED = "recorded ";

export class Outbox {
  #home;
  /**
   * What is open of a row, while its texts are the same.
   * @type {Map<string, { locked: string, told: string, item: Item | null, shows: any, more: any }>}
   */
  #open = new Map();

  /** @param {Home} home */
  constructor(home) {
    this.#home = home;
  }

  forgetOpen() {
    this.#open.clear();
  }

  /**
   * @param {Write} write
   * @param {string} [draft]
   * @returns {Promise<EntryRow>}
   */
  async record(write, draft) {
    const home = this.#home;
    const held = home.need();
    const row = await alone(home.store.name, async () => {
      for (;;) {
        const last = await home.store.read(["about"], (stores, done) => found(stores.about.get("number"), (n) => done(n ?? 0)));
        const number = Math.max(last, home.whole ? 0 : await lastSecond(home.account)) + 1;
        const made = await this.#rowOf(await write({ number, device: home.device() }), number, held);
        const kept = await this.#keep(made, draft);
        if (kept) {
          await putSecond(home.account, kept, () => liesSo(home, kept)).catch(() => home.once.add(kept.id));
          return kept;
        }
      }
    });
    home.tell("entries");
    if (draft) home.tell(RECORDED + draft);
    return this.#shown(row);
  }

  /**
   * Number, entry and the draft's end in one transaction. Null when another tab took the number; the row that is there
   * when this very entry was recorded before.
   * @param {Row} row
   * @param {string} [draft]
   * @returns {Promise<Row | null>}
   */
  #keep(row, draft) {
    return this.#home.store.write(["about", "entries", "drafts"], (stores, done) => {
      found(stores.about.get("who"), (who) => {
        if (!who) throw new Refusal("no_shelf"); // begun again by halves: it says by which key
      });
      found(stores.about.get("number"), (number) => {
        if (number >= row.number) return done(null);
        found(stores.entries.get(row.id), (before) => {
          if (!before) {
            stores.entries.add(row);
            stores.about.put(row.number, "number");
          }
          if (draft) stores.drafts.delete(draft);
          done(before ?? row);
        });
      });
    });
  }

  /**
   * @param {Written} written
   * @param {number} number
   * @param {Held} held
   * @returns {Promise<Row>}
   */
  async #rowOf({ id, item, shows }, number, held) {
    const { device, now } = this.#home;
    /** @type {Row} */
    const bare = {
      id, number, device: device(), state: "waiting", made_at: new Date(now()).toISOString(), under: held.under, locked: "", box: "",
      sig: "", digests: await digestsOf(item), forget: [], outcome: "", code: "", facts: {}, told: "", told_under: 0,
      seq: 0, epoch: 0, received_at: "", handed: "", by: "",
    };
    return { ...bare, ...(await this.texts(id, item, shows, held)) };
  }

  /**
   * The item under the shelf's key, and again in the envelope.
   * @param {string} id
   * @param {Item} item
   * @param {any} shows
   * @param {Held} held
   */
  async texts(id, item, shows, held) {
    const { pair, serverKey } = this.#home;
    const box = await seal(JSON.stringify({ said: item.said, sealed: item.sealed }), serverKey());
    const keys = pair();
    return { locked: await lockUp(held, { item, shows }, { small: true }), box, sig: keys ? await sign(id, box, keys) : "" };
  }

  /** @returns {Promise<Row[]>} */
  rows() {
    return this.#home.store.read(["entries"], (stores, done) => found(stores.entries.index("number").getAll(), done));
  }

  async entries() {
    return Promise.all((await this.rows()).map((row) => this.#shown(row)));
  }

  /** @param {string} id @returns {Promise<EntryRow | null>} */
  async entry(id) {
    /** @type {Row | undefined} */
    const row = await this.#home.store.read(["entries"], (stores, done) => found(stores.entries.get(id), done));
    return row ? this.#shown(row) : null;
  }

  /** @param {Row} row @returns {Promise<EntryRow>} */
  async #shown(row) {
    const { under, locked, told, told_under, box, sig, digests, forget, ...shown } = row;
    const held = this.#home.held();
    if (!held) return { ...shown, why: "", item: null, shows: null };
    let open = this.#open.get(row.id);
    if (!open || open.locked !== locked || open.told !== told) {
      const [text, more] = await Promise.all([mayOpen(held, under, locked), mayOpen(held, told_under, told)]);
      open = { locked, told, item: text?.item ?? null, shows: text?.shows ?? null, more };
      if (this.#home.held()) this.#open.set(row.id, open);
    }
    return { ...shown, why: open.more?.why ?? "", facts: { ...shown.facts, ...open.more?.facts }, item: open.item, shows: open.shows };
  }

  /**
   * How many of each state that asks for something.
   * @returns {Promise<{ waiting: number, pending: number, back: number, clash: number }>}
   */
  count() {
    return this.#home.store.read(["entries"], (stores, done) => {
      const counts = { waiting: 0, pending: 0, back: 0, clash: 0 };
      const states = /** @type {(keyof typeof counts)[]} */ (Object.keys(counts));
      for (const state of states) found(stores.entries.index("state").count(state), (n) => (counts[state] = n));
      done(counts);
    });
  }

  /**
   * @param {Receipt[] | Record<string, Omit<Receipt, "id">>} answers receipts, or how own entries stand by id
   * @param {{ head?: At, now?: string }} [at]
   */
  async take(answers, { head, now = new Date(this.#home.now()).toISOString() } = {}) {
    const list = Array.isArray(answers) ? answers : Object.entries(answers).map(([id, stands]) => ({ ...stands, id }));
    const held = this.#home.held();
    const words = await Promise.all(
      list.map(({ facts, why }) => (held && (facts || why) ? lockUp(held, { facts: facts ?? {}, why: why ?? "" }, { small: true }) : "")),
    );
    await this.change(list.map(({ id }) => id), (row, n) => {
      const next = answered(row, list[n], head, now);
      return next === row || !words[n] || next.state === "settled" ? next : { ...next, told: words[n], told_under: held?.under ?? 0 };
    });
  }

  /**
   * An author gives refused entries to the township's desk: "wanted" until it was told, then "given".
   * @param {string[]} ids
   * @param {"" | "wanted" | "given"} handed
   */
  hand(ids, handed) {
    return this.change(ids, (row) => ({ ...row, handed }));
  }

  /**
   * @param {string[]} ids
   * @param {(row: Row, n: number) => Row} change
   */
  async change(ids, change) {
    if (ids.length === 0) return;
    await this.#home.store.write(["entries"], ({ entries }) => {
      // One after the other: an id named twice is changed twice.
      const next = (/** @type {number} */ n) => {
        if (n === ids.length) return;
        found(entries.get(ids[n]), (/** @type {Row | undefined} */ row) => {
          if (row) entries.put(change(row, n));
          next(n + 1);
        });
      };
      next(0);
    });
    this.#home.tell("entries");
  }

  /**
   * Envelopes to push: of these entries, or of all that the server has not taken, in the order of their numbers.
   * @param {string[]} [ids]
   * @returns {Promise<Envelope[]>}
   */
  async envelopes(ids) {
    return this.#envelopes((row) => (ids ? ids.includes(row.id) : UNSENT.includes(row.state)));
  }

  /** All that is filed nowhere, for a file. */
  unfiled() {
    return this.#envelopes((row) => UNFILED.includes(row.state));
  }

  /** @param {(row: Row) => boolean} isAsked */
  async #envelopes(isAsked) {
    const rows = (await this.rows()).filter((row) => isAsked(row) && row.box);
    return rows.map((row) => {
      const had = answerOf(row);
      return { id: row.id, box: row.box, sig: row.sig, ...(had ? { answered: had } : {}) };
    });
  }
}

/**
 * Whether the database holds this row as it is here; a shelf that was wiped holds none.
 * @param {Pick<Home, "store">} home
 * @param {Row} row
 * @returns {Promise<boolean>}
 */
export async function liesSo({ store }, { id, box, state }) {
  try {
    return await store.read(["entries"], ({ entries }, done) => found(entries.get(id), (now) => done(now?.box === box && now.state === state)));
  } catch (wrong) {
    if (wrong instanceof Refusal && wrong.code === "no_shelf") return false;
    throw wrong;
  }
}

/**
 * The digests an item names, and those of the words it carries.
 * @param {Item} item
 */
export async function digestsOf(item) {
  const said = JSON.parse(item.said);
  return [...new Set([...(said.sealed ?? []), ...(await Promise.all(item.sealed.map(partDigest)))])];
}
