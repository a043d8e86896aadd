// What the pages say of answers, in the language they speak now, whatever language an answer came in.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const WORDS = {
  clause: ", ",
  refusals: { day_not_come: "The day has not come.", too_many: "At most {most}." },
  carried: ["{n} entry came in.", "{n} entries came in."],
  came_back: ["{n} was sent back.", "{n} were sent back."],
  clashed_theirs: ["{n} clashes.", "{n} clash."],
  pended: ["{n} waits.", "{n} wait."],
};
const texts = { words: WORDS, facts: { language: "en" } };
globalThis.document = { getElementById: (id) => (id in texts ? { textContent: JSON.stringify(texts[id]) } : null) };
const PAGES = "../../src/concerto/faces/field/static/field/js/pages/";
const { whyOf } = await import(`${PAGES}names.js`);
const { carriedWords } = await import(`${PAGES}outbox.js`);
const { day, facts, learn, month } = await import(`${PAGES}words.js`);

test("a refusal is said by its code, not in the language in which it came", () => {
  assert.equal(whyOf({ code: "day_not_come", why: "这一天还没到。", facts: {} }), "The day has not come.");
  assert.equal(whyOf({ code: "too_many", why: "最多五个。", facts: { most: 5 } }), "At most 5.");
});

test("words that came along stand where the code says nothing, or what it speaks of did not come", () => {
  assert.equal(whyOf({ code: "of_tomorrow", why: "明天的理由。", facts: {} }), "明天的理由。");
  assert.equal(whyOf({ code: "too_many", why: "最多五个。", facts: {} }), "最多五个。");
  assert.equal(whyOf({ code: "too_many", why: "", facts: {} }), "At most ….");
  assert.equal(whyOf({ code: "of_tomorrow", why: "", facts: {} }), "");
  assert.equal(whyOf({ code: "", why: "", facts: {} }), "");
});

test("what was sent back is not counted as carried in", () => {
  const receipts = ["accepted", "refused", "known"].map((outcome) => ({ outcome }));
  assert.equal(carriedWords(receipts), "2 entries came in. 1 was sent back.");
  assert.equal(carriedWords([{ outcome: "clash" }, { outcome: "waits" }]), "1 clashes. 1 waits.");
});

test("days are written in the language that the page has learned", () => {
  assert.deepEqual([day("2001-03-05"), month("2001-03-05")], ["5 Mar 2001", "March 2001"]);
  facts.language = "zh-Hans";
  learn({});
  assert.deepEqual([day("2001-03-05"), month("2001-03-05")], ["2001年3月5日", "2001年3月"]);
});
