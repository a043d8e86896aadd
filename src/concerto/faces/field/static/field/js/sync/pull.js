// Fetching what changed: page by page, each stored whole together with the numbers it reaches, so that a cut line goes on
// where it was.
import { forgetWords, prune } from "../shelf/leaving.js";
import { putCases, putOwed, readCases, readOwed } from "../shelf/owed.js";
import { Refusal } from "../shelf/refusal.js";
import { isSame, offerAgain } from "./push.js";

/**
 * @import { EntryRow, Shelf } from "../shelf/shelf.js"
 * @import { Found, Head } from "./push.js"
 * @import { Wire } from "./wire.js"
 */

const MOST_MINE = 500;
const ASKED_AT_ONCE = 1000;
const OPEN = new Set(["back", "clash", "pending"]);
const STRANGERS = /** @type {const} */ ({ signed_out: "none", other_person: "other" });

/**
 * The heads that a round asks about: each one seen in earlier rounds, since a later one may be of another history. What
 * this round's own answers name needs no asking.
 * @param {Shelf} shelf
 * @returns {Promise<(Head | undefined)[]>}
 */
export async function headsToAsk(shelf) {
  const { head, sawHeads = [] } = await shelf.state();
  return [head, ...sawHeads.filter((/** @type {Head} */ one) => !isSame(one, head))];
}

/**
 * Fetch until nothing more is told and every head was asked about, one with each page.
 * @param {Shelf} shelf open
 * @param {Wire} wire
 * @param {Found} found
 * @param {(Head | undefined)[]} asking those still to ask about: what has its answer leaves it
 * @returns {Promise<boolean>} whether everything is to be offered and fetched anew
 */
export async function pull(shelf, wire, found, asking) {
  for (;;) {
    const rows = await shelf.entries();
    const head = asking.length > 0 ? asking[0] : (await shelf.state()).head;
    const { cursors = {} } = await shelf.state();
    const page = await asked(shelf, wire, rows, found, head);
    if (!page) return false;
    found.device = page.device;
    if (page.device !== "in_use") return false;
    // The cards were let go while it was on its way: it tells what changed of cards that are here no more.
    if (!page.again && !isSameCursors(cursors, (await shelf.state()).cursors ?? {})) continue;
    asking.shift();
    if (page.again) {
      const isDone = await startAgain(shelf, wire, page, rows, head, asking);
      if (isDone) asking.length = 0;
      return true;
    }
    await keep(shelf, page, rows, head);
    if (asking.length > 0) continue;
    const { copied } = await shelf.state();
    if (copied) await prune(shelf, { copied, now: Date.parse(page.now) }); // only where the log holds every head
    if (page.more) continue;
    await shelf.putState({ sawHeads: [] });
    return false;
  }
}

/** @param {Record<string, number>} one @param {Record<string, number>} other */
function isSameCursors(one, other) {
  const grants = Object.keys(one);
  return grants.length === Object.keys(other).length && grants.every((grant) => one[grant] === other[grant]);
}

/** @param {Shelf} shelf @param {Wire} wire @param {EntryRow[]} rows @param {Found} found @param {Head | undefined} head */
async function asked(shelf, wire, rows, found, head) {
  const { device, ticket, account } = shelf;
  const state = await shelf.state();
  const mine = mineOf(rows);
  const shown = Object.keys(state.cursors ?? {}).length === 0; // at first, and after a restore, which may not know this phone
  try {
    const page = await wire.ask("pull", {
      device, ticket, account,
      ...(state.epoch && { epoch: state.epoch }),
      ...(head && { head }),
      grants: state.cursors ?? {},
      ...(mine.length > 0 && { mine }),
      ...(state.aboutDigest && { about: state.aboutDigest }),
      ...(shelf.lend && { standing: (await shelf.lend(readOwed))?.digest ?? "", cases: (await shelf.lend(readCases))?.digest ?? "" }),
    }, { shown });
    found.session = "mine";
    return page;
  } catch (wrong) {
    const stranger = wrong instanceof Refusal && STRANGERS[/** @type {keyof typeof STRANGERS} */ (wrong.code)];
    if (!stranger) throw wrong;
    found.session = stranger;
    return null;
  }
}

/** Own entries that are not filed, as far as this phone knows. @param {EntryRow[]} rows */
function mineOf(rows) {
  return rows.filter((row) => OPEN.has(row.state)).map(({ id }) => id).slice(0, MOST_MINE);
}

/**
 * One page on the disk. Its numbers come last but for how the phone stands: killed in between, it is asked for again.
 * @param {Shelf} shelf
 * @param {any} page
 * @param {EntryRow[]} rows
 * @param {Head | undefined} asked the log holds it: its place is taken by the page's own
 */
