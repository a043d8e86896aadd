// One step of a case on the phone: what is missing, what an entry says of it, and that no word of it is left behind.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const WORDS = {
  clause: ", ", list: ", ", case_open: "accepted willing talking agreed", case_sides: { a: "Side A", b: "Side B" },
  case_consents: { mediation: "Mediation", confirmation: "Court" }, case_told: { rights: "Rights", confirmation: "Court" },
};
globalThis.document = { getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(WORDS) } : null) };
const { enrolled } = await import("./shelf-phone.js");
const JS = "../../src/concerto/faces/field/static/field/js/";
const { letGoOfCases } = await import(`${JS}shelf/leaving.js`);
const { partDigest } = await import(`${JS}shelf/ids.js`);
const { putCases, readCases } = await import(`${JS}shelf/owed.js`);
const { mistakesIn, questionsOf, written } = await import(`${JS}pages/steps.js`);

const CASE = "019f1bf0-0000-7000-8000-00000000000c";
const [A, B] = ["019f1bf0-0000-7000-8000-00000000000a", "019f1bf0-0000-7000-8000-00000000000b"];
const ONE = { id: CASE, records: "019f1bf0-0000-7000-8000-000000000001", stage: "accepted", opened_on: "2026-11-01", sort: "neighbours", saw: { state: "w" }, parties: [{ id: A, side: "a", name: "王建国" }, { id: B, side: "b", name: "古丽", minor: true, speaks: "古丽的母亲" }] };
const ON = { on: ["2026-11-28"] };

/** @param {string} act @param {any} told @param {any} [one] */
function wrong(act, told, one = ONE) {
  return mistakesIn(one, questionsOf(one, act, "me"), { ...ON, ...told }, { today: "2026-11-28", phrases: ["稳控"] }).map(([name, code]) => `${name} ${code}`);
}

function phoneOf(shelf) {
  return { kept: shelf, own: { of: new Map() }, now: () => Date.parse("2026-11-28T04:00:00Z"), day: () => "2026-11-28" };
}

test("what is missing, not kept here or of a day that cannot be is said at its question", () => {
  assert.deepEqual(wrong("consent", { to: ["mediation"], way: ["in_person"] }), ["party choose", "answer choose"]);
  assert.deepEqual(wrong("session", { there: [A], record: ["稳控"] }), ["record not_kept_here"]);
  assert.deepEqual(wrong("accept", { on: ["2026-11-29"] }), ["on day_not_come"]);
  assert.deepEqual(wrong("accept", { on: ["2026-10-31"] }), ["on before_it_was_told"]);
  assert.deepEqual(wrong("end", { how: ["not_settled"] }), ["routes routes_not_told"]);
  assert.deepEqual(wrong("agree", { form: ["oral"], what_0: ["修墙"] }), ["form oral_without_mediator"]);
  assert.deepEqual(wrong("agree", { form: ["oral"], what_0: ["修墙"] }, { ...ONE, channel: "admin" }), []);
  assert.deepEqual(wrong("agree", { form: ["written"], what_0: ["修墙"], by_0: ["2026-11-27"] }), ["by_0 due_before_agreed"]);
  assert.deepEqual(wrong("agree", { form: ["written"], what_0: ["修墙"], amount_0: ["一百"] }), ["amount_0 missing"]);
  assert.deepEqual(wrong("party", { side: ["a"], name: ["古丽"], minor: ["yes"] }), ["represented_by minor_needs_representative"]);
  const alone = { ...ONE, parties: [{ id: B, side: "b", minor: true }] };
  assert.deepEqual(wrong("consent", { party: [B], answer: ["agreed"], to: ["mediation"], way: ["in_person"] }, alone), ["party minor_needs_representative"]);
});

test("a minor's answer is that of who speaks for them, and nobody is asked twice who that is", async () => {
  const shelf = await enrolled();
  const { write } = await written(phoneOf(shelf), ONE, "consent", { ...ON, party: [B], answer: ["agreed"], to: ["mediation"], way: ["in_person"] }, new Map());
  const { body, unit } = JSON.parse(write({ number: 1, device: "d" }).item.said);
  assert.deepEqual([body.by, body.party, unit], ["representative", B, ONE.records]);
  const by = questionsOf(ONE, "consent", "me").find(({ name }) => name === "by");
  assert.equal(by?.shown?.({ party: [B] }), false);
});

test("of what no court confirms nothing about a court is asked or told", () => {
  const settled = { ...ONE, stage: "in_effect", for_no_court: true };
  const asked = (/** @type {string} */ act, /** @type {string} */ name, one = settled) => questionsOf(one, act, "me").find((each) => each.name === name)?.of?.map(([code]) => code);
  assert.deepEqual(asked("consent", "to"), ["notes"]);
  assert.deepEqual(asked("tell", "told_of"), ["rights"]);
  assert.deepEqual(asked("tell", "told_of", { ...settled, for_no_court: false }), ["rights", "confirmation"]);
});

test("an agreement saw what decided last, its words are sealed for who handles the case, pressed again it is the same", async () => {
  const shelf = await enrolled();
  const ids = new Map();
  const told = { ...ON, form: ["oral"], what_0: ["修墙"], who_0: [A], amount_0: ["120.5"], what_1: ["道歉"] };
  const [one, again] = await Promise.all([1, 2].map(async () => (await written(phoneOf(shelf), ONE, "agree", told, ids)).write({ number: 1, device: "d" })));
  assert.equal(one.item.said, again.item.said);
  const said = JSON.parse(one.item.said);
  assert.deepEqual(said.saw, { [`${CASE}.state`]: "w" });
  assert.deepEqual(said.body.parties, [A, B]);
  assert.deepEqual(said.body.items.map(({ who, amount }) => [who, amount]), [[A, 12050], [undefined, undefined]]);
  assert.deepEqual(await Promise.all(one.item.sealed.map(partDigest)), said.sealed);
  assert.deepEqual(new Set(one.item.sealed.map(({ audience, about }) => `${audience} ${about}`)), new Set([`case ${CASE}`]));
});

