// A shelf that lives as long as the page: for a browser that keeps nothing. Each record leaves it as a file at once.
import { fileOf, seal } from "../shelf/envelopes.js";
import { answered, answerOf } from "../shelf/rows.js";
import { saveFile } from "./files.js";
import { say, today } from "./words.js";

/**
 * @import { ServerKey } from "../shelf/envelopes.js"
 * @import { EntryRow } from "../shelf/rows.js"
 */

const UNSENT = ["waiting", "pending"];
const UNFILED = [...UNSENT, "back", "clash"];

/**
 * What pages and the sync ask of a shelf, kept nowhere. Its device is a name for as long as the page is open; what it
 * seals nobody signs.
 * @param {{ who: { account: string, called: string, log: string | null }, device: string, serverKey: ServerKey }} given
 */
export function inMemory({ who, device, serverKey }) {
  /** @type {any[]} */
  let rows = [];
  /** @type {Map<string, any>} */
  let cards = new Map();
  /** @type {Record<string, any>} */
  let state = {};
  /** @type {any} */
  let about = null;
  /** @type {Set<(what: string) => void>} */
  const listeners = new Set();
  const tell = (/** @type {string} */ what) => listeners.forEach((listener) => listener(what));
  const change = (/** @type {(row: any) => any} */ how) => {
    rows = rows.map(how);
    tell("entries");
  };
  const boxes = (/** @type {any[]} */ some) => some.map((row) => {
    const had = answerOf(row);
    return { id: row.id, box: row.box, ...(had ? { answered: had } : {}) };
  });
  return {
    account: who.account, called: who.called, log: who.log, device, ticket: "", serverKey, isOpen: true,
    /** @param {any} write */
    async record(write) {
      const number = rows.length + 1;
      const { id, item, shows } = await write({ number, device });
      const box = await seal(JSON.stringify({ said: item.said, sealed: item.sealed }), serverKey);
      const made_at = new Date().toISOString();
      const row = { id, number, device, state: "waiting", made_at, outcome: "", code: "", facts: {}, why: "", seq: 0, epoch: 0, received_at: "", handed: "", by: "", item, shows, box, sig: "" };
      rows = [...rows, row];
      saveFile(fileOf({ envelopes: [{ id, box }] }), `${number}-${say("file_name", { day: today() })}`);
      tell("entries");
      return row;
    },
    /** @returns {Promise<EntryRow[]>} */
    entries: async () => rows,
    entry: async (/** @type {string} */ id) => rows.find((row) => row.id === id) ?? null,
    count: async () => Object.fromEntries(UNFILED.map((one) => [one, rows.filter((row) => row.state === one).length])),
    async take(/** @type {any} */ answers, /** @type {any} */ { head, now = new Date().toISOString() } = {}) {
      const list = Array.isArray(answers) ? answers : Object.entries(answers).map(([id, stands]) => ({ ...stands, id }));
      change((row) => {
        const told = list.find((one) => one.id === row.id);
        return told ? { ...answered(row, told, head, now), facts: told.facts ?? {}, why: told.why ?? "" } : row;
      });
    },
    async hand(/** @type {string[]} */ ids, handed = "wanted") {
      change((row) => (ids.includes(row.id) ? { ...row, handed } : row));
    },
    envelopes: async (/** @type {string[] | undefined} */ ids) => boxes(rows.filter((row) => (ids ? ids.includes(row.id) : UNSENT.includes(row.state)))),
    toFile: async () => fileOf({ envelopes: boxes(rows.filter((row) => UNFILED.includes(row.state))) }),
    cards: async () => cards,
    async putPage(/** @type {any} */ cursors, /** @type {any[]} */ fresh, /** @type {string[]} */ gone = []) {
      cards = new Map([...cards].filter(([id]) => !gone.includes(id)));
      for (const card of fresh) cards.set(card.id, card);
      state = { ...state, cursors: { ...state.cursors, ...cursors } };
      tell("cards");
    },
    async dropGrant(/** @type {string} */ grant) {
      cards = new Map([...cards].filter(([, card]) => card.village !== grant));
      const { [grant]: _gone, ...cursors } = state.cursors ?? {};
      state = { ...state, cursors };
      tell("cards");
    },
    async dropCards() {
      cards = new Map();
      state = { ...state, cursors: {} };
      tell("cards");
    },
    state: async () => state,
    async putState(/** @type {any} */ patch) {
      state = { ...state, ...patch };
      tell("state");
    },
    about: async () => about,
    async putAbout(/** @type {any} */ told) {
      about = told;
      tell("about");
    },
    draft: async () => null,
    putDraft: async () => undefined,
    drafts: async () => [],
    dropDraft: async () => undefined,
    putServerKey: async () => undefined,
    openFromOtherTab: async () => true,
    close: () => undefined,
    leave: () => undefined,
    async wipe(isHandedOver = async () => true) {
      if (!(await isHandedOver())) return false;
      rows = [];
      cards = new Map();
      tell("wiped");
      return true;
    },
    /** @param {(what: string) => void} listener */
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
