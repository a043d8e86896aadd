import assert from "node:assert/strict";
import test from "node:test";
import { isUnanswered, standing } from "../../src/concerto/faces/field/static/field/js/pages/life.js";

const TURNS = { owned: { heard: "owned" }, done: { owned: "done" }, told: { heard: "told", done: "told" }, partly: { told: "reopened" } };
const TELLS = ["done", "answer"];
const NEED = { id: "n", sort: "water", state: "heard", on: "2026-05-01" };

/** What waits on this phone, in the order in which it was recorded. @param {any[]} bodies each with its day */
function waiting(...bodies) {
  const strands = new Map(bodies.map(({ on, ...body }, at) => {
    const said = { id: `e${at}`, happened_on: on ?? "2026-05-20", body: { need: "n", ...body } };
    return [said.id, { first: said.id, all: [{ said, row: { state: "waiting" }, replaced: null }] }];
  }));
  return /** @type {any} */ ({ strands });
}

/** @param {any} need @param {any[]} bodies */
const after = (need, ...bodies) => standing([need], waiting(...bodies), TURNS, TELLS)[0];

test("a household that was told is asked for its word, and one that was told to wait is not", () => {
  assert.equal(after(NEED, { step: "told", told_of: "answer" }).state, "told");
  assert.equal(after(NEED, { step: "told", told_of: "interim" }).state, "heard");
});

test("where several asked a need is told once the server says so", () => {
  assert.equal(after({ ...NEED, askers: 2 }, { step: "told", told_of: "done" }).state, "heard");
});

test("steps stand in the order of their days, and within a day as they were recorded", () => {
  const own = [{ step: "done" }, { step: "owned", owner: "lin", on: "2026-05-19" }];
  assert.deepEqual([after(NEED, ...own).state, after(NEED, ...own).owner], ["done", "lin"]);
});

test("who names an owner twice rests on the first of the two", () => {
  const own = [{ step: "owned", owner: "lin" }, { step: "owned", owner: "ma" }];
  assert.deepEqual([after(NEED, ...own).owner, after(NEED, ...own).owned], ["ma", "e1"]);
});

test("no answer is its owner's to say, after two askings that may lie five working days apart", () => {
  const asked = (/** @type {string[]} */ ...days) => after({ ...NEED, state: "told" }, ...days.map((on) => ({ step: "asked", on })));
  assert.equal(isUnanswered(asked("2026-05-11"), "lin"), false);
  assert.equal(isUnanswered(asked("2026-05-11", "2026-05-15"), "lin"), false);
  assert.equal(isUnanswered(asked("2026-05-11", "2026-05-16"), "lin"), true);
  assert.equal(isUnanswered({ ...asked("2026-05-11", "2026-05-18"), owner: "ma" }, "lin"), false);
});

test("what a household says counts the askings anew", () => {
  assert.equal(after({ ...NEED, state: "told", asked: ["2026-05-01", "2026-05-08"] }, { word: "partly" }).asked, undefined);
});
