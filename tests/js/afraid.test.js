// Somebody hurt or afraid, on a phone: how they are reached comes before a number, and nothing stays once the server answered.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { getElementById: (id) => (id === "words" ? { textContent: JSON.stringify({ clause: ", ", list: ", " }) } : null) };
const { enrolled } = await import("./shelf-phone.js");
const JS = "../../src/concerto/faces/field/static/field/js/";
const { partDigest } = await import(`${JS}shelf/ids.js`);
const { letGo, willLeave } = await import(`${JS}shelf/letting_go.js`);
const { fitting, mistakesIn, written } = await import(`${JS}pages/afraid.js`);

const whole = { who: "adult", summary: "她怕回家", contact: "safe", how: "白天发短信", phone: "10012345678", name: "古丽  巴合提" };
const codes = (answers, phrases) => Object.fromEntries(mistakesIn(answers, phrases));
const phoneOf = (shelf) => ({ kept: shelf, now: () => Date.parse("2026-09-16T04:00:00Z"), day: () => "2026-09-16" });

test("how they are reached is asked only where they may be, and a number is said with it alone", () => {
  assert.deepEqual(codes(whole), {});
  assert.deepEqual(codes({}), { who: "choose", summary: "missing", contact: "choose" });
  assert.deepEqual(codes({ ...whole, how: "" }), { how: "missing" });
  assert.deepEqual(codes({ ...whole, contact: "not_safe", how: "" }), {});
  assert.deepEqual(fitting({ ...whole, contact: "not_safe" }), { who: "adult", summary: "她怕回家", contact: "not_safe", name: "古丽  巴合提" });
  assert.deepEqual(codes({ ...whole, summary: "他是重点人员", name: "重点人员" }, ["重点人员"]), { summary: "not_kept_here" });
  assert.deepEqual(mistakesIn({ ...whole, how: "重点人员" }, ["重点人员"]), [["how", "not_kept_here", { phrase: "重点人员" }]]);
});

test("an identity number is stopped in each answer: what the door refuses of this is nowhere any more", () => {
  for (const name of ["summary", "how", "name", "phone"]) {
    assert.deepEqual(codes({ ...whole, [name]: "11010519491231002X" }), { [name]: "identity_number_not_kept" }, name);
  }
});

test("it is the township's, its words are sealed for who handles it, and pressed again it is the same entry", async () => {
  const shelf = await enrolled();
  const ids = new Map();
  const [one, again] = [await written(phoneOf(shelf), whole, ids), await written(phoneOf(shelf), whole, ids)];
  const { item, shows } = one.write({ number: 1, device: "d" });
  assert.deepEqual(again.write({ number: 1, device: "d" }).item, item);
  const said = JSON.parse(item.said);
  assert.equal(said.unit, said.log);
  assert.deepEqual(Object.keys(said.body), ["case", "who", "contact", "summary", "how", "name", "phone"]);
  assert.deepEqual(said.sealed, await Promise.all(item.sealed.map(partDigest)));
  assert.deepEqual(item.sealed.map(({ text, audience }) => `${audience} ${text}`), ["case 她怕回家", "case 白天发短信", "case 古丽 巴合提", "case 10012345678"]);
  for (const words of Object.values(whole).slice(4)) assert.ok(!JSON.stringify([item.said, shows]).includes(words));
});

for (const [outcome, code] of [["accepted", ""], ["refused", "day_not_come"], ["waits", "unknown_kind"], ["clash", "same_id_other_words"], ["known", ""]]) {
  test(`answered ${outcome}, nothing of it is on this phone any more; another entry stays`, async () => {
    const shelf = await enrolled();
    const entry = await written(phoneOf(shelf), whole, new Map());
    await willLeave(shelf, entry.id);
    await willLeave(shelf, entry.id);
    await shelf.record(entry.write);
    const other = await written(phoneOf(shelf), whole, new Map());
    await shelf.record(other.write);
    assert.equal(await letGo(shelf), 0);
    assert.equal((await shelf.entries()).length, 2);
    const receipt = { outcome, code, seq: 1, epoch: 1, received_at: "2026-09-16T04:00:00.000Z" };
    await shelf.take([{ id: entry.id, ...receipt }, { id: other.id, ...receipt }]);
    assert.equal(await letGo(shelf), 1);
    assert.deepEqual((await shelf.entries()).map(({ id }) => id), [other.id]);
    const { leaves, unreached = false } = await shelf.state();
    assert.deepEqual(leaves, []);
    assert.equal(unreached, !["accepted", "known"].includes(outcome), "what did not reach the centre is said until it is heard");
    assert.equal(await letGo(shelf), 0);
  });
}
