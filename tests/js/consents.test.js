import assert from "node:assert/strict";
import test from "node:test";
import { answersWith, isChild } from "../../src/concerto/faces/field/static/field/js/pages/agreed.js";

/** @param {any[]} said */
function own(...said) {
  const strands = said.map(({ on, state = "waiting", ...body }, at) => {
    const told = { said: { id: `e${at}`, kind: "consent", happened_on: on, body: { household: "h", ...body } }, row: { state }, replaced: null };
    return [told.said.id, { first: told.said.id, all: [told] }];
  });
  return /** @type {any} */ ({ strands: new Map(/** @type {any} */ (strands)) });
}

const KNOWN = [{ for: "phone", answer: "agreed", on: "2026-05-10" }];

test("the later day stands, and of one day what was recorded last", () => {
  const [late] = answersWith(KNOWN, "h", own({ purpose: "phone", answer: "declined", on: "2026-05-09" }));
  assert.equal(late.answer, "agreed");
  const [same] = answersWith(KNOWN, "h", own({ purpose: "phone", answer: "withdrawn", on: "2026-05-10" }));
  assert.deepEqual([same.answer, same.here], ["withdrawn", true]);
});

test("what somebody says for themselves is not what the household says, nor another household", () => {
  const answers = answersWith(KNOWN, "h", own({ purpose: "phone", resident: "p", answer: "declined", on: "2026-05-11" }, { household: "other", purpose: "phone", answer: "declined", on: "2026-05-11" }));
  assert.deepEqual(answers.map(({ who, answer }) => [who ?? "", answer]), [["", "agreed"], ["p", "declined"]]);
});

test("what was sent is told by the card alone", () => {
  assert.deepEqual(answersWith([], "h", own({ purpose: "card", answer: "agreed", on: "2026-05-11", state: "sent" })), []);
});

test("who is surely under fourteen is a child: of a year alone its first day counts", () => {
  const day = "2026-11-28";
  assert.deepEqual(["2015-03-02", "2012-11-28", "2012-11-29", "2012", "2013", "2012-12", "", "九岁"].map((born) => isChild(born, day)), [true, false, true, false, true, true, false, false]);
});
