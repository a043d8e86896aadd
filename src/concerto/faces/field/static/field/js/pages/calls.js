// Whom one may call: every number on this phone, by household. While a round runs, those it still asks for; how a call went
// is one tap after it.
import { entriesOf } from "../forms/fill.js";
import { readOwed } from "../shelf/owed.js";
import { blank } from "./blanks.js";
import { answersFor, askedFor, callOn, refusesCalls } from "./calling.js";
import { counting } from "./counting.js";
import { here, link, place, put, stamp, words } from "./dom.js";
import { headOf, livingIn } from "./find.js";
import { orFull } from "./full.js";
import { drawn, searching } from "./lists.js";
import { calledOf, placesIn, titleOf } from "./names.js";
import { readAt, routeOf, sinceThen } from "./owing.js";
import { lastWording, withdrawal } from "./restating.js";
import { isUnsent } from "./told.js";
import { clause, count, day, label, labels, say } from "./words.js";

/**
 * @import { Found } from "./find.js"
 * @import { Card } from "./overlay.js"
 * @import { Line } from "./owing.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 * What is shown of a round. `kept` are those whose call was recorded while it is shown: they stay where they stood, so that
 * nobody else comes under the finger.
 * @typedef {{ stage: Stage, lines: Map<string, Line>, read: number, kept: Set<string> }} Round
 */

/** @param {Stage} stage @param {string} [which] `all` where not only those are wanted that a round asks for */
export async function calls(stage, which = "") {
  const { phone, turn } = stage;
  /** @type {Round} */
  const round = { stage, lines: new Map(), read: 0, kept: new Set() };
  const hear = async () => {
    const standing = (await phone.kept.lend?.(readOwed).catch(() => null)) ?? null;
    round.lines = askedFor(standing, phone.day());
    round.read = standing ? readAt(standing) : 0;
  };
  await hear();
  if (turn !== stage.turn) return;
  const main = stage.begin("calls", { sub: count("households", phone.cards.size) });
  const runs = round.lines.size > 0;
  const isAll = !runs || which === "all";
  if (!runs) place(main, "orders").remove();
  main.querySelector(`[data-put="${isAll ? "all" : "asked"}"]`)?.setAttribute("aria-current", "page");
  const show = isAll ? everyNumber(stage) : ofRound(round);
  return {
    changed: async (/** @type {string} */ what) => {
      if (what !== "cards" && what !== "owed") return;
      await hear();
      if (turn !== stage.turn) return;
      if (runs !== (round.lines.size > 0)) return stage.show(); // it ended, or one began
      show();
    },
  };
}

/** @param {any} one */
function has(one) {
  return one.phones?.length > 0 && !one.restricted;
}

/** Who has a number, the head first. @param {Card} card */
function reachedIn(card) {
  const head = headOf(card);
  return livingIn(card).filter(has).sort((one, other) => Number(other === head) - Number(one === head));
}

/** @param {Stage} stage */
function everyNumber(stage) {
  const { phone } = stage;
  return searching(stage, "calls", (found, text) => {
    return drawn(phone, found.filter(({ card }) => livingIn(card).some(has)), text, ({ card }) => {
      const row = put(stamp("t-call"), { house: titleOf(card), where: "", numbers: reachedIn(card).flatMap((one) => numbersOf(phone, card, one)), told: "", undo: "", taps: "" });
      return link(row, { house: `#card/${card.id}` });
    });
  });
}

/** @param {Phone} phone @param {Card} card @param {any} person */
function numbersOf(phone, card, person) {
  const refuses = refusesCalls(card, person.id, phone.own);
  const numbers = refuses ? [""] : person.phones;
  return numbers.map((/** @type {string} */ number) => {
    const line = put(stamp("t-number"), { name: calledOf(person), phone: number ? phoneWords(number) : "", refused: refuses && say("not_called") });
    line.querySelector("a")?.setAttribute("href", `tel:${number}`);
    return line;
  });
}

/** @param {string} phone @returns {Node[]} */
export function phoneWords(phone) {
  return [stamp("t-tel"), words(phone)];
}

// ---------------------------------------------------------------- a round

/** Whom it still asks for; after them those who were met here, until that was sent. @param {Round} round */
function ofRound(round) {
  const { stage, kept } = round;
  return searching(stage, "calls", (found, text) => {
    stage.sub(subOf(round));
    const asked = inOrder(stage.phone, found.filter(({ card }) => round.lines.has(card.id)));
    const open = asked.filter(({ card }) => kept.has(card.id) || isAsked(round, card));
    const waiting = asked.filter((one) => !open.includes(one) && unsentOf(round, one.card)).map(({ card }) => rowOf(round, card));
    const rows = open.length > 0 || text ? drawn(stage.phone, open, text, ({ card }) => rowOf(round, card)) : [stamp("t-round-over")];
    if (waiting.length > 0) rows.push(put(stamp("t-village"), { name: say("round_recorded"), count: count("households", waiting.length), rows: waiting }));
    return rows;
  });
}

/**
 * By village, group and where they are in this month, as at the desk; the tenth group behind the second.
 * @param {Phone} phone
 * @param {Found[]} found
 */
