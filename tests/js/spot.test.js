// A quarrel settled on the spot, on a phone: what is missing, what an entry says of it, and that its words leave.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const WORDS = { spot_family: { inheritance: "Inheritance" }, clause: ", ", list: ", " };
globalThis.document = { getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(WORDS) } : null) };
const { enrolled } = await import("./shelf-phone.js");
const JS = "../../src/concerto/faces/field/static/field/js/";
const { partDigest, uuid7 } = await import(`${JS}shelf/ids.js`);
const { letGoOfCases } = await import(`${JS}shelf/leaving.js`);
const { mistakesIn, written } = await import(`${JS}pages/spot.js`);

const whole = { afraid: "no", village: uuid7(), sort: "water_turns", a: "甲", b: "乙  丙", agreed: "各让一步", done: "now", mediator: "none" };
const codes = (answers, phrases) => Object.fromEntries(mistakesIn(answers, phrases));

test("what is missing is said at its question, and nothing else", () => {
  assert.deepEqual(codes(whole), {});
  const { a, mediator, ...less } = whole;
  assert.deepEqual(codes(less), { a: "missing", mediator: "choose" });
  assert.deepEqual(codes({ ...whole, done: "later" }), { until: "until" });
  assert.deepEqual(codes({ ...whole, sort: "inheritance" }), { sort: "family_takes_the_long_path" });
  assert.deepEqual(codes({ ...whole, agreed: "他是重点人员" }, ["重点人员"]), { agreed: "not_kept_here" });
});

test("an identity number stands in no name, words that are not kept are named, and nothing is due before the day", () => {
  assert.deepEqual(codes({ ...whole, b: "11010519491231002X" }), { b: "identity_number_not_kept" });
  assert.deepEqual(mistakesIn({ ...whole, agreed: "他是重点人员" }, ["重点人员"]), [["agreed", "not_kept_here", { phrase: "重点人员" }]]);
  const day = (until) => Object.fromEntries(mistakesIn({ ...whole, done: "later", until }, [], "2026-09-16"));
  assert.deepEqual([day("2026-09-15"), day("2026-09-16")], [{ until: "until_before" }, {}]);
});

test("a mediator of the panel needs both sides' own wish, nobody needs none", () => {
  const byPanel = { ...whole, mediator: uuid7() };
  assert.deepEqual(codes({ ...byPanel, a_wanted: "on" }), { mediator: "side_wanted_no_help" });
  assert.deepEqual(codes({ ...byPanel, a_wanted: "on", b_wanted: "on" }), {});
});

function phoneOf(shelf, panel = []) {
  return { kept: shelf, about: { panel }, now: () => Date.parse("2026-09-16T04:00:00Z"), day: () => "2026-09-16" };
}

test("names and words are sealed for who handles the case, and pressed again it is the same entry", async () => {
  const shelf = await enrolled();
  const line = { id: uuid7(), unit: whole.village, name: "哈丽玛", account: uuid7() };
  const answers = { ...whole, mediator: line.id, a_wanted: "on", b_wanted: "on", done: "later", until: "2026-10-01" };
  const ids = new Map();
  const [one, again] = [await written(phoneOf(shelf, [line]), answers, ids), await written(phoneOf(shelf, [line]), answers, ids)];
  const { item } = one.write({ number: 1, device: "d" });
  assert.deepEqual(again.write({ number: 1, device: "d" }).item, item);
  const said = JSON.parse(item.said);
  assert.deepEqual(said.sealed, await Promise.all(item.sealed.map(partDigest)));
  assert.deepEqual(item.sealed.map(({ text, audience }) => `${audience} ${text}`), ["case 各让一步", "case 甲", "case 乙 丙"]);
  assert.equal(said.body.mediator, line.id);
  assert.equal(said.body.account, line.account);
  assert.equal(said.body.until, "2026-10-01");
  assert.ok(said.body.item);
  assert.ok(!item.said.includes("甲"));
});

test("once the server and a copy off its machine have it, its words are on this phone no more", async () => {
  const shelf = await enrolled();
  const entry = await written(phoneOf(shelf), whole, new Map());
  await shelf.record(entry.write);
  assert.equal(await letGoOfCases(shelf), 0);
  assert.equal((await shelf.entries())[0].item.sealed.length, 3);
  await shelf.take([{ id: entry.id, outcome: "accepted", seq: 1, epoch: 1, received_at: "2026-09-16T04:00:00.000Z" }]);
  assert.equal(await letGoOfCases(shelf), 0);
  for (const copied of [{ epoch: 2, seq: 9 }, { epoch: 1, seq: 0 }]) {
    await shelf.putState({ copied });
    assert.equal(await letGoOfCases(shelf), 0);
  }
  await shelf.putState({ copied: { epoch: 1, seq: 1 } });
  assert.equal(await letGoOfCases(shelf), 1);
  assert.deepEqual((await shelf.entries())[0].item.sealed, []);
});
