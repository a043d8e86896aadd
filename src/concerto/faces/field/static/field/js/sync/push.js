// Bringing what was recorded: in batches, in the order of their numbers, open in its writer's session and sealed without.
// Only the batch in flight is ever repeated: what was answered is on the disk before the next one goes.
import { Refusal } from "../shelf/refusal.js";
import { answerOf } from "../shelf/rows.js";
import { NoAnswer } from "./wire.js";

/**
 * @import { EntryRow, Shelf } from "../shelf/shelf.js"
 * @import { Wire } from "./wire.js"
 */

/**
 * What a round found out: whose session it is, how the device stands, how many that were unsent have arrived: stand in the
 * book or lie in a tray.
 * @typedef {{ session: "" | "mine" | "none" | "other", device: string, arrived: number }} Found
 * @typedef {{ epoch: number, seq: number, digest?: string }} Head
 * @typedef {{ id: string, kind: "entries" | "envelopes", told: any }} Piece
 */

export const MOST = 50;
export const MOST_LETTERS = 40_000;
const MOST_HEADS = 50;
const STRANGERS = /** @type {const} */ ({ signed_out: "none", other_person: "other" });
const ANSWERED = new Set(["sent", "clash", "settled"]);
const FILED = new Set(["accepted", "known", "settled"]);

/**
 * Send what waits, what is to be offered again, and what is given to the desk.
 * @param {Shelf} shelf
 * @param {Wire} wire
 * @param {Found} found
 * @param {{ thorough?: boolean, asks?: boolean }} [how] also what the server lets wait for another; and though nothing
 * goes, ask how the device and the log stand
 */
export async function push(shelf, wire, found, { thorough = false, asks = false } = {}) {
  /** @type {Set<string>} */
  const tried = new Set();
  for (;;) {
    const state = await shelf.state();
    const offering = new Set(state.offering ?? []);
    const rows = await shelf.entries();
    const hand = rows.filter(({ state, handed }) => state === "back" && handed === "wanted").map(({ id }) => id);
    const going = rows.filter((row) => !tried.has(row.id) && isGoing(row, offering, thorough)).sort((one, other) => comesLast(one) - comesLast(other));
    const batch = await batchOf(shelf, going, offering, found);
    const gone = going.slice(0, batch.passed).map(({ id }) => id);
    const done = gone.filter((id) => !batch.later.includes(id));
    if (batch.pieces.length === 0 && (tried.has("hand") || !(asks || hand.length > 0))) return void (await offered(shelf, done));
    const answer = await sent(shelf, wire, batch, hand, found);
    if (!answer && batch.pieces.length === 0) return;
    if (!answer) continue; // it is not in our session: the same once more, sealed
    for (const id of gone) tried.add(id);
    tried.add("hand");
    found.device = answer.device;
    const receipts = answer.receipts.map((/** @type {any} */ receipt, /** @type {number} */ n) => ({ ...receipt, id: batch.pieces[n].id }));
    const taken = receipts.filter((/** @type {any} */ { code }) => code !== "envelope_not_opened");
    const waited = new Set(rows.filter(({ state }) => state === "waiting").map(({ id }) => id));
    await gaveAgain(shelf, rows, taken, offering);
    await shelf.take(taken, { head: headOf(shelf, answer), now: answer.now });
    const lies = (/** @type {any} */ { id, outcome }) => FILED.has(outcome) || !state.leaves?.includes(id); // of what leaves no tray keeps what was refused
    found.arrived += taken.filter((/** @type {any} */ receipt) => waited.has(receipt.id) && lies(receipt)).length;
    if (taken.length < receipts.length) await renewKey(shelf, wire);
    if (hand.length > 0) await shelf.hand(hand, "given");
    await offered(shelf, done);
    await sawHead(shelf, headOf(shelf, answer));
  }
}

/** @param {EntryRow} row @param {Set<string>} offering @param {boolean} thorough */
function isGoing(row, offering, thorough) {
  const given = row.state === "back" && row.handed === "wanted"; // it goes along: the desk may have lost it
  return row.state === "waiting" || (thorough && row.state === "pending") || offering.has(row.id) || given;
}

/**
 * What was sent back and settled is offered after what may have settled it: else it is taken in itself. What is handed
 * over comes first: it has to lie there.
 * @param {EntryRow} row
 */
function comesLast(row) {
  if (row.state === "back" && row.handed === "wanted") return -1;
  return Number(row.state === "settled" && row.outcome !== "clash");
}

/**
 * The first of these that go together: `passed` says how many are done with when it has arrived, those among them that
 * can't travel any more (their words were erased) too; `later` names what only travels with its writer signed in.
 * @param {Shelf} shelf
 * @param {EntryRow[]} going
 * @param {Set<string>} offering
 * @param {Found} found
 */
async function batchOf(shelf, going, offering, found) {
  const stranger = found.session === "none" || found.session === "other";
  const opens = (/** @type {EntryRow} */ row) => row.item !== null && !stranger;
  const boxes = shelf.ticket ? await shelf.envelopes(going.filter((row) => !opens(row) && row.device === shelf.device).map(({ id }) => id)) : [];
  // Where the key was lost that signs, what came after waits for its writer's session.
  const sealed = new Map(boxes.filter(({ sig }) => sig).map((envelope) => [envelope.id, envelope]));
  /** @type {Piece[]} */
  const pieces = [];
  /** @type {string[]} */
  const later = [];
  // A phone that is about to be wiped waits for nobody to sign in: what it offers was taken in before.
  const waits = (stranger || !shelf.isOpen) && !(await shelf.state()).parting;
  let passed = 0;
  let letters = 0;
  for (const row of going) {
    const had = offering.has(row.id) ? answerOf(row) : undefined;
    const box = sealed.get(row.id);
    const kind = opens(row) ? "entries" : "envelopes";
    const told = opens(row) ? { item: row.item, ...(had && { answered: had }) } : box && { id: box.id, box: box.box, sig: box.sig, ...(had && { answered: had }) };
    if (told) {
      letters += JSON.stringify(told).length;
      const full = pieces.length === MOST || (pieces.length > 0 && letters > MOST_LETTERS);
      if (full || (pieces.length > 0 && kind !== pieces[0].kind)) break;
      pieces.push({ id: row.id, kind, told });
    } else if (waits) later.push(row.id);
    passed += 1;
  }
  return { pieces, passed, later };
}

