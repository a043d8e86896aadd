// What is owed as the phone lists it: in which group, as one row, and what an own record does for it once it is sent.
import assert from "node:assert/strict";
import { test } from "node:test";
import { daysTo, debtsOf, linesOf, offered, passed, sinceThen, SOON, soonOf } from "../../src/concerto/faces/field/static/field/js/pages/owing.js";

const VILLAGE = "village";
const BRANCH = "branch";
const GRANTS = [{ id: VILLAGE, branches: [{ id: BRANCH }], records: ["visit", "own_study", "meeting", "study", "heart_talk"] }];
const met = { kind: "visit", where: { channel: ["visit"], outcome: ["met"] }, about: "households" };
const declined = { kind: "visit", where: { outcome: ["declined"] }, about: "households" };
const DUTIES = {
  call: { part: "assistance", title: { zh: "走访", en: "Call" }, of: "household", settled_by: [met, declined] },
  ask: { part: "assistance", title: { zh: "变化", en: "Change" }, of: "household", settled_by: [{ kind: "visit", where: { change: ["no_change"] }, about: "households" }] },
  meet: { part: "branch", title: { zh: "大会", en: "Meeting" }, of: "branch", settled_by: [{ kind: "meeting", where: { form: ["members"] }, about: "branch", most_there: true }] },
  theme: { part: "branch", title: { zh: "主题党日", en: "Theme day" }, of: "branch", settled_by: [{ kind: "meeting", where: { contents: ["theme_day"] }, about: "branch", most_there: true }] },
  hour: { part: "study", title: { zh: "会中学习", en: "Study" }, of: "meeting", measure: "minutes", settled_by: [{ kind: "meeting", where: { meeting_study: [] }, about: "entry", most_there: true }] },
  week: { part: "study", title: { zh: "自学", en: "Own study" }, of: "person", settled_by: [{ kind: "own_study" }] },
  lesson: { part: "study", title: { zh: "送学", en: "Lesson" }, of: "member", measure: "members", settled_by: [{ kind: "study", where: { form: ["home_lesson"] }, about: "members" }, { kind: "visit", about: "lesson_for" }] },
  need: { part: "assistance", title: { zh: "受理", en: "Accept" }, of: "need" },
  deed: { part: "assistance", title: { zh: "好事", en: "Deed" }, of: "household", settled_by: [{ kind: "deed", about: "households" }] },
};
const SEPTEMBER = { turn: "2026-09", since: "2026-09-01", due: "2026-09-30" };
const row = (duty, more = {}) => ({ duty, unit: DUTIES[duty].of === "household" ? VILLAGE : BRANCH, ...SEPTEMBER, ...more });
const lines = (...rows) => linesOf({ digest: "", asof: "2026-09-18", duties: DUTIES, rows });

/** Own entries: each by itself, waiting if nothing else is said. */
function own(...entries) {
  const strands = new Map();
  for (const [n, { state = "waiting", seq, first = `e${n}`, ...said }] of entries.entries()) {
    const told = { row: { state, seq }, said: { id: `e${n}`, happened_on: "2026-09-17", unit: VILLAGE, ...said }, first, replaced: null };
    const strand = strands.get(first) ?? { first, all: [] };
    strand.all.push(told);
    strands.set(first, strand);
  }
  return { strands };
}

const visit = (more = {}) => ({ kind: "visit", body: { channel: "visit", households: ["h1"], outcome: "met", change: "no_change", ...more.body }, ...more.said });
const since = (line, own_, more = {}) => sinceThen(line, own_, { read: 100, ...more });

test("rows that stand alike are a line each again, and what is one's own is about nothing", () => {
  const found = lines(row("call", { about: ["h1", "h2"] }), row("week"));
  assert.deepEqual(found.map(({ duty, about }) => [duty, about]), [["call", "h1"], ["call", "h2"], ["week", ""]]);
});

test("what is due stands by how soon: an answer over its day, this week up to its Sunday, this month, later, a turn that ended", () => {
  const soon = (due, more = {}) => soonOf(lines(row("call", { due, ...more }))[0], "2026-09-18");
  assert.deepEqual(["2026-09-18", "2026-09-20", "2026-09-21", "2026-09-30", "2026-10-01"].map((due) => soon(due)), ["week", "week", "month", "month", "later"]);
  assert.equal(soon("2026-08-31", { verdict: "overdue", turn: "2026-08", until: "2026-09-30" }), "missed");
  assert.equal(soon("2026-08-31", { verdict: "overdue", turn: "2026-08-10/2026-08-31" }), "overdue");
  assert.deepEqual(SOON, ["overdue", "week", "month", "later", "missed"]);
  assert.equal(soonOf(lines(row("call", { due: "2026-09-20" }))[0], "2026-09-20"), "week");
});

