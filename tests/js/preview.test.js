import assert from "node:assert/strict";
import { test } from "node:test";
import { answersOf, posted, stems } from "../../src/concerto/faces/desk/static/desk/js/preview.js";

const TABLE = {
  rules: [
    { line: "visits", field: "met", words: "Visit" },
    { line: "study", field: "talks", words: "Policy talk", unless: { met: ["nobody", "declined"] } },
    { line: "assistance", field: "change", is: ["none"], words: "No change" },
    { line: "assistance", field: "need", words: "Need" },
    { line: "disputes", field: "lead", is: ["yes"], words: "Lead" },
  ],
  nothing: "nothing",
  between: "; ",
};

test("a call that met somebody sounds in the visit ledger alone", () => {
  assert.deepEqual([...posted(TABLE, answersOf([["met", "aynur"]]))], [["visits", "Visit"]]);
});

test("two things of one line are said in one breath", () => {
  const lines = posted(TABLE, answersOf([["change", "none"], ["need", "hay"]]));
  assert.equal(lines.get("assistance"), "No change; Need");
});

test("nobody can be taught who was not met", () => {
  assert.equal(posted(TABLE, answersOf([["met", "nobody"], ["talks", "grass"]])).has("study"), false);
});

test("an answer that is not the one asked for posts nothing", () => {
  assert.equal(posted(TABLE, answersOf([["lead", "no"]])).size, 0);
});

test("a field left blank says nothing", () => {
  assert.equal(answersOf([["need", "  "], ["csrf", "x"]]).has("need"), false);
});

test("the stem begins at the highest line and ends at the lowest", () => {
  assert.deepEqual([...stems(new Set(["study", "disputes"])).values()], ["from", "through", "through", "to", ""]);
  assert.deepEqual([...stems(new Set(["visits"])).values()], ["", "", "lone", "", ""]);
  assert.deepEqual([...stems(new Set()).values()], ["", "", "", "", ""]);
});