function inOrder(phone, found) {
  const month = Number(phone.day().slice(5, 7));
  const villages = [...new Set(found.map(({ card }) => card.village))];
  const season = (/** @type {Card} */ card) => placesIn(card.places, month).find(({ isNow }) => isNow)?.season ?? "";
  const keyed = found.map((one) => ({ one, village: villages.indexOf(one.card.village), keys: [one.card.group ?? "", season(one.card), one.card.number ?? "", one.card.id] }));
  keyed.sort((a, b) => a.village - b.village || a.keys.map((key, n) => counting(key, b.keys[n])).find(Boolean) || 0);
  return keyed.map(({ one }) => one);
}

/** Whether the round still asks for it, with what was recorded here. @param {Round} round @param {Card} card */
function isAsked({ stage, lines, read }, card) {
  const line = lines.get(card.id);
  return line !== undefined && !card.left_on && sinceThen(line, stage.phone.own, { read }) === "";
}

/** How many are left, and until when. @param {Round} round */
function subOf(round) {
  const left = [...round.stage.phone.cards.values()].filter((card) => isAsked(round, card)).length;
  const last = [...round.lines.values()].map(({ due }) => due).sort().at(-1);
  return clause([count("households", left), say("until", { day: day(last) })]);
}

/** @param {Round} round @param {Card} card */
function unsentOf({ stage, lines }, card) {
  const told = callOn(stage.phone.own, card.id, lines.get(card.id)?.since ?? "");
  return told && isUnsent(told) ? told : undefined;
}

/** @param {Round} round @param {Card} card @returns {HTMLElement} */
function rowOf(round, card) {
  const { stage: { phone }, lines, kept } = round;
  const line = /** @type {Line} */ (lines.get(card.id));
  const people = reachedIn(card);
  const numbers = people.filter(({ id }) => !refusesCalls(card, id, phone.own)).flatMap((one) => numbersOf(phone, card, one));
  const told = kept.has(card.id) ? callOn(phone.own, card.id, line.since) : unsentOf(round, card);
  const may = !kept.has(card.id) && numbers.length > 0 && isAsked(round, card) && routeOf(line, phone.about?.grants ?? [], phone.own, phone.day());
  const row = put(stamp("t-call"), {
    house: titleOf(card),
    where: clause([card.group, card.number && say("number", { number: card.number })]),
    numbers: numbers.length > 0 ? numbers : [words(say(people.length > 0 ? "round_refused" : "round_no_phone"))],
    told: told ? [words(`${wentOf(told)} `), isUnsent(told) ? here() : words(say("sent"))] : "",
    undo: told ? [undoKey(round, card, told)] : "",
    taps: may ? Object.entries(labels("round_taps")).map(([outcome, went]) => tapKey(round, card, outcome, went)) : "",
  });
  return link(row, { house: `#card/${card.id}` });
}

/** How a call went, where one tap says it. @param {Told} told */
function wentOf({ said: { body } }) {
  const isWhole = body.outcome === "met" && body.change !== "no_change";
  return (!isWhole && labels("round_taps")[body.outcome]) || label("channels", body.channel);
}

/** @param {Round} round @param {Card} card @param {string} outcome @param {string} went */
function tapKey(round, card, outcome, went) {
  const key = /** @type {HTMLButtonElement} */ (put(stamp("t-tap"), { went, of: ` ${titleOf(card)}` }));
  key.addEventListener("click", async () => {
    const row = /** @type {HTMLElement} */ (key.closest("li"));
    if (row.dataset.going) return;
    row.dataset.going = "yes";
    await tapped(round, card, outcome, row).finally(() => delete row.dataset.going);
  });
  return key;
}

/** @param {Round} round @param {Card} card @param {string} outcome @param {HTMLElement} row */
async function tapped(round, card, outcome, row) {
  const { stage, kept } = round;
  const { phone } = stage;
  const told = (await blank("visit").catch(() => null)) && await entriesOf("visit", answersFor(outcome), {
    account: phone.kept.account, log: phone.kept.log ?? "", now: new Date(phone.now()).toISOString(), today: phone.day(), card, own: phone.saw,
  });
  if (!told || "errors" in told) return stage.go(`#visit/${card.id}`); // its form says what is in the way
  const [entry] = told.entries;
  await orFull(stage, async () => {
    await phone.kept.record(entry.write, {});
    await phone.read();
    kept.add(card.id);
    stage.tell(clause([titleOf(card), label("round_taps", outcome), say("state_waiting")]));
    phone.link?.now();
    standAnew(round, card, row);
  });
}

/** @param {Round} round @param {Card} card @param {Told} told */
function undoKey(round, card, told) {
  const { stage, kept } = round;
  const { phone } = stage;
  const key = put(stamp("t-call-undo"), { of: ` ${titleOf(card)}` });
  key.addEventListener("click", async () => {
    const row = /** @type {HTMLElement} */ (key.closest("li"));
    if (row.dataset.going) return;
    row.dataset.going = "yes";
    await orFull(stage, async () => {
      await withdrawal(phone, told, lastWording(phone, told));
      await phone.read();
      kept.delete(card.id);
      stage.tell(`${say("undone")} ${say("undone_sends")}`);
      phone.link?.now();
      standAnew(round, card, row);
    }).finally(() => delete row.dataset.going);
  });
  return key;
}

/** In its own place, whatever became of it. @param {Round} round @param {Card} card @param {HTMLElement} row */
function standAnew(round, card, row) {
  round.stage.sub(subOf(round));
  if (!row.isConnected) return;
  const fresh = rowOf(round, round.stage.phone.cards.get(card.id) ?? card);
  row.replaceWith(fresh);
  fresh.querySelector("button")?.focus({ preventScroll: true });
}
