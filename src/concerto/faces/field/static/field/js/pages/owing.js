// What is owed, put in order: nothing is judged here, the server's standing stands. What was recorded since is laid beside
// it by the table that came with it.
import { isUnsent, lastOf } from "./told.js";

/**
 * @import { Own, Told } from "./told.js"
 * @typedef {{ kind: string, where?: Record<string, string[]>, about?: string, most_there?: boolean }} Gives
 * @typedef {{ part: string, title: Record<string, string>, of: string, measure?: string, settled_by?: Gives[] }} Duty
 * @typedef {{ duty: string, unit: string, turn: string, since: string, due: string, about?: string[], have?: number, need?: number, verdict?: string, until?: string, provisional?: boolean }} Row
 * @typedef {{ digest: string, asof: string, duties?: Record<string, Duty>, rows?: Row[], turns?: Turn[], ways?: Way[], left_out?: Way["homes"], rounds?: Row[] }} Standing
 * Homes in the order they are gone to, and why; nothing is owed by it.
 * @typedef {{ homes: { household: string, because: string[] }[], because?: string[], season?: string, nth?: number, when?: string }} Way
 * A turn that records of these forms may count for, late: of the days after its last one until a day.
 * @typedef {{ turn: string, last: string, until: string, forms: string[] }} Turn
 * One debt: about one household, branch or group, or about nothing.
 * @typedef {Omit<Row, "about"> & { about: string, is: Duty }} Line
 * What one record settles, and where it is written.
 * @typedef {{ lines: Line[], route: string }} Debt
 * A home on a way, with what is still owed about it.
 * @typedef {{ household: string, because: string[], lines: Line[], route: string }} Stop
 * @typedef {"" | "settled" | "counts" | "sent"} Since
 */

/** In which order the groups stand, as at the desk: an answer still owed first, a turn that ended last. */
export const SOON = ["overdue", "week", "month", "later", "missed"];
const ROUTES = /** @type {Record<string, string>} */ ({ visit: "visit", meeting: "meeting", study: "study", heart_talk: "talk", own_study: "own-study", deed: "deed" });
const MADE_UP = new Set(["visit", "study", "meeting"]); // forms that ask for which turn they count
const MONTH_OR_QUARTER = /^\d{4}-(?:\d\d|Q\d)$/;
const COUNTED_BY_HEADS = new Set(["members", "committee"]);

/** Up to which number of the log it was read; behind it its digest names the day and what was told. @param {Standing} standing */
export function readAt({ digest }) {
  return Number(digest.split(".").at(-3));
}

/** @param {Standing} standing @returns {Line[]} */
export function linesOf({ duties = {}, rows = [] }) {
  return rows.flatMap(({ about = [], ...row }) => (about.length > 0 ? about : [""]).map((one) => ({ ...row, about: one, is: duties[row.duty] })));
}

/**
 * Lines put together that one record settles: a call on a household, a meeting.
 * @param {Line[]} lines
 * @param {any[]} grants what may be recorded where
 * @param {Own} own
 * @param {string} day
 * @returns {Debt[]} soonest first
 */
export function debtsOf(lines, grants, own, day) {
  /** @type {Map<string, Debt>} */
  const debts = new Map();
  for (const line of lines) {
    const route = routeOf(line, grants, own, day);
    const several = line.is.of === "household" || route.startsWith("#meeting/");
    const key = [line.unit, line.about, line.due, line.verdict, route, several && route ? "" : line.duty].join(" ");
    const debt = debts.get(key) ?? { lines: [], route };
    debt.lines.push(line);
    debts.set(key, debt);
  }
  for (const debt of debts.values()) debt.lines.sort((one, other) => firstOf(one) - firstOf(other) || order(one.duty, other.duty));
  return [...debts.values()].sort((one, other) => order(keyOf(one.lines[0]), keyOf(other.lines[0])));
}

/** A call is called a call, whatever else is asked there. @param {Line} line */
function firstOf({ is }) {
  return (is.settled_by ?? []).some(({ where }) => where?.channel) ? 0 : 1;
}

