// What was kept apart of a shelf that is gone, and with it what could begin it again: it is sent sealed, by the name of the
// device that signed it; what nobody takes that way is told, and can be saved to a file.
import { Refusal } from "../shelf/refusal.js";
import { answerOf } from "../shelf/rows.js";
import { leftOver, letGo } from "../shelf/twice.js";

/**
 * @import { Envelope } from "../shelf/envelopes.js"
 * @import { Row } from "../shelf/rows.js"
 * @import { Wire } from "./wire.js"
 * How many arrived, and what is left: by which devices it was written, and their envelopes.
 * @typedef {{ sent: number, left: { devices: string[], envelopes: Envelope[] } }} Left
 */

const MOST = 50;

/** @param {Wire} wire @returns {Promise<Left>} */
export async function sendLeft(wire) {
  /** @type {Left} */
  const told = { sent: 0, left: { devices: [], envelopes: [] } };
  for (const { cache, rows } of await leftOver()) {
    for (const some of batchesOf(rows)) {
      const taken = await sent(wire, some);
      await letGo(cache, taken);
      told.sent += taken.size;
      const stays = some.filter(({ id }) => !taken.has(id));
      told.left.envelopes.push(...stays.map(enveloped));
      told.left.devices = [...new Set([...told.left.devices, ...stays.map(({ device }) => device)])];
    }
  }
  return told;
}

/** Those of one device together, in the order of their numbers. @param {Row[]} rows @returns {Row[][]} */
function batchesOf(rows) {
  const sorted = [...rows].sort((one, other) => one.number - other.number);
  const batches = [];
  for (const device of new Set(sorted.map((row) => row.device))) {
    const own = sorted.filter((row) => row.device === device);
    for (let at = 0; at < own.length; at += MOST) batches.push(own.slice(at, at + MOST));
  }
  return batches;
}

/** Which of these the server has answered for. @param {Wire} wire @param {Row[]} rows @returns {Promise<Set<string>>} */
async function sent(wire, rows) {
  const signed = rows.filter(({ sig }) => sig);
  if (signed.length === 0) return new Set();
  try {
    const { receipts = [] } = await wire.ask("push", { device: rows[0].device, ticket: "", envelopes: signed.map(enveloped) });
    return new Set(receipts.filter((/** @type {any} */ { code }) => code !== "envelope_not_opened").map((/** @type {any} */ { id }) => id));
  } catch (wrong) {
    if (wrong instanceof Refusal) return new Set(); // the server does not know that device
    throw wrong;
  }
}

/** @param {Row} row @returns {Envelope} */
function enveloped(row) {
  const had = answerOf(row);
  return { id: row.id, box: row.box, sig: row.sig, ...(had ? { answered: had } : {}) };
}
