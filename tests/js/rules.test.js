import assert from "node:assert/strict";
import { test } from "node:test";
import { brokenIn, stopWords } from "../../src/concerto/faces/field/static/field/js/forms/rules.js";
import "./as-served.js";

const { mistakesIn } = await import("../../src/concerto/faces/field/static/field/js/forms/checking.js");

const WORDS = { is: "text", most: 4 };
const CALL = {
  is: "record",
  needs: ["houses"],
  of: {
    houses: { is: "list", of: "uuid", most: 2 },
    met: { is: "list", of: { is: "text" } },
    outcome: { is: "one", of: ["met", "away"] },
    needs: { is: "list", of: { is: "record", of: { house: "uuid", words: WORDS } } },
  },
  unsaid: { met: [], outcome: "met", needs: [] },
  rules: [
    { rule: "unsaid", code: "met_nobody", of: ["met"], when: { of: "outcome", values: ["away"] } },
    { rule: "among", code: "no_such_house", of: "needs.house", other: "houses" },
    { rule: "of_tomorrow", code: "never" },
  ],
};
const [ONE, TWO] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
const SHEET = {
  name: "call", kind: "call", about: "village",
  fields: {
    met: { type: "many", of: "who" },
    needs: { type: "slots", slots: ["1", "2", "3"], filled: { of: "need_{n}" }, of: { house: { type: "one", of: "house_{n}" }, words: { type: "sealed", of: "need_{n}", about: "opened" } } },
  },
  asks: { who: {}, need_1: { read: "words", free: true }, need_3: { read: "words", free: true }, number: {} },
};
const known = (more = {}) => ({ sheet: SHEET, sheets: {}, table: null, words: {}, rules: { bodies: { call: CALL }, phrases: ["重点人员"] }, ...more });
const composed = (body, texts = [], kind = "call") => ({ kind, body, sealed: texts.map((text) => ({ text })) });

test("the first rule that is broken is named with its field, a shape before a rule", () => {
  assert.equal(brokenIn(CALL, { houses: [ONE] }), null);
  assert.deepEqual(brokenIn(CALL, { houses: [ONE], outcome: "away", met: ["a"] }), { at: "met", code: "met_nobody" });
  assert.equal(brokenIn(CALL, { houses: [ONE], outcome: "away", met: [] }), null);
  assert.deepEqual(brokenIn(CALL, { houses: [ONE, "x"], outcome: "away", met: ["a"] }), { at: "houses.1", code: "not_understood", facts: { what: "houses.1" } });
  assert.equal(brokenIn(CALL, {})?.at, "");
  assert.equal(brokenIn(CALL, { houses: [], constructor: 1 })?.code, "not_understood");
});

test("a rule of a later version is left to the door", () => {
  const later = { is: "record", of: { mood: "mood" }, rules: [{ rule: "of_tomorrow", code: "never" }] };
  assert.equal(brokenIn(later, { mood: "well" }), null);
});

test("what is wrong is said at the question that it comes from", () => {
  const answers = { who: ["a"], need_1: ["水"], need_3: ["路"], house_1: [ONE], house_3: [TWO] };
  const needs = (...houses) => houses.map((house) => ({ house, words: "x" }));
  const at = (body) => mistakesIn(known(), answers, [composed(body)]).map(({ field, code }) => `${field} ${code}`);
  assert.deepEqual(at({ houses: [ONE], needs: needs(ONE, TWO) }), ["house_3 no_such_house"]);
  // before those of the form stands one that its writer may not read
  assert.deepEqual(at({ houses: [ONE], needs: needs(TWO, ONE, ONE) }), [" no_such_house"]);
  assert.deepEqual(at({ houses: [ONE], needs: needs(ONE, TWO, ONE) }), ["house_1 no_such_house"]);
  assert.deepEqual(at({ houses: [ONE], outcome: "away", met: ["a"] }), ["who met_nobody"]);
  assert.deepEqual(at({ houses: [ONE, TWO, ONE] }), [" not_understood"]);
});

test("words that are not kept are said at their own box, unless they lie there already", () => {
  const answers = { need_1: ["是重 点 人 员"], need_3: ["110105194912310021"], number: ["重点人员"] };
  const texts = [...answers.need_1, ...answers.need_3];
  assert.deepEqual(mistakesIn(known(), answers, [composed({ houses: [ONE] }, texts)]), [
    { field: "need_1", code: "not_kept_here", facts: { phrase: "重点人员" } },
    { field: "need_3", code: "identity_number_not_kept" },
  ]);
  assert.deepEqual(mistakesIn(known(), answers, [composed({ houses: [ONE] })]), []);
  assert.equal(stopWords("冬草不够", ["重点人员"]), null);
});