/** @param {Line} line */
function keyOf({ due, is, duty, about }) {
  return [due, is.part, duty, about].join(" ");
}

/** @param {string} one @param {string} other */
function order(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * Where the record is written that settles a line; nothing where it is not written on this phone. What is over its turn
 * opens the form with that turn proposed: else the record would count for that of its day.
 * @param {Line} line
 * @param {any[]} grants
 * @param {Own} own
 * @param {string} day
 */
export function routeOf(line, grants, own, day) {
  const { is, about, unit } = line;
  const kind = is.settled_by?.[0]?.kind ?? "";
  const may = (/** @type {any} */ grant) => grant.records?.includes(kind);
  if (!ROUTES[kind]) return "";
  if (is.of === "meeting") return own.strands.has(about) ? `#correct/${about}` : "";
  if (kind === "own_study") {
    const grant = grants.find(may);
    return grant ? `#own-study/${grant.id}` : "";
  }
  const there = grants.find(({ id, branches = [] }) => id === unit || branches.some((/** @type {any} */ one) => one.id === unit));
  if (!there || !may(there)) return "";
  const turn = MADE_UP.has(kind) && MONTH_OR_QUARTER.test(line.turn) && (line.verdict === "overdue" || line.due < day) ? line.turn : "";
  if (kind === "visit") return `#visit/${about}${turn && `//${turn}`}`;
  if (kind === "deed") return is.of === "household" ? `#deed/${about}` : "";
  const group = is.of === "group" ? about : "";
  return `#${ROUTES[kind]}/${unit}${(turn || group) && `/${turn}`}${group && `/${group}`}`;
}

// ---------------------------------------------------------------- on the way

/**
 * The homes of a way about which something is still owed. A visit is written for what is still to come before what was
 * missed: it counts for its own turn.
 * @param {Way} way
 * @param {Debt[]} debts
 * @param {string} today
 * @returns {Stop[]}
 */
export function stopsOf({ homes }, debts, today) {
  return homes.flatMap(({ household, because }) => {
    const here = debts.filter(({ lines: [line] }) => line.is.of === "household" && line.about === household);
    const lines = here.flatMap((debt) => debt.lines);
    const routes = here.filter(({ route }) => route);
    const route = (routes.find(({ lines: [line] }) => !isOver(line, today)) ?? routes[0])?.route ?? `#card/${household}`;
    return lines.length > 0 ? [{ household, because, lines, route }] : [];
  });
}

/** The soonest day by which something is due; none where all of it was missed. @param {Line[]} lines @param {string} today */
export function dueOf(lines, today) {
  return lines.filter((line) => !isOver(line, today)).map(({ due }) => due).sort()[0] ?? "";
}

// ---------------------------------------------------------------- when

/** How soon it is due, by the phone's day: that a day has passed needs no server. @param {Line} line @param {string} day */
export function soonOf(line, day) {
  const { due } = line;
  if (isOver(line, day)) return line.until || isPeriodic(line) ? "missed" : "overdue";
  if (due <= sundayOf(day)) return "week";
  return due.slice(0, 7) === day.slice(0, 7) ? "month" : "later";
}

/** Whether its day has passed. @param {Line} line @param {string} day */
export function isOver({ verdict, due }, day) {
  return verdict === "overdue" || due < day;
}

/** @param {string} day */
function sundayOf(day) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + ((7 - at.getUTCDay()) % 7));
  return at.toISOString().slice(0, 10);
}

/** How many days are left. @param {string} due @param {string} day */
export function daysTo(due, day) {
  return Math.round((Date.parse(due) - Date.parse(day)) / 86_400_000);
}

/** Whether it is owed each period anew; else it answers something. @param {Line} line */
export function isPeriodic({ turn }) {
  return !turn.includes("/");
}

/**
 * What a record of a day may count for; what its last wording says already stays to be chosen.
 * @param {Turn[]} turns
 * @param {string} on
 * @param {string | undefined} kept
 */
