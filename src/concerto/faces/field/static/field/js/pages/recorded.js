// What was just recorded, and one entry by itself: what it says, what became of it, correcting and taking back.
import { KIND as SLIP } from "./another_slip.js";
import { caseBehind, KIND as CASE } from "./case.js";
import { does, fact, here, link, mark, place, put, stamp } from "./dom.js";
import { stems } from "../../../desk/js/preview.js";
import { FORMS } from "./blanks.js";
import { factsOf, formOf, linesOf } from "./facts.js";
import { orFull } from "./full.js";
import { entryTitle, kindOf } from "./names.js";
import { lastWording, letting, withdrawal } from "./restating.js";
import { KIND as SPOT } from "./spot.js";
import { mayAttach } from "./paper.js";
import { isMendable, MARKS, outRow, stateWords, whyWords } from "./rows.js";
import { filledNotice } from "./stage.js";
import { count, day, instant, say } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 */

/** What was sent back and is mended on a page of its own. */
const OF_THEIR_OWN = new Set([SLIP, SPOT, CASE]);
/** What is said anew by another entry of its own: another answer, a later step. */
const ONCE = new Set(["need_step", "need_word", "consent"]);

/** The five lines of one entry. @param {Map<string, string>} lines @param {string} state */
export function fiveLines(lines, state) {
  const list = stamp("t-lines");
  const pieces = stems(new Set(lines.keys()));
  if (state) list.dataset.state = state;
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-line]"))) {
    const name = line.dataset.line ?? "";
    const words = line.querySelector("[data-words]");
    line.classList.toggle("is-posted", lines.has(name));
    if (words) words.textContent = lines.get(name) ?? say("nothing");
    const stem = pieces.get(name);
    if (stem) line.dataset.stem = stem;
    else delete line.dataset.stem;
  }
  return list;
}

/** What was just recorded. @param {Stage} stage @param {string} id @param {string} [more] how many came with it */
export async function done(stage, id, more = "0") {
  const { phone } = stage;
  const told = phone.own.of.get(id);
  if (!told) return void stage.begin("lost", { back: "#list" });
  const lines = await linesOf(phone, told);
  const main = stage.begin("done", { title: undefined, back: told.shows.household ? `#card/${told.shows.household}` : caseBehind(told) || "#list" });
  const rest = Number(more);
  const card = phone.cards.get(told.shows.household);
  const hasMoved = told.said.body?.outcome === "moved" && card && !card.left_on;
  const draw = () => {
    const now = phone.own.of.get(id) ?? told;
    put(main, {
      mark: stateMark(now.row.state),
      state: stateWords(now.row, now.replaced),
      lines: lines.size > 0 ? fiveLines(lines, now.row.state === "sent" ? "" : "waiting") : [],
    });
  };
  put(main, {
    title: entryTitle(phone, told),
    count: lines.size > 0 ? count("ledgers", lines.size) : "",
    more: [rest > 0 && count("with_it", rest), hasMoved && say("moved_places")].filter(Boolean).join(" "),
  });
  draw();
  link(main, { house: card && `#card/${card.id}`, places: hasMoved && `#places/${card.id}`, case: caseBehind(told), entry: `#entry/${id}`, paper: mayAttach(phone, told) && `#paper/${id}` });
  const slips = slipsOf(phone, told);
  does(main, {
    undo: told.said.body !== null && told.said.kind !== "settled" && rest === slips.length && (() => orFull(stage, async () => {
      // The slips first: what they were given for is taken back behind them.
      for (const slip of slips) if (!isTakenBack(phone, slip)) await withdrawal(phone, slip, lastWording(phone, slip));
      const row = await withdrawal(phone, told, lastWording(phone, told));
      await phone.read();
      phone.link?.now();
      stage.tell(`${say("undone")} ${say("undone_sends")}`);
      stage.go(`#done/${row.id}/${rest}`, { instead: true });
    })),
  });
  return { changed: (/** @type {string} */ what) => what === "entries" && draw() };
}

/** The slips that were left for what an entry wrote down, recorded with it. @param {Phone} phone @param {Told} told */
function slipsOf({ own }, { said }) {
  const needs = new Set((said.body?.needs ?? []).map((/** @type {any} */ { need }) => need));
  return own.all.filter((one) => one.said.kind === SLIP && needs.has(one.said.body?.matter));
}

/** @param {Phone} phone @param {{ first: string }} told */
function isTakenBack({ own }, { first }) {
  return own.strands.get(first)?.all.some((one) => one.said.body === null && one.row.state !== "back") ?? false;
}

/**
 * An entry that can be read here: own ones of this phone, or own ones that a card brought.
 * @param {Phone} phone
 * @param {string} id
 */
export function readable(phone, id) {
  const told = phone.own.of.get(id);
  if (told?.said.kind === "protected_case") return null; // it is for the centre: while it waits it shows nothing here either
  if (told) return { said: told.said, shows: told.shows, told, last: lastWording(phone, told), first: told.first };
  for (const card of phone.cards.values()) {
    const line = card.lines?.find((/** @type {any} */ one) => one.e === id && one.mine);
    if (!line) continue;
    const said = { id, happened_on: line.on, log: phone.kept.log, ...line.mine };
    const shows = { household: card.id, parts: line.parts ?? [], name: "", form: formOf(said) };
    return { said, shows, told: null, last: line.last ?? line.e, first: line.e };
  }
  return null;
}

