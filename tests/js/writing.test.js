// Pressing "Record it" again: after a write that nobody confirmed, with other words, and from another page.
import "./as-served.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Refusal } from "../../src/concerto/faces/field/static/field/js/shelf/refusal.js";
import { enrolled, said } from "./shelf-phone.js";

globalThis.document = { getElementById: () => null, querySelector: () => null };
globalThis.location = { hash: "" };
globalThis.history = { pushState: (_state, _title, hash) => (location.hash = hash) };
globalThis.FormData = class {
  constructor({ answers }) {
    this.answers = answers;
  }
  *[Symbol.iterator]() {
    for (const [name, values] of Object.entries(this.answers)) for (const value of values) yield [name, value];
  }
};
const JS = "../../src/concerto/faces/field/static/field/js/";
const { learn } = await import(`${JS}forms/blanks.js`);
const { standAgain } = await import(`${JS}pages/full.js`);
const { submit } = await import(`${JS}pages/writing.js`);

const SHEET = {
  name: "call",
  kind: "call",
  about: "household",
  happened: "asked",
  fields: { household: { type: "thing", name: "household" }, words: { type: "sealed", of: "words", about: "household" } },
  parts: ["words"],
  asks: { day: {}, on: { read: "day" }, words: { read: "words", most: 99 } },
  checks: [],
};
learn("call", { querySelector: (id) => (id === "script#blank-sheets" ? { textContent: JSON.stringify({ call: SHEET }) } : null) });

const ASKED = { form: "call", key: "call/h", back: "#list" };
const CARD = { id: "h", village: "v", people: [], w: {} };
let shelf, stage, held, shown;

beforeEach(async () => {
  shelf = await enrolled();
  held = new Map();
  shown = [];
  const phone = {
    held, isOpen: true, own: { all: [] }, kept: shelf, now: () => Date.now(), day: () => "2026-09-16", read: async () => {},
    keepHere: (key, answers) => held.set(key, { answers }),
  };
  const full = async (_stage, given, wrong) => {
    await standAgain(stage, given);
    given.form.wrong = wrong;
  };
  stage = {
    phone, turn: 1, later: Promise.resolve({ full }), tell: () => {}, go: (hash) => shown.push(hash),
    main: { querySelector: () => formOf("") }, show: async () => void shown.push(location.hash),
  };
});

const told = (text) => ({ day: ["today"], words: [text] });
const formOf = (text) => ({ dataset: {}, answers: told(text), querySelectorAll: () => [] });
const drafts = { stop: async () => {}, again: () => {} };
const press = (form, asked = ASKED) => submit(stage, asked, { form, card: CARD, saw: new Map() }, drafts);

/** The next write is not confirmed, whether it comes to lie there or not. */
function unconfirmed({ lies }) {
  const { record } = shelf;
  shelf.record = async (...given) => {
    shelf.record = record;
    if (lies) await record.apply(shelf, given);
    throw new Refusal("disk_full");
  };
}

test("what lay there after all is not made again by pressing the key of the form once more", async () => {
  const form = formOf("母羊三只");
  unconfirmed({ lies: true });
  await press(form);
  assert.equal(form.wrong.code, "disk_full");
  await press(form);
  const rows = await shelf.entries();
  assert.deepEqual([rows.length, shown], [1, [`#done/${rows[0].id}/0`]]);
});

test("words that were written since go into the correction of what lay there after all", async () => {
  const form = formOf("母羊三只");
  unconfirmed({ lies: true });
  await press(form);
  form.answers = told("母羊四只");
  await press(form);
  const [row, ...more] = await shelf.entries();
  assert.deepEqual([more, row.item.sealed[0].text, shown], [[], "母羊三只", [`#correct/${row.id}`]]);
  assert.deepEqual(await shelf.draft(`correct/${row.id}`), told("母羊四只"));
});

test("what was never written is recorded with its last words, once, and the next one is another", async () => {
  const form = formOf("母羊三只");
  unconfirmed({ lies: false });
  await press(form);
  form.answers = told("母羊四只");
  await press(form);
  await press(formOf("母羊五只"));
  const rows = await shelf.entries();
  assert.deepEqual(rows.map((row) => row.item.sealed[0].text), ["母羊四只", "母羊五只"]);
  assert.notEqual(said(rows[0]).id, said(rows[1]).id);
});

test("whoever went elsewhere is not called back when it is recorded, and is when it is not", async () => {
  const { record } = shelf;
  shelf.record = (...given) => {
    stage.turn += 1; // while it is being written
    return record.apply(shelf, given);
  };
  await press(formOf("母羊三只"));
  assert.deepEqual([shown, (await shelf.entries()).length], [[], 1]);

  shelf.record = async () => {
    stage.turn += 1;
    throw new Refusal("disk_full");
  };
  await press(formOf("母羊四只"));
  assert.deepEqual(shown, ["#call/h"]);
  assert.deepEqual(held.get("call/h").answers, told("母羊四只"));
});

test("as long as the rest is still coming a full disk is told in short, and pressing again takes its place", async (t) => {
  const form = formOf("母羊三只");
  const inside = new Set();
  const piece = { dataset: {}, querySelectorAll: () => [], focus: () => {}, remove: () => inside.delete(piece) };
  Object.assign(form, { prepend: (notice) => inside.add(notice), contains: (notice) => inside.has(notice), querySelectorAll: () => [...inside] });
  const { document: page } = globalThis;
  t.after(() => (globalThis.document = page));
  globalThis.document = { ...page, getElementById: (id) => (id === "n-plain" ? { content: {} } : null), importNode: () => ({ firstElementChild: piece }) };
  const { later } = stage;
  let come;
  stage.later = new Promise((resolve) => (come = resolve));
  unconfirmed({ lies: false });
  const first = press(form);
  while (inside.size === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(form.dataset.going, undefined);
  await press(form);
  come(await later);
  await first;
  assert.deepEqual([inside.size, form.wrong, (await shelf.entries()).length, shown.length], [0, undefined, 1, 1]);
});

test("another day that was written counts no more once today is chosen: mended is what was sent back for a day to come", async () => {
  const form = formOf("母羊三只");
  form.answers.on = ["2026-09-19"];
  await press(form);
  const [row] = await shelf.entries();
  assert.equal(said(row).happened_on, "2026-09-16");
});