test("a day that passed without signal is past on the phone too", () => {
  assert.equal(soonOf(lines(row("call"))[0], "2026-10-02"), "missed");
  assert.equal(soonOf(lines(row("call", { turn: "2026-09-10/2026-09-30" }))[0], "2026-10-02"), "overdue");
  assert.equal(daysTo("2026-09-30", "2026-09-18"), 12);
});

test("one call is one row, whatever it settles, and leads to its form", () => {
  const debts = debtsOf(lines(row("ask", { about: ["h1"] }), row("call", { about: ["h1", "h2"] })), GRANTS, own(), "2026-09-18");
  assert.deepEqual(debts.map(({ lines: some, route }) => [some.map(({ duty }) => duty), route]), [[["call", "ask"], "#visit/h1"], [["call"], "#visit/h2"]]);
});

test("a meeting is one row; its study leads to the meeting only where it was recorded here", () => {
  const rows = [row("meet", { about: [BRANCH] }), row("theme", { about: [BRANCH] }), row("hour", { about: ["m1"], turn: "2026-09-02/2026-09-02", due: "2026-09-02" })];
  const routes = (mine) => debtsOf(lines(...rows), GRANTS, mine, "2026-09-18").map(({ lines: some, route }) => [some.length, route]);
  assert.deepEqual(routes(own()), [[1, ""], [2, `#meeting/${BRANCH}`]]);
  assert.deepEqual(routes(own({ kind: "meeting", body: {}, first: "m1" }))[0], [1, "#correct/m1"]);
});

test("the meeting of a group leads to its form with that group", () => {
  const circle = row("meet", { about: ["g1"] });
  const debts = (more) => debtsOf([{ ...lines({ ...circle, ...more })[0], is: { ...lines(circle)[0].is, of: "group" } }], GRANTS, own(), "2026-09-18");
  assert.equal(debts({})[0].route, `#meeting/${BRANCH}//g1`);
  assert.equal(debts({ turn: "2026-08", since: "2026-08-01", due: "2026-08-31", verdict: "overdue" })[0].route, `#meeting/${BRANCH}/2026-08/g1`);
});

test("what is over its turn opens its form with that turn, whether the server said so or the day passed without signal", () => {
  const over = { turn: "2026-08", since: "2026-08-01", due: "2026-08-31", verdict: "overdue" };
  const routes = (day, ...rows) => debtsOf(lines(...rows), GRANTS, own(), day).map(({ route }) => route);
  assert.deepEqual(routes("2026-09-18", row("call", { about: ["h1"], ...over }), row("meet", { about: [BRANCH], ...over })).sort(), [`#meeting/${BRANCH}/2026-08`, "#visit/h1//2026-08"]);
  assert.deepEqual(routes("2026-10-02", row("call", { about: ["h1"] }), row("week", { turn: "2026-W38" })).sort(), ["#own-study/village", "#visit/h1//2026-09"]);
});

test("whether a turn was over is told by its name alone, for the days when the server names it no more", () => {
  const over = { "2026-07": "2026-08-01", "2026-Q2": "2026-07-01", "2026-Q4": "2027-01-01", 2026: "2027-01-01", "2026-W38": "2026-09-21" };
  for (const [turn, first] of Object.entries(over)) {
    const before = new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 10);
    assert.deepEqual([passed(turn, before), passed(turn, first)], [false, true], turn);
  }
});

test("a record may count for a turn that is over by its day, until a day; what it says already stays to be chosen", () => {
  const turns = [{ turn: "2026-06", last: "2026-06-30", until: "2026-07-31", forms: [] }, { turn: "2026-05", last: "2026-05-31", until: "2026-06-30", forms: [] }];
  assert.deepEqual(["2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01"].map((day) => offered(turns, day, undefined).join()), ["", "2026-05", "2026-05", "2026-06", "2026-06", ""]);
  assert.deepEqual(offered(turns, "2026-07-01", "2026-05"), ["2026-06", "2026-05"]);
});

