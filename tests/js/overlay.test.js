import assert from "node:assert/strict";
import { test } from "node:test";
import { layOver } from "../../src/concerto/faces/field/static/field/js/pages/overlay.js";
import { readOwn, restingOn, standingFor } from "../../src/concerto/faces/field/static/field/js/pages/told.js";
import { partDigest } from "../../src/concerto/faces/field/static/field/js/shelf/ids.js";

const HOUSE = "house";
const card = () => ({
  id: HOUSE, village: "village", seq: 10, number: "001", group: "", head: "aman", places: [], helpers: [], members: [],
  people: [{ id: "aman", name: "阿曼", aliases: [], phones: ["1"], w: { "": "first" } }],
  lines: [{ e: "old", on: "2026-06-01", parts: ["visits"], kind: "visit", state: "met", by: "lin" }],
  w: { "": "opened" },
});

let number = 0;

/** A row of the outbox, open. */
function row(id, kind, body, { state = "waiting", outcome = "", code = "", shows = {}, sealed = [], seq = 0, ...more } = {}) {
  number += 1;
  const said = { id, kind, version: 1, unit: "village", author: "lin", happened_on: "2026-07-01", body, ...more };
  return { id, number, state, outcome, seq, made_at: "", code, facts: {}, item: { said: JSON.stringify(said), sealed }, shows: { household: HOUSE, ...shows } };
}

const lay = async (rows, cards = [card()]) => {
  const own = await readOwn(rows);
  return { own, ...layOver(new Map(cards.map((one) => [one.id, one])), own) };
};

const visit = (id, more) => row(id, "visit", { channel: "visit", households: [HOUSE], outcome: "met", met: ["aman"] }, { shows: { parts: ["visits"] }, ...more });

test("an own visit stands on the card at once", async () => {
  const { cards } = await lay([visit("mine")]);
  const lines = cards.get(HOUSE).lines;
  assert.deepEqual(lines.map(({ e }) => e), ["old", "mine"]);
  assert.equal(lines[1].own.said.id, "mine");
});

test("the card that was told stays as it was", async () => {
  const told = card();
  await lay([visit("mine"), row("change", "household_change", { household: HOUSE, number: "9" })], [told]);
  assert.deepEqual(told, card());
});

test("a correction stands in the place of what it corrects, and what was taken back in brackets", async () => {
  const corrected = await lay([visit("mine"), visit("again", { corrects: "mine", shows: { parts: ["visits", "study"] } })]);
  assert.deepEqual(corrected.cards.get(HOUSE).lines[1].parts, ["visits", "study"]);
  assert.equal(corrected.cards.get(HOUSE).lines.length, 2);

  const back = await lay([row("gone", "visit", null, { corrects: "old" })]);
  assert.equal(back.cards.get(HOUSE).lines[0].withdrawn, true);
});

test("a household added here is only on this phone until it was sent, though its card comes later", async () => {
  const added = async (state) => (await lay([row("added", "household", { household: "hut", number: "77" }, { state, seq: 11 })])).cards.get("hut").isNew;
  assert.deepEqual([await added("waiting"), await added("sent")], [true, false]);
});

test("what was sent stays until the card that came later holds it", async () => {
  const sent = (seq) => lay([visit("mine", { state: "sent", seq })]);
  assert.equal((await sent(11)).cards.get(HOUSE).lines.length, 2);
  assert.equal((await sent(10)).cards.get(HOUSE).lines.length, 1);
});

test("what was sent back or met another version does not show on the card", async () => {
  for (const state of ["back", "clash"]) {
    const { cards, saw } = await lay([row("change", "household_change", { household: HOUSE, number: "9" }, { state })]);
    assert.equal(cards.get(HOUSE).number, "001");
    assert.equal(saw.size, 0);
  }
});

test("a changed field names the own wording that gave it, and the page marks it", async () => {
  const { cards, saw } = await lay([row("change", "household_change", { household: HOUSE, number: "9" })]);
  assert.equal(cards.get(HOUSE).number, "9");
  assert.deepEqual(cards.get(HOUSE).here, ["number"]);
  assert.equal(saw.get("house.number"), "change");
});

test("a correction that leaves a value alone leaves its wording", async () => {
  const change = (id, body, more) => row(id, "household_change", { household: HOUSE, ...body }, more);
  const { saw } = await lay([change("one", { number: "9", group: "二组" }), change("two", { number: "9", group: "三组" }, { corrects: "one" })]);
  assert.equal(saw.get("house.number"), "one");
  assert.equal(saw.get("house.group"), "two");
});