export function offered(turns, on, kept) {
  const fit = turns.filter(({ last, until }) => last < on && on <= until).map(({ turn }) => turn);
  return kept && !fit.includes(kept) ? [...fit, kept] : fit;
}

/** Whether a turn was over before a day, by its name alone: the server may name it no more. @param {string} turn @param {string} on */
export function passed(turn, on) {
  const [year, rest = ""] = turn.split("-");
  if (rest.startsWith("W")) return mondayOf(Number(year), Number(rest.slice(1)) + 1) <= on;
  const month = rest.startsWith("Q") ? String(Number(rest.slice(1)) * 3).padStart(2, "0") : rest || "12";
  return `${year}-${month}` < on.slice(0, 7);
}

/** The first week of a year holds its fourth of January. @param {number} year @param {number} week */
export function mondayOf(year, week) {
  const at = new Date(Date.UTC(year, 0, 4));
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7) + 7 * (week - 1));
  return at.toISOString().slice(0, 10);
}

// ---------------------------------------------------------------- what was recorded since

/**
 * What an own record does for a line that the server has not counted yet.
 * @param {Line} line
 * @param {Own} own
 * @param {{ read: number, branchOf?: (member: string) => string }} since up to which number of the log it was read
 * @returns {Since}
 */
export function sinceThen(line, own, { read, branchOf = () => "" }) {
  let counts = false;
  let sent = false;
  for (const strand of own.strands.values()) {
    const last = lastOf(strand);
    if (!last || !last.said.body || !isFor(line, last, branchOf)) continue;
    if (isUnsent(last)) counts = true;
    else if ((last.row.seq ?? 0) > read) sent = true;
  }
  if (counts) return isLast(line) ? "settled" : "counts";
  return sent ? "sent" : "";
}

/** Whether one more is all that is needed. @param {Line} line */
function isLast({ is, have = 0, need = 1 }) {
  return (is.measure ?? "times") === "times" && need - have <= 1;
}

/** @param {Line} line @param {Told} told @param {(member: string) => string} branchOf */
function isFor(line, { said, first }, branchOf) {
  if (!isInTime(line, said)) return false;
  return (line.is.settled_by ?? []).some((gives) => gives.kind === said.kind && gave(gives, said.body) && isAbout(line, gives, said, first, branchOf));
}

/** @param {Line} line @param {any} said */
function isInTime(line, { happened_on: on, counts_for: turn }) {
  if (!isPeriodic(line)) return on >= line.since;
  return turn ? turn === line.turn : line.since <= on && on <= line.due;
}

/** @param {Gives} gives @param {any} body */
function gave({ where = {}, most_there: asksHeads }, body) {
  if (asksHeads && COUNTED_BY_HEADS.has(body.form) && isHalfAway(body)) return false;
  return Object.entries(where).every(([name, answers]) => {
    const given = valuesOf(body, name);
    return answers.length > 0 ? answers.some((one) => given.includes(one)) : given.length > 0;
  });
}

/** @param {any} body */
function isHalfAway({ base = [], attendance = [] }) {
  const there = attendance.filter((/** @type {any} */ one) => one.how === "present" && base.includes(one.member));
  return 2 * (base.length - there.length) >= base.length;
}

/**
 * @param {Line} line
 * @param {Gives} gives
 * @param {any} said
 * @param {string} first
 * @param {(member: string) => string} branchOf
 */
function isAbout(line, { about = "" }, said, first, branchOf) {
  if (!line.about) return true; // one's own, recorded by oneself
  if (about === "entry") return line.about === first;
  const named = valuesOf(said.body, about);
  if (line.is.of !== "member") return named.includes(line.about);
  return named.length > 0 && (said.unit === line.unit || named.some((member) => branchOf(member) === line.unit));
}

/** What a body says in a field, or in a field of each of a list. @param {any} body @param {string} name @returns {any[]} */
function valuesOf(body, name) {
  const [first, rest] = name.split(".");
  const given = body[first];
  const listed = Array.isArray(given) ? given : given ? [given] : [];
  return rest ? listed.map((one) => one[rest]) : listed;
}
