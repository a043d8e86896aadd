// Whom a form about a household lets one choose.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf } from "../../src/concerto/faces/field/static/field/js/forms/card.js";

const named = (card) => choicesOf(card, "2026-09-16").people.map(({ name }) => name);

test("the head stands first, as at the desk, and the others in their order", () => {
  const people = [
    { id: "1", name: "阿勒腾", relation: "child" },
    { id: "2", name: "古丽", relation: "spouse" },
    { id: "3", name: "哈山", relation: "head" },
    { id: "4", name: "", relation: "other" },
  ];
  assert.deepEqual(named({ people }), ["哈山", "阿勒腾", "古丽"]);
  assert.deepEqual(named({ people: people.map((one) => ({ ...one, relation: null })), head: "2" }), ["古丽", "阿勒腾", "哈山"]);
});