test("a new household and its people are there at once, under one wording", async () => {
  const part = { about: "aina", audience: "place", salt: "00", text: "阿依娜" };
  const name = await partDigest(part);
  const { cards } = await lay([
    row("opens", "household", { household: "new", village: "village", number: "7", head: "aina" }, { shows: { household: "new" } }),
    row("comes", "resident", { resident: "aina", name, home: { household: "new", relation: "head" } }, { sealed: [part], shows: { household: "new" } }),
  ]);
  const made = cards.get("new");
  assert.equal(made.isNew, true);
  assert.deepEqual(made.w, { "": "opens" });
  assert.deepEqual([made.people[0].name, made.people[0].relation, made.people[0].isNew], ["阿依娜", "head", true]);
});

test("an entry that another one stands for is passed over", async () => {
  const change = (id, value, more) => row(id, "household_change", { household: HOUSE, number: value }, more);
  const { cards, own } = await lay([change("wrong", "8", { state: "back" }), change("right", "9", { instead_of: ["wrong"] })]);
  assert.equal(cards.get(HOUSE).number, "9");
  assert.equal(own.of.get("wrong").replaced.said.id, "right");
});

test("what an entry stood for is closed where it was taken in itself after all", async () => {
  const change = (id, more) => row(id, "household_change", { household: HOUSE, number: id }, more);
  const own = await readOwn([
    change("sent back, then carried in", { state: "sent" }),
    change("clash", { state: "clash", instead_of: ["sent back, then carried in"] }),
  ]);
  assert.deepEqual(standingFor(own, [own.of.get("clash")]), ["clash"]);
});

test("what was let stand too late closes nothing: the rest of it is open still", async () => {
  const change = (id, more) => row(id, "household_change", { household: HOUSE, number: id }, more);
  const stands = (more) => row("stands", "settled", {}, { instead_of: ["clash", "rests"], ...more });
  const both = [change("clash", { state: "clash" }), change("rests", { state: "settled", corrects: "clash" })];
  const waiting = await readOwn([...both, stands({ state: "waiting" })]);
  assert.equal(waiting.of.get("clash").replaced.said.id, "stands");
  const late = await readOwn([...both, stands({ state: "sent", outcome: "known", code: "already" })]);
  assert.equal(late.of.get("clash").replaced, null);
  assert.deepEqual(standingFor(late, [late.of.get("clash")]), ["clash"]);
});

test("what rests on a clash is settled with it, with all that these stood for", async () => {
  const change = (id, more) => row(id, "household_change", { household: HOUSE, number: id }, more);
  const own = await readOwn([
    change("clash", { state: "clash", instead_of: ["earlier"], saw: { "house.number": "opened" } }),
    change("rests", { state: "clash", saw: { "house.number": "clash" } }),
    change("corrects", { state: "pending", corrects: "rests", saw: { "rests.wording": "rests" } }),
    change("other", { saw: { "house.group": "opened" } }),
  ]);
  const clash = own.of.get("clash");
  const rests = restingOn(own, clash);
  assert.deepEqual(rests.map(({ said }) => said.id), ["rests", "corrects"]);
  assert.deepEqual(standingFor(own, [clash, ...rests]), ["earlier", "clash", "rests", "corrects"]);
});

test("what rests on an entry for which a clash stands is settled with it, but for what is settled already", async () => {
  const change = (id, more) => row(id, "household_change", { household: HOUSE, number: id }, more);
  const own = await readOwn([
    change("wrong", { state: "back", saw: { "house.number": "opened" } }),
    change("done", { state: "settled" }),
    change("later", { state: "back", saw: { "house.number": "wrong" } }),
    change("latest", { state: "back", saw: { "house.number": "later" } }),
    change("clash", { state: "clash", instead_of: ["wrong", "done"], saw: { "house.number": "opened" } }),
    change("right", { state: "pending", instead_of: ["later"], saw: { "house.number": "wrong" } }),
    change("righter", { state: "pending", instead_of: ["latest"], saw: { "house.number": "later" } }),
  ]);
  const clash = own.of.get("clash");
  const rests = restingOn(own, clash);
  assert.deepEqual(rests.map(({ said }) => said.id), ["right", "righter"]);
  assert.deepEqual(standingFor(own, [clash, ...rests]), ["wrong", "clash", "later", "right", "latest", "righter"]);
});

test("what rests on an entry that was put right later is settled with it, though it was recorded before", async () => {
  const change = (id, more) => row(id, "household_change", { household: HOUSE, group: id }, more);
  const own = await readOwn([
    change("wrong", { state: "back", saw: { "house.group": "opened" } }),
    change("later", { state: "back", saw: { "house.group": "wrong" } }),
    change("rests", { state: "pending", saw: { "house.group": "later" } }),
    change("clash", { state: "clash", instead_of: ["wrong"], saw: { "house.group": "opened" } }),
    change("right", { state: "pending", instead_of: ["later"], saw: { "house.group": "wrong" } }),
  ]);
  assert.deepEqual(restingOn(own, own.of.get("clash")).map(({ said }) => said.id), ["rests", "right"]);
});
