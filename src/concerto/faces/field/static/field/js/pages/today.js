// What is owed, without signal too: the server's standing at the last contact, each row one tap from its form.
import { readOwed } from "../shelf/owed.js";
import { groupNamed } from "./branch.js";
import { caseSection } from "./case.js";
import { mark, place, put, stamp, words } from "./dom.js";
import { titleOf } from "./names.js";
import { daysTo, debtsOf, isOver, isPeriodic, linesOf, readAt, sinceThen, SOON, soonOf } from "./owing.js";
import { turnWords } from "./turns.js";
import { waysOf } from "./ways.js";
import { clause, count, day, facts, instant, label, listed, say } from "./words.js";

/**
 * @import { Debt, Line, Since, Standing } from "./owing.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ name: string, debts: Debt[] }} Group
 */

const SAYS = /** @type {Record<Since, string>} */ ({ settled: "owed_settled", counts: "owed_counts", sent: "owed_sent" });
const SO_FAR = /** @type {Record<string, string>} */ ({ times: "owed_times", minutes: "owed_minutes", class_hours: "owed_class_hours" });
const HEARD = new Set(["owed", "entries", "cards", "about"]);

/** @param {Stage} stage @param {string} [by] */
export async function today(stage, by = "") {
  const { phone, turn } = stage;
  const tellMoment = () => {
    const at = phone.state.standingAt;
    place(stage.main, "asof").textContent = at ? say("owed_asof", { at: instant(at) }) : "";
  };
  const draw = async () => {
    const standing = (await phone.kept.lend?.(readOwed).catch(() => null)) ?? null;
    const cases = await caseSection(phone);
    if (turn !== stage.turn) return;
    const main = stage.begin("today", { sub: day(phone.day()) });
    const debts = standing ? debtsOf(linesOf(standing), phone.about?.grants ?? [], phone.own, phone.day()) : [];
    tellMoment();
    if (debts.length === 0) place(main, "orders").remove();
    main.querySelector(`[data-put="by_${by || "day"}"]`)?.setAttribute("aria-current", "page");
    const groups = by === "place" ? byPlace(phone, debts) : byDay(phone, debts);
    const drawn = by === "trip" && standing && debts.length > 0 ? waysOf(phone, standing, debts) : groups.map((group) => sectionOf(phone, group, /** @type {Standing} */ (standing), by === "place"));
    place(main, "groups").replaceChildren(...cases, ...(drawn.length > 0 ? drawn : [stamp(standing ? "t-nothing-owed" : "t-owed-unheard")]));
  };
  await draw();
  return {
    changed: (/** @type {string} */ what) => {
      if (turn !== stage.turn) return;
      if (what === "state") tellMoment();
      else if (HEARD.has(what)) return draw();
    },
  };
}

/** @param {Phone} phone @param {Debt[]} debts @returns {Group[]} */
function byDay(phone, debts) {
  const soon = (/** @type {Debt} */ { lines: [line] }) => soonOf(line, phone.day());
  return SOON.map((name) => ({ name: label("owed_groups", name), debts: debts.filter((debt) => soon(debt) === name) })).filter((group) => group.debts.length > 0);
}

/** Where one goes anyhow: by the village and group of a household, by the branch, and one's own. @param {Phone} phone @param {Debt[]} debts @returns {Group[]} */
function byPlace(phone, debts) {
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const debt of debts) {
    const [{ about, unit }] = debt.lines;
    const name = about ? clause([phone.unitNamed(unit), phone.cards.get(about)?.group]) : say("owed_own");
    const group = groups.get(name) ?? { name, debts: [] };
    group.debts.push(debt);
    groups.set(name, group);
  }
  return [...groups.values()].sort((one, other) => one.name.localeCompare(other.name, "zh"));
}

/** @param {Phone} phone @param {Group} group @param {Standing} standing @param {boolean} isPlace */
function sectionOf(phone, { name, debts }, standing, isPlace) {
  const read = readAt(standing);
  return put(stamp("t-owed-group"), { name, count: count("owed_items", debts.length), rows: debts.map((debt) => rowOf(phone, debt, read, isPlace)) });
}

