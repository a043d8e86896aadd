import assert from "node:assert/strict";
import { test } from "node:test";
import { saysSo, settle, showAsked } from "../../src/concerto/faces/desk/static/desk/js/choices.js";

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

/** A question asked after another one, and the form in which both stand. */
function asking(shows, field, answers) {
  const listeners = [];
  const form = { answers, addEventListener: (_what, listener) => listeners.push(listener) };
  const asked = {
    dataset: { shows }, closest: () => form, matches: () => false, toggleAttribute: () => {}, querySelector: () => null,
    querySelectorAll: (selector) => (selector.includes(`[type=${field.type}]`) ? [field] : []),
  };
  globalThis.FormData = class {
    constructor(of) {
      this.of = of;
    }
    getAll(name) {
      return this.of.answers[name] ?? [];
    }
  };
  showAsked(asked);
  return { asked, answer: (more) => Object.assign(answers, more) && listeners.forEach((listener) => listener()) };
}

test("another day goes from sight when one says today after all, and is there again with its choice", () => {
  const { asked, answer } = asking("day=other", { type: "date", value: "2026-05-01" }, { day: ["other"] });
  assert.equal(asked.hidden, false);
  answer({ day: ["today"] });
  assert.equal(asked.hidden, true);
  answer({ day: ["other"] });
  assert.equal(asked.hidden, false);
});

test("words stay in sight while they are written, and so does a day that goes with words", () => {
  const { asked, answer } = asking("change=changed", { type: "text", value: "搬了" }, { change: ["changed"] });
  answer({ change: ["none"] });
  assert.equal(asked.hidden, false);
  assert.equal(asking("words", { type: "date", value: "2026-05-01" }, {}).asked.hidden, false);
});
