// The ways of the week as the phone lists them: homes in the server's order, with what is still owed about each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { debtsOf, dueOf, linesOf, readAt, stopsOf } from "../../src/concerto/faces/field/static/field/js/pages/owing.js";

const met = { kind: "visit", where: { outcome: ["met"] }, about: "households" };
const DUTIES = {
  call: { part: "assistance", title: { zh: "走访", en: "Call" }, of: "household", settled_by: [met] },
  week: { part: "study", title: { zh: "自学", en: "Own study" }, of: "person", settled_by: [{ kind: "own_study" }] },
};
const GRANTS = [{ id: "village", branches: [], records: ["visit"] }];
const JULY = { duty: "call", unit: "village", turn: "2026-07", since: "2026-07-01", due: "2026-07-31" };
const JUNE = { ...JULY, turn: "2026-06", since: "2026-06-01", due: "2026-06-30", verdict: "overdue", until: "2026-07-31" };
const ROWS = [{ ...JULY, about: ["h1", "h2"] }, { ...JUNE, about: ["h1", "h3"] }, { ...JULY, duty: "week", about: [] }];
const DAY = "2026-07-10";
const debts = debtsOf(linesOf({ digest: "", asof: DAY, duties: DUTIES, rows: ROWS }), GRANTS, { strands: new Map() }, DAY);
const way = (...homes) => ({ homes: homes.map((household) => ({ household, because: ["on_the_way"] })) });

test("homes stand in the order of the way, with all that is owed about each and nothing else", () => {
  const stops = stopsOf(way("h2", "h1"), debts, DAY);
  assert.deepEqual(stops.map(({ household, lines }) => [household, lines.map(({ turn }) => turn)]), [["h2", ["2026-07"]], ["h1", ["2026-06", "2026-07"]]]);
});

test("a home about which nothing is owed any more is on no way", () => {
  assert.deepEqual(stopsOf(way("h9"), debts, DAY), []);
});

test("a tap opens the form for what is still to come, and for what was missed where that is all", () => {
  assert.deepEqual(stopsOf(way("h1", "h3"), debts, DAY).map(({ route }) => route), ["#visit/h1", "#visit/h3//2026-06"]);
});

test("up to which number it was read is told by its digest, whatever stands before that", () => {
  assert.equal(readAt({ digest: "4.rules.out.1.512.20260710.now", asof: DAY }), 512);
});

test("due is what is still to come: what was missed asks for no day", () => {
  const [one, three] = stopsOf(way("h1", "h3"), debts, DAY);
  assert.deepEqual([dueOf(one.lines, DAY), dueOf(three.lines, DAY)], ["2026-07-31", ""]);
});
