import assert from "node:assert/strict";
import { test } from "node:test";
import { standing } from "../../src/concerto/faces/desk/static/desk/js/votes.js";

const WORDS = { too_few: "too few", open: "at least {least}", line: "in favour {yes}, {result}", passed: "passed", not_passed: "not passed", sum: "" };

test("a vote has a verdict only once its figures add up", () => {
  const tally = { base: 20, present: 15, yes: 11 };
  assert.equal(standing(tally, 20, WORDS), "at least 11");
  assert.equal(standing(tally, 15, WORDS), "in favour 11, passed");
});

test("with too few there it says so whatever the figures are", () => {
  assert.equal(standing({ base: 20, present: 9, yes: 9 }, 12, WORDS), "too few");
});