test("a good thing still owed to a household opens its form", () => {
  const [line] = lines(row("deed", { about: ["h1"] }));
  assert.equal(debtsOf([line], [{ id: VILLAGE, records: ["deed"] }], own(), "2026-09-18")[0].route, "#deed/h1");
  assert.equal(debtsOf([line], [{ id: VILLAGE, records: ["visit"] }], own(), "2026-09-18")[0].route, "");
});

test("what one may not record, or no phone records, leads nowhere", () => {
  const routes = (grants) => debtsOf(lines(row("call", { about: ["h1"] }), row("need", { about: ["n1"] }), row("week")), grants, own(), "2026-09-18").map(({ route }) => route);
  assert.deepEqual(routes(GRANTS).sort(), ["", "#own-study/village", "#visit/h1"]);
  assert.deepEqual(routes([{ id: VILLAGE, records: [] }]), ["", "", ""]);
});

test("an unsent record settles what it proves, once sent, and nothing else", () => {
  const [call, ask, other] = lines(row("call", { about: ["h1"] }), row("ask", { about: ["h1"] }), row("call", { about: ["h2"] }));
  assert.deepEqual([call, ask, other].map((line) => since(line, own(visit()))), ["settled", "settled", ""]);
  const asked = own(visit({ body: { change: "not_asked" } }));
  assert.deepEqual([since(call, asked), since(ask, asked)], ["settled", ""]);
  assert.equal(since(call, own(visit({ body: { outcome: "nobody_home" } }))), "");
  assert.equal(since(call, own(visit({ body: { channel: "phone_call" } }))), "");
  assert.equal(since(call, own(visit({ body: { channel: "phone_call", outcome: "declined" } }))), "settled");
});

test("it counts for the turn of its day, or the earlier one that it names", () => {
  const [now, before] = lines(row("call", { about: ["h1"] }), row("call", { about: ["h1"], turn: "2026-08", since: "2026-08-01", due: "2026-08-31", verdict: "overdue", until: "2026-09-30" }));
  assert.deepEqual([since(now, own(visit())), since(before, own(visit()))], ["settled", ""]);
  const late = own(visit({ said: { counts_for: "2026-08" } }));
  assert.deepEqual([since(now, late), since(before, late)], ["", "settled"]);
});

test("what was sent back, clashed or was taken back settles nothing", () => {
  const [call] = lines(row("call", { about: ["h1"] }));
  for (const state of ["back", "clash", "settled"]) assert.equal(since(call, own(visit({ said: { state } }))), "");
  assert.equal(since(call, own(visit({ said: { first: "e0" } }), { kind: "visit", body: null, first: "e0" })), "");
});

test("what was sent after the standing was read is told so, and before it is in it", () => {
  const [call] = lines(row("call", { about: ["h1"] }));
  assert.equal(since(call, own(visit({ said: { state: "sent", seq: 101 } }))), "sent");
  assert.equal(since(call, own(visit({ said: { state: "sent", seq: 99 } }))), "");
});

test("where more than one is needed a record counts, and nobody is told that it settles", () => {
  const [twice] = lines(row("call", { about: ["h1"], need: 2 }));
  assert.equal(since(twice, own(visit())), "counts");
  const [lesson] = lines(row("lesson", { about: [BRANCH], need: 3, have: 2 }));
  assert.equal(since(lesson, own({ kind: "study", unit: BRANCH, body: { form: "home_lesson", members: ["m"] } })), "counts");
  const brought = own(visit({ body: { lesson_for: ["m"] } }));
  assert.equal(since(lesson, brought), "");
  assert.equal(since(lesson, brought, { branchOf: () => BRANCH }), "counts");
});

test("a members' meeting with half of them away settles nothing", () => {
  const [meet] = lines(row("meet", { about: [BRANCH] }));
  const held = (...there) => own({ kind: "meeting", unit: BRANCH, body: { branch: BRANCH, form: "members", base: ["a", "b", "c"], attendance: there.map((member) => ({ member, how: "present" })) } });
  assert.deepEqual([since(meet, held("a", "b")), since(meet, held("a", "x"))], ["settled", ""]);
});

test("one's own study settles the week, whoever's phone it lies on", () => {
  const [week] = lines(row("week", { turn: "2026-W38", since: "2026-09-14", due: "2026-09-20" }));
  assert.equal(since(week, own({ kind: "own_study", body: { words: "d" } })), "settled");
});
