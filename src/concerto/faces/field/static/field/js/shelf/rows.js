// The row of one entry in the outbox, as it lies in the database, and what becomes of it. The format is frozen: a page
// of tomorrow reads and sends what yesterday's wrote (docs/shelf.md).

/** @import { Answered } from "./envelopes.js" */

/**
 * @typedef {{ about: string, audience: string, salt: string, text: string }} Part
 * @typedef {{ said: string, sealed: Part[] }} Item
 * @typedef {"waiting" | "sent" | "back" | "clash" | "pending" | "settled"} EntryState
 * `locked` (item and shows) is under key number `under`, `told` (facts and why) under `told_under`; `box` and `sig` are
 * the envelope, empty once it was dropped; `digests` names the words, `forget` those that are erased and still in
 * `locked`.
 * @typedef {{
 *   id: string, number: number, device: string, state: EntryState, made_at: string, under: number, locked: string,
 *   box: string, sig: string, digests: string[], forget: string[], outcome: string, code: string,
 *   facts: Record<string, any>, told: string, told_under: number, seq: number, epoch: number, received_at: string,
 *   handed: string, by: string,
 * }} Row
 * What pages get; `item`, `shows` and `why` are null or empty while the shelf is locked.
 * @typedef {{
 *   id: string, number: number, device: string, state: EntryState, made_at: string, outcome: string, code: string,
 *   facts: Record<string, any>, why: string, seq: number, epoch: number, received_at: string, handed: string, by: string,
 *   item: Item | null, shows: any,
 * }} EntryRow
 * @typedef {{
 *   id: string, outcome: string, code?: string, seq?: number, epoch?: number, received_at?: string,
 *   facts?: Record<string, any>, why?: string, by?: string | null,
 * }} Receipt
 * Up to where a copy off the machine holds the log.
 * @typedef {{ epoch: number, seq: number }} At
 */

/** @type {Record<string, EntryState>} */
const STATES = { accepted: "sent", known: "sent", refused: "back", clash: "clash", waits: "pending", settled: "settled" };
const PLAIN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param {Pick<Row, "state">} row */
export function isFiled(row) {
  return row.state === "sent" || row.state === "settled";
}

/**
 * The row as the server's answer leaves it; words and other facts are not in it, they are told under the key. An answer
 * of a kind unknown here changes nothing. What was settled keeps the answer it had: it is offered so after a restore.
 * @param {Row} row
 * @param {Receipt} receipt
 * @param {At | undefined} head where the log stood: how far a copy must reach to hold what settled this one
 * @param {string} now
 * @returns {Row}
 */
export function answered(row, receipt, head, now) {
  const state = STATES[receipt.outcome];
  if (!state) return row;
  if (state === "settled") {
    const facts = { ...row.facts, ...plainOf(receipt) };
    if (row.state === "settled") return { ...row, facts, by: receipt.by ?? row.by };
    return { ...row, state, facts, seq: head?.seq ?? 0, epoch: head?.epoch ?? 0, received_at: now, by: receipt.by ?? "" };
  }
  // The receipt of an envelope names no facts: those that the same answer had stay.
  const same = row.outcome === receipt.outcome && row.code === (receipt.code ?? "") && !receipt.facts;
  return {
    ...row,
    state,
    outcome: receipt.outcome,
    code: receipt.code ?? "",
    facts: same ? row.facts : plainOf(receipt),
    told: same ? row.told : "",
    seq: receipt.seq ?? row.seq,
    epoch: receipt.epoch ?? row.epoch,
    received_at: receipt.received_at || row.received_at,
    by: "",
  };
}

/** What of an answer's facts may lie in clear: ids and numbers. @param {Receipt} receipt */
function plainOf({ facts = {} }) {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value === "number" || PLAIN.test(value)));
}

/**
 * What an entry is offered with again, once it had an answer.
 * @param {Pick<Row, "state" | "outcome" | "code" | "facts" | "seq" | "epoch">} row
 * @returns {Answered | undefined}
 */
export function answerOf(row) {
  if (row.state === "sent") return { outcome: "accepted", seq: row.seq, epoch: row.epoch };
  // What was settled is offered as the clash it was: its settling may be lost.
  return row.outcome === "clash" ? { outcome: "clash", code: row.code, facts: row.facts } : undefined;
}
