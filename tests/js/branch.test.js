// The members of a branch as a phone offers them.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const words = { household_number: "Household {number}", locked: "Locked" };
globalThis.document = { getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(words) } : null) };
const { membersOf, rollOn } = await import("../../src/concerto/faces/field/static/field/js/pages/branch.js");

/** A phone that knows one branch: each member's name, and the number of their household. */
function phoneOf(...people) {
  const cards = people.map(([name, number, restricted]) => ({ number, people: [{ id: `r-${number}`, name, restricted }] }));
  const members = people.map(([, number]) => ({ id: `m-${number}`, resident: `r-${number}`, standing: "full" }));
  return { cards: new Map(cards.map((card) => [card.number, card])), about: { grants: [{ branches: [{ id: "b", roll: { members } }] }] }, day: () => "2026-07-01" };
}

test("two members of one name are told apart by their households, and nobody else is", () => {
  const phone = phoneOf(["Yang", "012"], ["Ma", "013"], ["Yang", "014"]);
  const [one, other, third] = rollOn(phone, "b", "2026-07-01").map(({ name }) => name);
  assert.match(one, /^Yang.*Household 012$/);
  assert.equal(other, "Ma");
  assert.match(third, /^Yang.*Household 014$/);
  assert.deepEqual(membersOf(phone, { unit: "b" }).voters.map(({ name }) => name), [one, other, third]);
});

test("whose card is locked is not told by a household", () => {
  const names = rollOn(phoneOf(["Yang", "012", true], ["Ma", "013", true]), "b", "2026-07-01").map(({ name }) => name);
  assert.deepEqual(names, ["Locked", "Locked"]);
});