test("each row of people has its own questions", () => {
  const person = { name: "person", kind: "person", about: "", fields: { name: { type: "sealed", of: "name", about: "x" } }, asks: { name: {}, note: { free: true } } };
  const people = { sheet: "person", prefix: "p{n}-", most: 4, somebody: "name", head: { of: "x" }, found_as: "x" };
  const one = known({ sheet: { ...SHEET, people }, sheets: { person } });
  one.rules.bodies.person = { is: "record", of: { name: WORDS } };
  const answers = { "p0-name": ["甲"], "p2-name": ["乙"], "p2-note": ["重点人员"] };
  const told = [composed({ houses: [ONE] }), composed({ name: "甲" }, [], "person"), composed({ name: "five signs" }, ["重点人员"], "person")];
  assert.deepEqual(mistakesIn(one, answers, told).map(({ field }) => field), ["p2-note", "p2-name"]);
});

test("an older blank that brought no rules leaves them to the door", () => {
  assert.deepEqual(mistakesIn(known({ rules: null }), {}, [composed({})]), []);
});

const MEETING = {
  ...SHEET, kind: "meeting",
  fields: { chair: { type: "one", of: "chair" }, left_out: { type: "slots", slots: ["1", "2"], filled: { of: "out_{n}" }, of: { member: { type: "one", of: "out_{n}" } } } },
};
const meeting = (answers, body) => {
  const given = known({ sheet: MEETING, rules: { bodies: { meeting: { is: "record", of: { left_out: "any", attendance: "any", chair: "any", recorder: "any" } } }, phrases: [] } });
  return mistakesIn(given, answers, [composed(body, [], "meeting")]).map(({ field, code }) => `${field} ${code}`);
};

test("who chaired a meeting or took its minutes was there, and it is said at their name", () => {
  const told = (how) => meeting({ chair: [ONE] }, { chair: ONE, attendance: [{ member: ONE, how }] });
  assert.deepEqual(["excused", "absent", "floating"].flatMap(told), Array(3).fill("chair chaired_from_away"));
  assert.deepEqual(["present", "observer"].flatMap(told), []);
  assert.deepEqual(meeting({}, { recorder: TWO, attendance: [{ member: ONE, how: "absent" }] }), []);
});

test("who was there is not left out of the count, and it is said at the name", () => {
  const left_out = [{ member: ONE, approved_on: "2026-01-01" }, { member: TWO, approved_on: "2026-01-01" }];
  const told = (how) => meeting({ out_1: [ONE], out_2: [TWO] }, { left_out, attendance: [{ member: ONE, how: "absent" }, { member: TWO, how }] });
  assert.deepEqual(told("present"), ["out_2 left_out_is_there"]);
  assert.deepEqual(told("observer"), ["out_2 left_out_is_there"]);
  assert.deepEqual(told("excused"), ["out_1 left_out_without_adoption"]);
});

test("a slip that lies in one household is not noted for another, and the same press twice is no second giving", () => {
  const slip = (of, matter, asked = "slip_1") => ({ ...composed({ slip: of, matter }, [], "matter_slip"), asked });
  const own = (of, matter, state = "waiting", kind = "matter_slip") => ({ row: { state }, said: { kind, body: { slip: of, matter } } });
  const twice = (told, written) => mistakesIn(known(), {}, [composed({ houses: [ONE] }), ...told], { written }).map(({ field, code }) => `${field} ${code}`);
  assert.deepEqual(twice([slip("a", ONE)], []), []);
  assert.deepEqual(twice([slip("a", ONE)], [own("a", TWO)]), ["slip_1 slip_given_already"]);
  assert.deepEqual(twice([slip("a", ONE)], [own("a", TWO, "clash")]), ["slip_1 slip_given_already"]);
  assert.deepEqual(twice([slip("a", ONE)], [own("a", ONE), own("b", TWO), own("a", TWO, "back"), own("a", TWO, "settled")]), []);
  assert.deepEqual(twice([slip("a", ONE), slip("a", TWO, "slip_2")], []), ["slip_2 slip_given_already"]);
  assert.deepEqual(mistakesIn(known({ rules: null }), {}, [slip("a", ONE)], { written: [own("a", TWO)] }), [{ field: "slip_1", code: "slip_given_already" }]);
});
