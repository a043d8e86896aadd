import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { findIn, headOf, isHelped, searchForm } from "../../src/concerto/faces/field/static/field/js/pages/find.js";

globalThis.document = { getElementById: () => null };
const { isUnread } = await import("../../src/concerto/faces/field/static/field/js/pages/unread.js");

const VILLAGES = ["a", "b"];

/** A household with one person, as a card brings it. */
function house(number, name, find, more = {}) {
  const { village = "a", phones = [], ...rest } = more;
  return { id: `house ${number} ${name}`, village, number, people: [{ id: name, name, aliases: [], phones, find }], ...rest };
}

const murat = house("001", "木拉提·哈山", "木拉提哈山 mulatihashan mlths 木拉提 mulati mlt 哈山 hashan hs", { phones: ["13812345678", "0943-8221234"] });
const zeng = house("012", "曾红", "曾红 zenghong cenghong zh ch", { village: "b" });
const wang = house("3", "王秀兰", "王秀兰 wangxiulan wxl");
const ALL = [zeng, wang, murat];

const found = (text, cards = ALL) => findIn(cards, text, VILLAGES).map(({ card }) => card.people[0].name);

test("nothing to look for is everybody, by village and by number", () => {
  assert.deepEqual(found(""), ["王秀兰", "木拉提·哈山", "曾红"]);
});

test("signs may stand anywhere in a name, whatever stands between its parts", () => {
  assert.deepEqual(found("哈山"), ["木拉提·哈山"]);
  assert.deepEqual(found("木拉提・哈山"), ["木拉提·哈山"]);
  assert.deepEqual(found(" 木拉提 哈山 "), ["木拉提·哈山"]);
});

test("letters are the beginning of a reading", () => {
  assert.deepEqual(found("ml"), ["木拉提·哈山"]);
  assert.deepEqual(found("lati"), []);
  assert.deepEqual(found("CH"), ["曾红"]);
});

test("four digits are the end of a phone, more of them a part of it", () => {
  assert.deepEqual(found("5678"), ["木拉提·哈山"]);
  assert.deepEqual(found("1234"), ["木拉提·哈山"]);
  assert.deepEqual(found("3456"), []);
  assert.deepEqual(found("1381234"), ["木拉提·哈山"]);
  assert.deepEqual(found("09438221234"), ["木拉提·哈山"]);
});

test("a number finds its household with or without zeros before it", () => {
  assert.deepEqual(found("1"), ["木拉提·哈山"]);
  assert.deepEqual(found("012"), ["曾红"]);
  assert.deepEqual(found("12"), ["曾红"]);
  assert.deepEqual(found("３"), ["王秀兰"]);
});

test("who has left, and who is locked, is not found by name", () => {
  assert.deepEqual(found("王", [{ ...wang, left_on: "2026-01-02" }]), []);
  assert.deepEqual(found("王", [{ ...wang, people: [{ ...wang.people[0], restricted: true }] }]), []);
});

test("somebody else of the household who fits is named beside its head", () => {
  const both = { ...wang, people: [...wang.people, murat.people[0]] };
  assert.deepEqual(findIn([both], "mlt", VILLAGES)[0].met, ["木拉提·哈山"]);
  assert.deepEqual(findIn([both], "wxl", VILLAGES)[0].met, []);
});

test("the head is who is named, else who says so, else the first", () => {
  const [one, other] = [{ id: "1", name: "一" }, { id: "2", name: "二", relation: "head" }];
  assert.equal(headOf({ people: [one, other], head: "1" }), one);
  assert.equal(headOf({ people: [one, other] }), other);
  assert.equal(headOf({ people: [one] }), one);
  assert.equal(headOf({ people: [] }), null);
});

test("a household is helped from the first day to the last", () => {
  const card = { helpers: [{ since: "2026-03-05", until: "2026-06-30" }] };
  assert.deepEqual(["2026-03-04", "2026-03-05", "2026-06-30", "2026-07-01"].map((day) => isHelped(card, day)), [false, true, true, false]);
});

test("a household that declined, or is still to be asked about who follows, is not helped; one that agreed is from then on", () => {
  const since = "2026-03-05";
  assert.equal(isHelped({ helpers: [{ since, helps: false }] }, "2026-04-01"), false);
  const card = { helpers: [{ since, helps_from: "2026-03-20" }] };
  assert.deepEqual(["2026-03-05", "2026-03-19", "2026-03-20"].map((day) => isHelped(card, day)), [false, false, true]);
});

test("who was added or renamed here has no reading yet: a search by letters says so, one by signs need not", () => {
  const added = house("", "马有福", undefined, { village: "b" });
  assert.deepEqual(found("mayoufu", [...ALL, added]), []);
  assert.deepEqual(found("马有", [...ALL, added]), ["马有福"]);
  assert.equal(isUnread([...ALL, added], "ma"), true);
  assert.equal(isUnread([...ALL, added], "马"), false);
  assert.equal(isUnread([...ALL, added], "13812345678"), false);
  assert.equal(isUnread(ALL, "ma"), false);
  assert.equal(isUnread([{ ...murat, people: [{ ...murat.people[0], here: ["name"] }] }], "mu"), true);
  assert.equal(isUnread([{ ...murat, people: [{ ...murat.people[0], here: ["phones"] }] }], "mu"), false);
  assert.equal(isUnread([house("", "Serik")], "se"), false); // as it is written
});

test("what is compared has no case, no spaces and no dots", () => {
  assert.equal(searchForm(" Bah Ti・T "), "bahtit");
});