/** @param {Stage} stage @param {string} id */
export async function entry(stage, id) {
  const { phone } = stage;
  const found = readable(phone, id);
  if (!found) return void stage.begin("lost", { back: "#out" });
  const { said, shows, told } = found;
  const asTold = told ?? /** @type {Told} */ ({ row: { state: "sent", id, seq: 0 }, said, shows, first: id, replaced: null });
  const facts = await factsOf(phone, said, shows);
  const lines = await linesOf(phone, asTold);
  const withdrawn = isTakenBack(phone, found);
  const draw = () => {
    const now = phone.own.of.get(id) ?? asTold;
    const { row } = now;
    const main = stage.begin("entry", { title: kindOf(now), sub: entryTitle(phone, now), back: shows.household && phone.cards.has(shows.household) ? `#card/${shows.household}` : "#out" });
    const strand = phone.own.strands.get(found.first);
    // What was settled by another has no number of its own: the row says where the log stood then.
    const isSettled = row.state === "settled";
    const number = isSettled ? phone.own.of.get(row.by)?.row.seq : row.seq;
    const later = (strand?.all ?? []).filter((one) => one.said.id !== id && one.row.number > (row.number ?? 0));
    put(main, {
      notices: row.state === "back" || row.state === "clash" ? [filledNotice(stamp("n-plain"), {
        what: stateWords(row, now.replaced), safe: whyWords(phone, row), code: row.code && row.state === "back" ? say("code", { code: row.code }) : "", acts: bothSides(now),
      })] : [],
      state: told ? [stateMark(row.state), document.createTextNode(` ${stateWords(row, now.replaced)} ${row.state === "pending" || row.state === "settled" ? whyWords(phone, row) : ""}`)] : [],
      facts: facts.map(([term, words]) => fact(term, words)),
      lines: lines.size > 0 ? fiveLines(lines, row.state === "sent" ? "" : "waiting") : [],
      later: later.map((one) => outRow(phone, one.row, { acts: false })),
      origin: [
        fact(say("happened"), day(said.happened_on)),
        ...(told ? [fact(say("recorded_at", { at: "" }).replace(/…|\s+$/g, "").trim(), instant(said.recorded_at)), fact(say("number_here"), String(row.number))] : []),
        ...(number ? [fact(say(isSettled ? "settled_number" : "number_there"), String(number).padStart(4, "0"))] : []),
        ...(row.received_at ? [fact(say(isSettled ? "settled_at" : "received"), instant(row.received_at))] : []),
      ],
    });
    for (const [part, empty] of /** @type {[string, boolean][]} */ ([["lines_part", lines.size === 0], ["later_part", later.length === 0]])) {
      if (empty) place(main, part)?.remove();
    }
    const spoken = said.body !== null && said.kind !== "settled" && !withdrawn && !now.replaced;
    const fit = row.state !== "clash" && row.state !== "settled";
    link(main, {
      paper: told && !withdrawn && mayAttach(phone, now) && `#paper/${id}`,
      correct: spoken && fit && (FORMS.includes(formOf(said, shows)) || ((OF_THEIR_OWN.has(said.kind) || shows.act) && row.state === "back")) && !ONCE.has(said.kind) && (row.state === "back" ? `#mend/${id}` : `#correct/${found.first}`),
      withdraw: spoken && fit && (row.state === "back" ? `#letgo/${id}` : `#withdraw/${found.first}`),
      house: phone.cards.has(shows.household) && `#card/${shows.household}`,
      case: caseBehind(now),
    });
  };
  draw();
  return { changed: (/** @type {string} */ what) => what === "entries" && draw() };
}

/** The way to both versions, where it is its writer who decides. @param {Told} told */
function bothSides({ row, replaced }) {
  if (row.state !== "clash" || replaced) return [];
  const key = stamp("t-act-look");
  key.setAttribute("href", `#clash/${row.id}`);
  return [key];
}

/** @param {string} state */
function stateMark(state) {
  return (state === "waiting" && here().querySelector("svg")) || mark(MARKS[state]);
}

/** Taking an entry back. @param {Stage} stage @param {string} id */
export async function withdraw(stage, id) {
  const { phone } = stage;
  const found = readable(phone, id);
  if (!found) return void stage.begin("lost", { back: "#out" });
  const facts = await factsOf(phone, found.said, found.shows);
  const main = stage.begin("withdraw", { back: `#entry/${id}` });
  put(main, { facts: facts.map(([term, words]) => fact(term, words)), why: "" });
  link(main, { cancel: `#entry/${id}` });
  does(main, {
    yes: () => orFull(stage, async () => {
      const row = await withdrawal(phone, { said: found.said, shows: found.shows, first: found.first }, found.last);
      await phone.read();
      phone.link?.now();
      stage.go(`#done/${row.id}`, { instead: true });
    }),
  });
}

/** Letting go what was sent back. @param {Stage} stage @param {string} id */
export async function letgo(stage, id) {
  const { phone } = stage;
  const told = phone.own.of.get(id);
  if (!told) return void stage.begin("lost", { back: "#out" });
  const facts = await factsOf(phone, told.said, told.shows);
  const main = stage.begin("letgo", { sub: entryTitle(phone, told), back: "#out" });
  put(main, { facts: facts.map(([term, words]) => fact(term, words)), why: whyWords(phone, told.row) });
  link(main, { mend: isMendable(told) && told.row.state === "back" && `#mend/${id}` });
  does(main, {
    yes: () => orFull(stage, async () => {
      await letting(phone, told);
      await phone.read();
      phone.link?.now();
      stage.go("#out", { instead: true });
    }),
  });
}