/** @param {Phone} phone @param {Debt} debt @param {number} read @param {boolean} isPlace */
function rowOf(phone, { lines, route: written }, read, isPlace) {
  const [line, ...others] = lines;
  const found = line.is.of === "need" && needOn(phone, line.about);
  const route = written || (found ? `#card/${found.card.id}` : "");
  const { is, about, unit } = line;
  const whom = whomOf(phone, line);
  const title = whom ? say("kind_and_name", { kind: titleIn(line), name: whom }) : titleIn(line);
  const besides = others.length > 0 && say("owed_besides", { others: listed(others.map(titleIn)) });
  const lies = about && is.of !== "household" && !isPlace ? phone.unitNamed(unit) : "";
  const since = /** @type {Since[]} */ (["settled", "counts", "sent"]).find((one) => lines.some((each) => sinceThen(each, phone.own, { read, branchOf: (member) => branchOf(phone, member) }) === one));
  const over = isOver(line, phone.day());
  const row = put(stamp("t-owed"), {
    mark: [stamp(`clef-${is.part}`), mark(over ? "missed" : "open", is.part), hiddenWords(clause([over && label("owed_groups", "overdue"), label("ledgers_named", is.part)]))],
    title: route && title,
    plain: !route && title,
    meta: clause([turnOf(line), soFar(line), lies, besides, !route && say("owed_desk")]),
    settled: since ? [mark("waiting", is.part), words(say(SAYS[since]))] : "",
    due: dueOf(line),
    left: leftOf(line, phone.day(), over),
  });
  row.querySelector("a")?.setAttribute("href", route);
  return row;
}

/** @param {Line} line */
function titleIn({ is }) {
  return is.title[facts.language === "en" ? "en" : "zh"] ?? is.title.zh;
}

/** A household by its card, a need by what it is about and by its household's, a group by the roll; no name came with the standing. @param {Phone} phone @param {Line} line */
function whomOf(phone, { is, about }) {
  if (is.of === "need") {
    const found = needOn(phone, about);
    return found ? clause([label("need_sorts", found.need.sort), titleOf(found.card)]) : "";
  }
  if (is.of !== "household") return is.of === "group" ? groupNamed(phone, about) : "";
  const card = phone.cards.get(about);
  return card ? titleOf(card) : say("owed_elsewhere");
}

/** The card on which a need stands, and what that says of it. @param {Phone} phone @param {string} id */
function needOn(phone, id) {
  for (const card of phone.cards.values()) {
    const need = card.needs?.find((/** @type {any} */ one) => one.id === id);
    if (need) return { card, need };
  }
  return null;
}

/** @param {Phone} phone @param {string} member */
function branchOf(phone, member) {
  for (const card of phone.cards.values()) {
    const found = card.members?.find((/** @type {any} */ one) => one.id === member);
    if (found) return found.branch;
  }
  return "";
}

/** Which turn it is. @param {Line} line */
function turnOf(line) {
  return isPeriodic(line) ? turnWords(line.turn) : say("owed_asked", { day: day(line.since) });
}

/** How far it has come, where one record is not enough. @param {Line} line */
function soFar({ is, have = 0, need = 1 }) {
  if (is.measure === "members") return count("owed_members", need - have);
  return need > 1 ? say(SO_FAR[is.measure ?? "times"] ?? "owed_times", { have, need }) : "";
}

/** @param {Line} line */
function dueOf({ due, provisional }) {
  return provisional ? say("owed_provisional", { day: day(due) }) : day(due);
}

/** @param {Line} line @param {string} now @param {boolean} over */
function leftOf(line, now, over) {
  if (over) return line.until ? say("owed_until", { day: day(line.until) }) : isPeriodic(line) ? "" : say("owed_over");
  const left = daysTo(line.due, now);
  return left > 0 ? count("owed_left", left) : say("owed_today");
}

/** @param {string} text */
function hiddenWords(text) {
  return Object.assign(document.createElement("span"), { className: "hidden", textContent: text });
}
