// The calls of a round on a phone: whom it still asks for, who does not agree to be called, and what one tap says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answersFor, askedFor, callOn, refusesCalls, ROUND } from "../../src/concerto/faces/field/static/field/js/pages/calling.js";
import { sinceThen } from "../../src/concerto/faces/field/static/field/js/pages/owing.js";

const call = (...outcome) => ({ kind: "visit", where: { channel: ["phone_call"], outcome }, about: "households" });
const DUTIES = {
  [ROUND]: { part: "visits", title: { zh: "户户到", en: "Round" }, of: "household", settled_by: [call("met", "declined")] },
  visit: { part: "assistance", title: { zh: "走访", en: "Visit" }, of: "household", settled_by: [] },
};
const SEPTEMBER = { duty: ROUND, unit: "village", turn: "2026-09-01/2026-09-21", since: "2026-09-01", due: "2026-09-21" };
const standing = (...rows) => ({ digest: "", asof: "2026-09-02", duties: DUTIES, rows: rows.map((row) => ({ ...SEPTEMBER, ...row })) });

/** Own entries: each by itself, waiting if nothing else is said. */
function own(...entries) {
  const strands = new Map();
  for (const [n, { state = "waiting", first = `e${n}`, on = "2026-09-02", kind = "visit", body }] of entries.entries()) {
    const told = { row: { state }, said: { id: `e${n}`, kind, happened_on: on, body }, first, replaced: null };
    strands.set(first, { first, all: [...(strands.get(first)?.all ?? []), told] });
  }
  return { strands };
}
const called = (outcome, more = {}) => ({ body: { channel: "phone_call", households: ["h1"], outcome }, ...more });

test("a round asks for its households from its first day to its last, and other duties and turns ask for none", () => {
  const told = standing({ about: ["h1", "h2"] }, { about: ["h3"], duty: "visit" }, { about: ["h4"], verdict: "overdue" });
  const asked = (day) => [...askedFor(told, day).keys()];
  assert.deepEqual(["2026-08-31", "2026-09-01", "2026-09-21", "2026-09-22"].map((day) => asked(day).join()), ["", "h1,h2", "h1,h2", ""]);
  assert.equal(askedFor(null, "2026-09-02").size, 0);
  assert.equal(askedFor({ digest: "", asof: "" }, "2026-09-02").size, 0);
});

test("a round that somebody else owes is called through by whoever works in the village", () => {
  const told = { ...standing(), rounds: [{ ...SEPTEMBER, about: ["h5"] }] };
  assert.deepEqual([...askedFor(told, "2026-09-02").keys()], ["h5"]);
});

test("who was met or does not wish to is asked for no more, who was not reached is", () => {
  const line = askedFor(standing({ about: ["h1"] }), "2026-09-02").get("h1");
  const since = (...entries) => sinceThen(line, own(...entries), { read: 1 });
  assert.deepEqual(["met", "declined", "nobody_home", "not_now"].map((outcome) => since(called(outcome))), ["settled", "settled", "", ""]);
  assert.equal(since(called("met"), { first: "e0", body: null }), "");
});

test("the last call on a household since the round began is told, and one that was taken back is not", () => {
  const outcome = (...entries) => callOn(own(...entries), "h1", "2026-09-01")?.said.body.outcome;
  assert.equal(outcome(called("nobody_home"), called("not_now")), "not_now");
  assert.equal(outcome(called("nobody_home"), called("met"), { first: "e1", body: null }), "nobody_home");
  assert.equal(outcome(called("met", { on: "2026-08-31" })), undefined);
  assert.equal(outcome({ body: { channel: "visit", households: ["h1"], outcome: "met" } }), undefined);
  assert.equal(outcome({ kind: "consent", body: { household: "h1" } }), undefined);
});

test("who answered for themselves is asked first, the household after, and who was not asked does not refuse", () => {
  const said = (answer, who) => ({ for: "phone", answer, on: "2026-09-01", ...(who && { who }) });
  const refuses = (consents, ...entries) => refusesCalls({ id: "h1", consents }, "p", own(...entries));
  assert.equal(refuses(undefined), false);
  assert.equal(refuses([said("agreed")]), false);
  assert.equal(refuses([said("declined")]), true);
  assert.equal(refuses([said("withdrawn", "p")]), true);
  assert.equal(refuses([said("declined"), said("agreed", "p")]), false);
  assert.equal(refuses([said("agreed"), said("declined", "other")]), false);
  assert.equal(refuses([{ ...said("declined"), for: "places" }]), false);
  assert.equal(refuses([said("agreed")], { kind: "consent", body: { household: "h1", purpose: "phone", answer: "withdrawn" } }), true);
});

test("one tap says of a call what the desk's round says: nothing changed is said only of who was met", () => {
  assert.deepEqual(answersFor("met"), { day: ["today"], channel: ["phone_call"], met: ["met"], change: ["no_change"] });
  assert.deepEqual(answersFor("declined"), { day: ["today"], channel: ["phone_call"], met: ["declined"] });
});
