// Which households a new one may be the same as.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { getElementById: () => null };
const { alikeIn } = await import("../../src/concerto/faces/field/static/field/js/pages/alike.js");

const head = (name, more = {}) => ({ people: [{ id: `p-${name}`, name, ...more }], head: `p-${name}` });
const CARDS = [
  { id: "h1", village: "v", number: "0012", ...head("阿依努尔·木拉提", { aliases: ["阿依奴尔"] }) },
  { id: "h2", village: "v", number: "13", ...head("王建国") },
  { id: "h3", village: "other", number: "12", ...head("阿依努尔·木拉提") },
  { id: "h4", village: "v", number: "14", left_on: "2026-01-01", ...head("李梅") },
  { id: "h5", village: "v", number: "", ...head("赵强", { restricted: true }) },
];
const found = (asked, but) => {
  const { number, head } = alikeIn(CARDS, { village: "v", number: "", head: "", ...asked }, but);
  return [number, head].map((cards) => cards.map(({ id }) => id));
};

test("a number of the same village is there already, with noughts before it or without", () => {
  assert.deepEqual(found({ number: "12" }), [["h1"], []]);
  assert.deepEqual(found({ number: " 0013" }), [["h2"], []]);
  assert.deepEqual(found({ number: "99" }), [[], []]);
});

test("a head of the same name is there already, however the parts of the name are joined", () => {
  assert.deepEqual(found({ head: "阿依努尔.木拉提" }), [[], ["h1"]]);
  assert.deepEqual(found({ head: "阿依奴尔" }), [[], ["h1"]]);
});

test("nothing is alike that has left, is locked, is this very one, or before anything is written", () => {
  assert.deepEqual(found({ number: "14", head: "李梅" }), [[], []]);
  assert.deepEqual(found({ head: "赵强" }), [[], []]);
  assert.deepEqual(found({ number: "12" }, "h1"), [[], []]);
  assert.deepEqual(found({}), [[], []]);
});
