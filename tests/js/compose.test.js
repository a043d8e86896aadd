import assert from "node:assert/strict";
import { test } from "node:test";
import { compose, composeAll } from "../../src/concerto/faces/field/static/field/js/forms/compose.js";
import { answersOf, idsOf } from "../../src/concerto/faces/field/static/field/js/forms/showing.js";
import { readAnswers } from "../../src/concerto/faces/field/static/field/js/forms/answers.js";

const SHEET = {
  name: "call",
  kind: "call",
  about: "household",
  happened: "asked",
  fields: {
    household: { type: "thing", name: "household" },
    met: { type: "many", of: "met", but: ["nobody"] },
    needs: {
      type: "slots",
      slots: ["1", "2"],
      filled: { of: "need_{n}" },
      of: { need: { type: "new", name: "need {n}" }, words: { type: "sealed", of: "need_{n}", about: "opened" } },
      opens: "need",
      words: "words",
    },
    words: { type: "sealed", of: "words", about: "household", to: "author", carried: true },
  },
  parts: ["words", "needs"],
  asks: { day: {}, on: { read: "day" }, met: { read: "many" }, need_1: { read: "words", most: 9 }, words: { read: "words", most: 9 } },
  checks: [{ of: "met", code: "who" }, { of: "on", code: "when", when: { of: "day", values: ["other"] } }],
};
const context = (more = {}) => ({
  things: { household: "h", village: "v" },
  today: "2026-03-01",
  newId: (name) => `id of ${name}`,
  saltOf: (name) => `salt of ${name}`,
  ...more,
});

test("words become digests, and their parts stand beside the body", async () => {
  const told = await compose(SHEET, { day: ["yesterday"], met: ["a", "nobody"], need_2: ["水"], words: ["记"] }, context());
  assert.deepEqual(told.body.met, ["a"]);
  assert.equal(told.body.needs[0].need, "id of need 2");
  assert.deepEqual(told.sealed.map(({ about, audience, text }) => [about, audience, text]), [
    ["id of need 2", "place", "水"],
    ["h", "author", "记"],
  ]);
  assert.deepEqual(told.digests, [told.body.words, told.body.needs[0].words]);
  assert.deepEqual([told.happened_on, told.unit], ["2026-02-28", "v"]);
});

test("what its writer may not read is said again as it was", async () => {
  const [hidden, read] = ["0".repeat(64), "1".repeat(64)];
  const body = { household: "h", needs: [{ need: "n1", words: hidden }, { need: "n2", words: read }], words: hidden };
  const parts = { [read]: { about: "n2", audience: "place", salt: "s", text: "路" } };
  const texts = (digest) => parts[digest];
  const shown = answersOf(SHEET, body, texts, { happened_on: "2026-03-01", today: "2026-03-01" });
  assert.deepEqual(shown, { day: ["today"], need_1: ["路"] });
  const told = await compose(SHEET, shown, context({ before: { body, parts } }));
  assert.deepEqual([told.body, told.sealed], [body, []]);
  assert.deepEqual(idsOf(SHEET, body, texts), { "need 1": "n2" });
});

test("of a change only what was altered is said, an emptied field too", async () => {
  const fields = { household: SHEET.fields.household, group: { type: "one", of: "group", otherwise: "" }, number: { type: "one", of: "number" } };
  const told = await compose({ ...SHEET, happened: "today", changes: "household", fields, parts: [] }, { number: ["1"] }, context({
    shown: { number: ["1"], group: ["3"] },
  }));
  assert.deepEqual(told.body, { household: "h", group: "" });
});

test("of a change, ways ticked in another order than they were kept in are no change", async () => {
  const fields = { household: SHEET.fields.household, reached_by: { type: "many", of: "reached_by", but: [], whole: false } };
  const told = await compose({ ...SHEET, happened: "today", changes: "household", fields, parts: [] }, { reached_by: ["visit", "phone"] }, context({
    shown: { reached_by: ["phone", "visit"] },
  }));
  assert.deepEqual(told.body, { household: "h" });
});

test("what is missing is named, and what can't be meant", () => {
  const { answers, faults } = readAnswers(SHEET, { day: ["other"], on: ["2026-02-30"], words: [" 十个字十个字十个字十 "] }, "2026-03-01", {});
  assert.deepEqual(answers, { day: ["other"] });
  assert.deepEqual(faults.map(({ field, code }) => `${field} ${code}`), ["on not_a_day", "words too_many_letters", "met who"]);
});

test("a sheet of a later version is not guessed at", async () => {
  const later = { ...SHEET, fields: { mood: { type: "mood" } } };
  await assert.rejects(() => composeAll(later, { day: ["today"] }, () => context(), {}), /another version/);
});