async function keep(shelf, page, rows, asked) {
  const before = await shelf.state();
  const { cursors = {}, cards = [], gone = [], erased = [], mine = {}, about, copied, standing, cases } = page;
  if (erased.length > 0) await forgetWords(shelf, erased);
  for (const grant of Object.keys(before.cursors ?? {})) if (!(grant in cursors)) await shelf.dropGrant(grant);
  if (about) await shelf.putAbout(about);
  if (standing) await shelf.lend?.((home) => putOwed(home, standing));
  if (cases) await shelf.lend?.((home) => putCases(home, cases));
  const moved = Object.entries(cursors).some(([grant, number]) => before.cursors?.[grant] !== number);
  if (moved || cards.length > 0 || gone.length > 0) await shelf.putPage(cursors, cards, gone);
  const sawHeads = (before.sawHeads ?? []).filter((/** @type {Head} */ one) => !isSame(one, asked));
  await shelf.putState({ epoch: page.epoch, head: page.head, sawHeads, ...(copied !== undefined && { copied }), ...(about && { aboutDigest: about.digest }), ...(!page.more && { standingAt: page.now }) });
  const changed = Object.fromEntries(Object.entries(mine).filter(([id, stands]) => isNews(rows.find((row) => row.id === id), stands)));
  if (Object.keys(changed).length > 0) await shelf.take(changed, { head: page.head, now: page.now });
  await sendAgain(shelf, page, rows);
}

/** @param {EntryRow | undefined} row @param {any} stands */
function isNews(row, stands) {
  if (!row) return false;
  const facts = Object.entries(stands.facts ?? {}).some(([name, value]) => row.facts[name] !== value);
  return facts || row.outcome !== stands.outcome || row.code !== (stands.code ?? "") || (stands.why ?? row.why) !== row.why;
}

/**
 * What was filed without us is offered for its number, what the server does not know for another answer: once each.
 * @param {Shelf} shelf
 * @param {any} page
 * @param {EntryRow[]} rows
 */
async function sendAgain(shelf, { mine = {} }, rows) {
  const { offering = [], unknown = [] } = await shelf.state();
  const asked = mineOf(rows);
  const filed = asked.filter((id) => mine[id]?.outcome === "accepted" || mine[id]?.outcome === "known");
  const missing = asked.filter((id) => !mine[id]);
  const going = [...filed, ...missing.filter((id) => !unknown.includes(id))];
  if (going.length === 0 && missing.length === unknown.length) return;
  await shelf.putState({ offering: [...new Set([...offering, ...going])], unknown: missing });
}

/**
 * The log no longer holds what this phone saw. Which cards went back is found out first, then what had an answer is to
 * be offered, then the cards go: killed in between, it begins anew.
 * @param {Shelf} shelf
 * @param {Wire} wire
 * @param {any} page
 * @param {EntryRow[]} rows
 * @param {Head | undefined} asked
 * @param {(Head | undefined)[]} rest heads still to ask about: of these another may be the one that is gone
 * @returns {Promise<boolean>} whether everything is offered now and its user was told, so that none of them has to be asked about
 */
async function startAgain(shelf, wire, page, rows, asked, rest) {
  const { alarm, epoch, head } = page;
  const before = await shelf.state();
  if (alarm && !(before.alarm && before.alarm.at === asked?.seq)) {
    const cards = await wentBack(shelf, wire, new Set(rows.map(({ id }) => id)));
    await shelf.putState({ alarm: { ...alarm, cards: [...new Set([...(before.alarm?.cards ?? []), ...cards])], at: asked?.seq } });
  }
  // A server that only writes cards in another way has lost nothing; one whose new epoch a push told was offered all.
  const lost = Boolean(alarm) || head.epoch !== before.head?.epoch;
  const offered = head.epoch !== before.head?.epoch && before.offeredIn === head.epoch;
  if (lost && !offered) await offerAgain(shelf, head.epoch);
  const isDone = Boolean(alarm) && !offered;
  await shelf.dropCards();
  await shelf.putState({ epoch, head, sawHeads: isDone ? [] : rest, aboutDigest: "", copied: null, unknown: [] });
  return isDone;
}

/**
 * The cards that name wordings which the server has lost; what this phone wrote itself is offered again.
 * @param {Shelf} shelf
 * @param {Wire} wire
 * @param {Set<string>} own
 */
async function wentBack(shelf, wire, own) {
  const { device, ticket, account } = shelf;
  const cards = [...(await shelf.cards()).values()];
  const named = cards.map((card) => /** @type {const} */ ([card.id, wordingsOf(card)]));
  const all = [...new Set(named.flatMap(([, wordings]) => wordings))].filter((id) => !own.has(id));
  /** @type {Set<string>} */
  const lost = new Set();
  for (let at = 0; at < all.length; at += ASKED_AT_ONCE) {
    const answer = await wire.ask("lacking", { device, ticket, account, wordings: all.slice(at, at + ASKED_AT_ONCE) });
    for (const id of answer.lacking) lost.add(id);
  }
  return named.filter(([, wordings]) => wordings.some((id) => lost.has(id))).map(([id]) => id);
}

/** Every entry that a card rests on. @param {any} card @returns {string[]} */
export function wordingsOf(card) {
  const worded = [card, ...["people", "members", "helpers"].flatMap((name) => card[name] ?? [])];
  const lines = (card.lines ?? []).flatMap((/** @type {any} */ line) => [line.e, line.last]);
  return [...worded.flatMap(({ w }) => Object.values(w ?? {})), ...lines].filter((id) => typeof id === "string" && id !== "");
}
