// Names that are numbered stand as at the desk: see groundwork/counting.py.
import assert from "node:assert/strict";
import { test } from "node:test";

const { counting } = await import("../../src/concerto/faces/field/static/field/js/pages/counting.js");

test("groups stand as people count them, in figures and in words", () => {
  const names = ["10组", "三组", "2组", "十一组", "二组", "1组", "", "一百零二组"];
  assert.deepEqual(names.sort(counting), ["", "1组", "2组", "二组", "三组", "10组", "十一组", "一百零二组"]);
});

test("what is not numbered stands by its signs, behind what is", () => {
  assert.deepEqual(["乙", "3", "甲1", "甲"].sort(counting), ["3", "乙", "甲", "甲1"]);
});
