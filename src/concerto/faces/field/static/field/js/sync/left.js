// What was kept apart of a shelf that is gone, and with it what could begin it again: it is sent sealed, by the name of the
// device that signed it; what nobody takes that way is told, and can be saved to a file.
import { Refusal } from "../shelf/refusal.js";
import { answerOf } from "../shelf/rows.js";
import { leftOver, letGo } from "../shelf/twice.js";
import { MOST, MOST_LETTERS } from "./push.js";

/**
 * @import { Envelope } from "../shelf/envelopes.js"
 * @import { Receipt, Row } from "../shelf/rows.js"
 * @import { Wire } from "./wire.js"
 * How many are in the book now, and what is left: by which devices it was written, and their envelopes.
 * @typedef {{ sent: number, left: { devices: string[], envelopes: Envelope[] } }} Left
 */

/** Answers after which the text lies nowhere on the server. */
const KEPT_NOWHERE = new Set([
  "envelope_not_opened", "not_the_author", "unknown_log", "rebuild_due", "not_understood", "not_as_a_phone_writes", "too_long",
  "not_kept_here", "identity_number_not_kept", "erased_thing", "same_id_other_words",
]);
const IN_THE_BOOK = new Set(["accepted", "known"]);
const TAKEN = new Set([...IN_THE_BOOK, "waits", "clash", "refused"]);

/**
 * @param {Wire} wire
 * @param {Set<string>} [tried] what had its answer already: it is sent no more
 * @returns {Promise<Left>}
 */
export async function sendLeft(wire, tried = new Set()) {
  /** @type {Left} */
  const told = { sent: 0, left: { devices: [], envelopes: [] } };
  for (const { cache, rows } of await leftOver()) {
    /** @type {Set<string>} */
    const taken = new Set();
    for (const some of batchesOf(rows.filter(({ id, sig }) => sig && !tried.has(id)))) {
      const lying = (await sent(wire, some)).filter(isTaken);
      for (const { id } of some) tried.add(id);
      for (const { id } of lying) taken.add(id);
      await letGo(cache, new Set(lying.map(({ id }) => id)));
      told.sent += lying.filter(({ outcome }) => IN_THE_BOOK.has(outcome)).length;
    }
    const stays = inOrder(rows.filter(({ id }) => !taken.has(id)));
    told.left.envelopes.push(...stays.map(enveloped));
    told.left.devices = [...new Set([...told.left.devices, ...stays.map(({ device }) => device)])];
  }
  return told;
}

/** @param {Row[]} rows */
function inOrder(rows) {
  return [...rows].sort((one, other) => one.number - other.number);
}

/** Those of one device together, in the order of their numbers, no more at once than a bad line bears. @param {Row[]} rows @returns {Row[][]} */
function batchesOf(rows) {
  /** @type {Row[][]} */
  const batches = [];
  for (const device of new Set(rows.map((row) => row.device))) {
    let letters = Infinity;
    for (const row of inOrder(rows.filter((one) => one.device === device))) {
      const more = JSON.stringify(enveloped(row)).length;
      if (letters + more > MOST_LETTERS || batches.at(-1)?.length === MOST) {
        batches.push([]);
        letters = 0;
      }
      batches.at(-1)?.push(row);
      letters += more;
    }
  }
  return batches;
}

/** What the server answered to these. @param {Wire} wire @param {Row[]} rows @returns {Promise<Receipt[]>} */
async function sent(wire, rows) {
  try {
    const { receipts = [] } = await wire.ask("push", { device: rows[0].device, ticket: "", envelopes: rows.map(enveloped) });
    return receipts;
  } catch (wrong) {
    if (wrong instanceof Refusal) return []; // the server does not know that device
    throw wrong;
  }
}

/** Whether it lies on the server now, in the book or in the tray. @param {Receipt} receipt */
function isTaken({ outcome, code = "" }) {
  return TAKEN.has(outcome) && !KEPT_NOWHERE.has(code);
}

/** @param {Row} row @returns {Envelope} */
function enveloped(row) {
  const had = answerOf(row);
  return { id: row.id, box: row.box, sig: row.sig, ...(had ? { answered: had } : {}) };
}
