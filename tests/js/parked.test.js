// An intake put aside lies in the tab of one account alone.
import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, answersOf, clearOthers, namedOn, park, parkedOf, takeUp } from "../../src/concerto/faces/desk/static/desk/js/parked.js";

/** @returns {any} */
function tab() {
  const kept = new Map();
  return {
    get length() {
      return kept.size;
    },
    key: (/** @type {number} */ n) => [...kept.keys()][n] ?? null,
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
    removeItem: (/** @type {string} */ key) => void kept.delete(key),
  };
}

/** @param {string} key @returns {any} */
const one = (key) => ({ key, at: "10:30", about: "邻里", answers: [["a", "杨春生"]] });

test("four are put aside and each is taken up once", () => {
  const store = tab();
  for (const key of ["1", "2", "3", "4"]) assert.equal(park(store, "zhou", one(key)), true);
  assert.deepEqual(takeUp(store, "zhou", "2")?.answers, [["a", "杨春生"]]);
  assert.equal(takeUp(store, "zhou", "2"), undefined);
  assert.deepEqual(parkedOf(store, "zhou").map((row) => row.key), ["1", "3", "4"]);
});

test("a ninth pushes none of the others out", () => {
  const store = tab();
  for (let n = 0; n < 8; n += 1) assert.equal(park(store, "zhou", one(String(n))), true);
  assert.equal(park(store, "zhou", one("9")), false);
  assert.equal(parkedOf(store, "zhou").length, 8);
});

test("what another account put aside goes, and all of it with the sign-out", () => {
  const store = tab();
  park(store, "zhou", one("1"));
  park(store, "halima", one("2"));
  clearOthers(store, "zhou");
  assert.equal(parkedOf(store, "halima").length, 0);
  assert.equal(parkedOf(store, "zhou").length, 1);
  clearOthers(store);
  assert.equal(store.length, 0);
});

test("what is the page's own, and whether somebody is afraid, is never put aside", () => {
  /** @type {[string, string][]} */
  const asked = [["draft", "x"], ["csrfmiddlewaretoken", "y"], ["afraid", "no"], ["a", "甲"], ["b", " "]];
  assert.deepEqual(answersOf(asked), [["a", "甲"]]);
});

test("nonsense in the tab is an empty shelf", () => {
  const store = tab();
  store.setItem("concerto:parked:zhou", "{");
  assert.deepEqual(parkedOf(store, "zhou"), []);
});

test("a list tells how many are named, each once, and nobody by name", () => {
  /** @type {[string, string][]} */
  const told = [["a", "甲"], ["a_more", "乙\n 甲 \n\n丙"], ["b_sort", "person"]];
  assert.deepEqual([namedOn("a", told), namedOn("b", told)], [3, 0]);
});

test("what is taken up stands alone in the form, and nothing of another beside it", () => {
  const field = (/** @type {string} */ name, /** @type {string} */ value, more = {}) => ({ name, value, type: "text", ...more });
  const no = field("a_minor", "on", { type: "checkbox", checked: true });
  const elements = [field("a", "甲"), field("b", "乙"), field("lead", "x"), field("draft", "d"), field("looked", "on"), no];
  /** @type {any} */
  const form = { elements, querySelectorAll: () => [], dispatchEvent: () => true };
  answer(form, [["a", "丙"]]);
  assert.deepEqual(elements.map((one) => one.value), ["丙", "", "", "d", "", "on"]);
  assert.equal(no.checked, false);
});
