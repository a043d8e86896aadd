import assert from "node:assert/strict";
import { test } from "node:test";
import { inUse } from "../../src/concerto/faces/desk/static/desk/js/filters.js";
import { controlOf } from "../../src/concerto/faces/desk/static/desk/js/focus-errors.js";

const holding = (...controls) => ({ querySelectorAll: () => controls });

test("filters that say something stay open", () => {
  assert.equal(inUse(holding({ type: "select-one", value: "" }, { type: "date", value: "2026-08-01" })), true);
  assert.equal(inUse(holding({ type: "checkbox", value: "1", checked: false })), false);
  assert.equal(inUse(holding({ type: "hidden", value: "x" }, { type: "text", value: "" })), false);
});

test("from the notice one comes to the box itself, or to the first choice of a group", () => {
  const box = { matches: () => true };
  const first = {};
  const group = { matches: () => false, querySelector: (what) => (what.includes(":checked") ? null : first) };
  assert.equal(controlOf(box), box);
  assert.equal(controlOf(group), first);
});
