import assert from "node:assert/strict";
import { test } from "node:test";
import { saysSo, settle } from "../../src/concerto/faces/desk/static/desk/js/choices.js";

const LONE = new Set(["nobody", "declined"]);
const group = (...ticked) => ["aynur", "murat", "nobody", "declined"].map((value) => ({ value, checked: ticked.includes(value) }));
const left = (boxes) => boxes.filter((box) => box.checked).map((box) => box.value);

test("nobody in leaves nobody ticked", () => {
  const boxes = group("aynur", "murat", "nobody");
  settle(boxes, boxes[2], LONE);
  assert.deepEqual(left(boxes), ["nobody"]);
});

test("who was met takes away that nobody was", () => {
  const boxes = group("aynur", "declined");
  settle(boxes, boxes[0], LONE);
  assert.deepEqual(left(boxes), ["aynur"]);
});

test("two people can be met together", () => {
  const boxes = group("aynur", "murat");
  settle(boxes, boxes[1], LONE);
  assert.deepEqual(left(boxes), ["aynur", "murat"]);
});

test("taking a tick away changes nothing else", () => {
  const boxes = group("murat");
  settle(boxes, boxes[2], LONE);
  assert.deepEqual(left(boxes), ["murat"]);
});

test("what is asked of few is asked when the answer is the one, or when there is any", () => {
  assert.equal(saysSo(["none"], "changed"), false);
  assert.equal(saysSo(["changed"], "changed"), true);
  assert.equal(saysSo([""], undefined), false);
  assert.equal(saysSo(["hay"], undefined), true);
});