/**
 * @param {Shelf} shelf
 * @param {Wire} wire
 * @param {{ pieces: Piece[] }} batch
 * @param {string[]} hand
 * @param {Found} found
 * @returns {Promise<any>} the answer; null where the session turned out to be nobody's or another's
 */
async function sent(shelf, wire, { pieces }, hand, found) {
  const { device, ticket, account } = shelf;
  const open = pieces[0]?.kind === "entries";
  const told = { device, ticket, ...(open && { account }), ...(pieces.length > 0 && { [pieces[0].kind]: pieces.map(({ told }) => told) }) };
  try {
    const answer = await wire.ask("push", hand.length > 0 ? { ...told, hand } : told);
    if (answer.receipts?.length !== pieces.length) throw new NoAnswer("broken");
    if (open) found.session = "mine";
    return answer;
  } catch (wrong) {
    const stranger = wrong instanceof Refusal && STRANGERS[/** @type {keyof typeof STRANGERS} */ (wrong.code)];
    if (!stranger || stranger === found.session) throw wrong;
    found.session = stranger;
    return null;
  }
}

/** @param {Shelf} shelf @param {any} answer @returns {Head | undefined} */
function headOf(shelf, answer) {
  return shelf.log ? answer.heads?.[shelf.log] : undefined;
}

/**
 * What the server had and takes in anew it had lost: its user is told, where no alarm has told them more.
 * @param {Shelf} shelf
 * @param {EntryRow[]} rows
 * @param {any[]} receipts
 * @param {Set<string>} offering
 */
async function gaveAgain(shelf, rows, receipts, offering) {
  const lost = new Set(receipts.filter(({ outcome }) => outcome === "accepted").map(({ id }) => id));
  if (!rows.some(({ id, state }) => state === "sent" && offering.has(id) && lost.has(id)) || (await shelf.state()).alarm) return;
  await shelf.putState({ alarm: { code: "given_again", cards: [] } });
}

/** What was offered again has its answer. @param {Shelf} shelf @param {string[]} ids */
async function offered(shelf, ids) {
  const { offering } = await shelf.state();
  if (!offering?.some((/** @type {string} */ id) => ids.includes(id))) return;
  await shelf.putState({ offering: offering.filter((/** @type {string} */ id) => !ids.includes(id)) });
}

/**
 * Everything that had an answer is to be offered with it.
 * @param {Shelf} shelf
 * @param {number} epoch
 * @param {(row: EntryRow) => boolean} [but] what this very epoch has answered
 */
export async function offerAgain(shelf, epoch, but = () => false) {
  const rows = await shelf.entries();
  const given = rows.filter((row) => row.state === "back" && row.handed === "given").map(({ id }) => id);
  await shelf.hand(given, "wanted");
  const had = rows.filter((row) => ANSWERED.has(row.state) && !but(row));
  await shelf.putState({ offering: had.map(({ id }) => id), offeredIn: epoch });
}

/**
 * Everything is offered, also what was sent back or waits: this phone is about to be wiped, and an older copy may have
 * been put in the server's place. Once: cut in the middle, the rest goes next time.
 * @param {Shelf} shelf
 */
export async function offerAtTheEnd(shelf) {
  const { parting } = await shelf.state();
  if (parting) return;
  const rows = await shelf.entries();
  const given = rows.filter((row) => row.state === "back" && row.handed === "given").map(({ id }) => id);
  await shelf.hand(given, "wanted");
  await shelf.putState({ offering: rows.filter(({ state }) => state !== "waiting").map(({ id }) => id), parting: true });
}

/**
 * The log is in another epoch than our receipts: it was restored. Each head is kept until a whole pull has come after
 * it: one may be of a history that another put in its place.
 * @param {Shelf} shelf
 * @param {Head | undefined} head
 */
async function sawHead(shelf, head) {
  if (!head?.seq) return;
  const state = await shelf.state();
  const isOlder = (/** @type {number | undefined} */ epoch = 0) => epoch > 0 && epoch < head.epoch;
  const older = isOlder(state.head?.epoch) || (await shelf.entries()).some((row) => row.state === "sent" && isOlder(row.epoch));
  if (older && state.offeredIn !== head.epoch) await offerAgain(shelf, head.epoch, (row) => row.epoch === head.epoch);
  const saw = state.sawHeads ?? [];
  if ([state.head, ...saw].some((one) => isSame(one, head))) return;
  await shelf.putState({ sawHeads: [...saw, head].slice(-MOST_HEADS) });
}

/** @param {Head | undefined} one @param {Head | undefined} other */
export function isSame(one, other) {
  return one?.epoch === other?.epoch && one?.seq === other?.seq && one?.digest === other?.digest;
}

/** An envelope that the server can't open: it may have another key by now. @param {Shelf} shelf @param {Wire} wire */
async function renewKey(shelf, wire) {
  const hello = await wire.ask("hello", {});
  if (hello.server_key?.raw) await shelf.putServerKey(hello.server_key);
}