test("of a case that comes in nothing is asked before it was said that nobody is afraid, and what is missing is said", () => {
  const one = { ...ONE, parties: undefined, stage: "", opened_on: "", units: [["u", "Village A"], ["v", "Village B"]] };
  assert.deepEqual(wrong("intake", {}, one), ["afraid choose"]);
  assert.deepEqual(wrong("intake", { afraid: ["no"], source: ["court"] }, one), ["unit choose", "procedure choose", "sort choose", "a missing", "summary missing"]);
  const whole = { afraid: ["no"], unit: ["u"], source: ["asked"], sort: ["debts"], a: ["王建国"], summary: ["借了不还"] };
  assert.deepEqual(wrong("intake", whole, one), []);
  assert.deepEqual(wrong("intake", { ...whole, a_minor: ["yes"], summary: ["稳控"] }, one), ["a_speaks minor_needs_representative", "summary not_kept_here"]);
  assert.deepEqual(wrong("intake", { ...whole, b_minor: ["yes"], on: ["2026-11-29"] }, one), ["on day_not_come"]);
});

test("a case that comes in is one entry, its words sealed for who handles it, and they leave once a copy has them", async () => {
  const shelf = await enrolled();
  const ids = new Map();
  const one = { ...ONE, parties: undefined, stage: "" };
  const told = { ...ON, afraid: ["no"], unit: ["019f1bf0-0000-7000-8000-000000000002"], source: ["asked"], sort: ["inheritance"], a: ["王建国"], a_sort: ["person"], b: ["古丽"], b_sort: ["person"], b_minor: ["yes"], b_speaks: ["古丽的母亲"], summary: ["草场怎么分"] };
  const { id, write } = await written(phoneOf(shelf), one, "intake", told, ids);
  const made = write({ number: 1, device: "d" });
  const { kind, unit, body, saw, sealed } = JSON.parse(made.item.said);
  assert.deepEqual([kind, unit, saw, body.case, body.sort, body.source, body.afraid], ["case", told.unit[0], undefined, CASE, "inheritance", "asked", "no"]);
  assert.deepEqual(body.parties.map(({ party, side, sort, minor }) => [party, side, sort, minor]), [[ids.get("a"), "a", "person", undefined], [ids.get("b"), "b", "person", true]]);
  assert.deepEqual(made.item.sealed.map(({ audience, about }) => `${audience} ${about}`), [`case ${CASE}`, ...["a", "b", "b"].map((side) => `case ${ids.get(side)}`)]);
  assert.deepEqual(await Promise.all(made.item.sealed.map(partDigest)), sealed);
  assert.equal(made.shows.act, undefined);
  await shelf.record(write, {});
  await shelf.take({ [id]: { outcome: "accepted", seq: 7, epoch: 1, received_at: "2026-11-28T04:00:00Z" } }, { head: { epoch: 1, seq: 7 }, now: "2026-11-28T04:00:00Z" });
  await shelf.putState({ copied: { epoch: 1, seq: 7 } });
  await letGoOfCases(shelf);
  const [row] = await shelf.entries();
  const kept = JSON.stringify([row.item, row.shows]);
  for (const words of ["王建国", "古丽", "草场怎么分"]) assert.ok(!kept.includes(words), words);
});

test("what one side said alone is sealed for its writer, and once a copy has it no word is left here", async () => {
  const shelf = await enrolled();
  const told = { ...ON, there: [A, B], record: ["都愿意各让一步"], note_a: ["想要一句道歉"] };
  const { id, write } = await written(phoneOf(shelf), ONE, "session", told, new Map());
  await shelf.record(write, {});
  const [{ item }] = await shelf.entries();
  assert.deepEqual(item.sealed.map(({ audience }) => audience).sort(), ["author", "case"]);
  await shelf.take({ [id]: { outcome: "accepted", seq: 7, epoch: 1, received_at: "2026-11-28T04:00:00Z" } }, { head: { epoch: 1, seq: 7 }, now: "2026-11-28T04:00:00Z" });
  await shelf.putState({ copied: { epoch: 1, seq: 7 } });
  await letGoOfCases(shelf);
  const [row] = await shelf.entries();
  const kept = JSON.stringify([row.item, row.shows]);
  for (const words of ["都愿意各让一步", "想要一句道歉", "王建国", "古丽"]) assert.ok(!kept.includes(words), words);
});

test("a case that is in other hands leaves with what was being written of it; where only the moment moved on all stays", async () => {
  const shelf = await enrolled();
  await shelf.lend((home) => putCases(home, { digest: "1.1.5.20261128.a", at: 5, rows: [ONE] }));
  await shelf.putDraft(`case/${CASE}/end`, { words: ["还没写完"] });
  await shelf.putDraft("visit/h", { words: ["别的"] });
  await shelf.putDraft("case/new/intake", { a: ["还没受理"] });
  await shelf.lend((home) => putCases(home, { digest: "1.1.6.20261128.a", at: 6 }));
  assert.deepEqual((await shelf.lend(readCases)).rows.map(({ id }) => id), [CASE]);
  assert.equal((await shelf.drafts()).length, 3);
  await shelf.lend((home) => putCases(home, { digest: "1.1.7.20261128.b", at: 7, rows: [] }));
  assert.deepEqual((await shelf.lend(readCases)).rows, []);
  assert.deepEqual((await shelf.drafts()).map(({ key }) => key).sort(), ["case/new/intake", "visit/h"]);
});
