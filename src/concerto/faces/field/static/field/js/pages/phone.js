// What every page of the phone reads: whose shelf is open, its cards with what was recorded here, how it stands with the server.
import * as ask from "./ask.js";
import { find, people, RECORDED } from "../shelf/shelf.js";
import { layOver } from "./overlay.js";
import { readOwn } from "./told.js";
import { today } from "./words.js";

/**
 * @import { EntryRow, Shelf, Who } from "../shelf/shelf.js"
 * @import { Answers } from "../forms/sheet.js"
 * @import { Link } from "./link.js"
 * @import { Card } from "./overlay.js"
 * @import { Own } from "./told.js"
 */

/** @type {Own} */
const NOTHING = { all: [], of: new Map(), strands: new Map(), parts: {} };
const LAST = "concerto-last";

export class Phone {
  /** @type {Shelf | null} */
  shelf = null;
  /** @type {Who[]} */
  people = [];
  /** @type {Map<string, Card>} */
  raw = new Map();
  /** @type {Map<string, Card>} */
  cards = new Map();
  /** @type {Map<string, string>} */
  saw = new Map();
  /** @type {Own} */
  own = NOTHING;
  /** @type {EntryRow[]} */
  rows = [];
  /** @type {any} */
  about = null;
  /** @type {Record<string, any>} */
  state = {};
  /** Whether anything may be kept here at all. */
  denied = false;
  /** @type {Link | null} */
  link = null;
  /** What is being written, by the key of its form: until it is recorded, as long as this page and the shelf are open. @type {Map<string, { at: string, answers: Answers }>} */
  held = new Map();
  /** What is asked of the server by a page itself. */
  ask = ask;
  /** @type {Set<(what: string) => void>} */
  #listeners = new Set();
  /** @type {Promise<void>} */
  #reading = Promise.resolve();

  /** Find whose phone this is. The shelf of who used it last comes first. */
  async start() {
    try {
      this.people = await people();
    } catch {
      this.denied = true;
      return;
    }
    const last = lastUsed();
    const who = this.people.find(({ account }) => account === last) ?? this.people[0];
    if (who) await this.take(who.account);
  }

  /** Turn to the shelf of somebody; another tab of theirs may hand over the key. @param {string} account */
  async take(account) {
    const shelf = await find(account);
    if (!shelf) return;
    this.hold(shelf);
    if (!shelf.isOpen) await shelf.openFromOtherTab().catch(() => false);
    await this.read();
  }

  /** @param {Shelf} shelf @param {{ loosely?: boolean }} [how] whether it lives as long as the page */
  hold(shelf, { loosely = false } = {}) {
    if (this.shelf && this.shelf !== shelf) {
      this.shelf.leave();
      this.held.clear();
    }
    this.shelf = shelf;
    this.denied = loosely;
    if (!loosely) keepLast(shelf.account);
    shelf.onChange((what) => {
      if (what === "wiped") return void this.#wiped();
      if (what.startsWith(RECORDED)) return void this.held.delete(what.slice(RECORDED.length)); // perhaps in another tab
      this.read().then(() => this.tell(what));
    });
  }

  async #wiped() {
    this.shelf = null;
    this.people = await people().catch(() => []);
    this.#forget();
    this.tell("wiped");
  }

  #forget() {
    this.held.clear();
    Object.assign(this, { raw: new Map(), cards: new Map(), saw: new Map(), own: NOTHING, about: null });
  }

  /** @param {string} key @param {Answers} answers */
  keepHere(key, answers) {
    this.held.set(key, { at: new Date().toISOString(), answers });
  }

  get isOpen() {
    return this.shelf?.isOpen ?? false;
  }

  /** The shelf, where a page is only shown with one. @returns {Shelf} */
  get kept() {
    if (!this.shelf) throw new Error("nobody's shelf");
    return this.shelf;
  }

  /** Read anew what the shelf keeps; one reading after the other. */
  read() {
    this.#reading = this.#reading.then(() => this.#readNow()).catch(() => undefined);
    return this.#reading;
  }

  async #readNow() {
    const { shelf } = this;
    if (!shelf) return;
    const [rows, state] = await Promise.all([shelf.entries(), shelf.state()]);
    if (!shelf.isOpen) {
      Object.assign(this, { rows, state });
      return this.#forget();
    }
    const [raw, about, own] = await Promise.all([shelf.cards(), shelf.about(), readOwn(rows)]);
    const { cards, saw } = layOver(/** @type {Map<string, Card>} */ (raw), own);
    // All at once: what it knows is brought back from here where the browser loses the database.
    Object.assign(this, { rows, state, raw, about, own, cards, saw });
  }

  /** The cards and what was seen of them, as if these own entries had never been. @param {Set<string>} but */
  without(but) {
    return layOver(this.raw, this.own, but);
  }

  /** Now, by the server's clock as far as it is known. */
  now() {
    return Date.now() + (this.state.clockSkew ?? 0);
  }

  /** The day, by the same clock. */
  day() {
    return today(this.now());
  }

  /** The villages whose cards lie here, in the order in which the server names them. @returns {{ id: string, name: string }[]} */
  villages() {
    const grants = this.about?.grants ?? [];
    const known = new Set(grants.map((/** @type {any} */ one) => one.id));
    const others = [...new Set([...this.cards.values()].map(({ village }) => village))].filter((id) => id && !known.has(id));
    return [...grants, ...others.map((id) => ({ id, name: "" }))];
  }

  /** What a village or a branch is called. @param {string} unit */
  unitNamed(unit) {
    const grants = this.about?.grants ?? [];
    return [...grants, ...grants.flatMap((/** @type {any} */ one) => one.branches ?? [])].find(({ id }) => id === unit)?.name ?? "";
  }

  /** @param {string | null | undefined} account */
  called(account) {
    if (!account) return "";
    if (account === this.shelf?.account) return this.shelf.called;
    return this.about?.people?.[account] ?? this.about?.others?.[account] ?? "";
  }

  /** Own entries by what became of them. @param {string} state */
  rowsIn(state) {
    return this.rows.filter((row) => row.state === state && !(this.own.of.get(row.id)?.replaced && state !== "sent" && state !== "settled"));
  }

  /** How many wait to be sent. */
  waiting() {
    return this.rows.filter(({ state }) => state === "waiting" || state === "pending").length;
  }

  /** @param {(what: string) => void} listener */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} what */
  tell(what) {
    for (const listener of [...this.#listeners]) listener(what);
  }
}

/** Whose shelf was used last in this tab's session: an account's id, and nothing of anybody. */
function lastUsed() {
  try {
    return sessionStorage.getItem(LAST);
  } catch {
    return null;
  }
}

/** @param {string} account */
function keepLast(account) {
  try {
    sessionStorage.setItem(LAST, account);
  } catch {
    // denied together with the rest
  }
}
