// For which turn a record counts: what was wanted is never dropped without a word, nor by settling two versions.
import "./as-served.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { enrolled, said } from "./shelf-phone.js";

/** A piece of the shell, as far as it is asked here. */
class Piece {
  dataset = {};
  places = {};
  children = [];
  hidden = false;
  querySelector(asked) {
    const name = /"(.+?)"/.exec(asked)?.[1] ?? asked;
    return (this.places[name] ??= new Piece());
  }
  querySelectorAll(asked) {
    return [this.querySelector(asked)];
  }
  replaceChildren(...pieces) {
    this.children = pieces;
  }
}

globalThis.Node = Piece;
const words = { turn_late: "{turn}, late", turn_own: "own", turn_own_month: "own {month}", turn_over: "over: {turn}", owed_quarter: "{year}年第{n}季度", owed_quarters: "一 二 三 四" };
globalThis.document = {
  getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(words) } : id === "facts" ? null : { content: id }),
  importNode: () => ({ firstElementChild: new Piece() }),
};
globalThis.FormData = class {
  *[Symbol.iterator]() {
    yield ["day", "today"];
  }
};
const JS = "../../src/concerto/faces/field/static/field/js/";
const { askTurn, turnWords } = await import(`${JS}pages/turns.js`);
const { settleWhole } = await import(`${JS}pages/settling.js`);

const AUGUST = [{ turn: "2026-07", last: "2026-07-31", until: "2026-08-31", forms: ["visit"] }];
let form;
beforeEach(() => {
  form = { append: (fold) => (form.fold = fold), addEventListener: () => {}, querySelectorAll: () => [] };
});

/** The fold at the end of a form about a household where nothing else is owed. */
async function asked(day, { turn = "", draft = null, turns = AUGUST }) {
  const phone = { day: () => day, cards: new Map(), kept: { lend: async () => ({ turns }) } };
  await askTurn(phone, { form: "visit", key: "visit/h", house: "h", turn, back: "" }, form, draft);
  const { fold } = form;
  if (!fold) return null;
  const taps = fold.places.options.children.map((option) => option.places.input);
  return { hidden: fold.hidden, over: fold.places.over.hidden ? "" : fold.places.over.textContent, chosen: taps.find(({ checked }) => checked)?.value };
}

test("a turn that is still offered is proposed, and nothing is said of it", async () => {
  assert.deepEqual(await asked("2026-08-31", { turn: "2026-07" }), { hidden: false, over: "", chosen: "2026-07" });
});

test("a turn that can no longer be made good is named, and the record counts for its own day", async () => {
  for (const turns of [AUGUST, []]) {
    const { hidden, over, chosen } = await asked("2026-10-01", { turn: "2026-07", turns });
    assert.match(over, /^over: .*2026/);
    assert.deepEqual([hidden, chosen], [false, "own"]);
  }
});

test("a day within the turn that was wanted counts for it as its own, and a nonsense is no turn", async () => {
  assert.deepEqual(await asked("2026-07-20", { turn: "2026-07" }), { hidden: true, over: "", chosen: "own" });
  form.fold = null;
  assert.equal(await asked("2026-10-01", { turn: "nonsense", turns: [] }), null);
});

test("the turn that a draft names stays, wherever its form is opened from", async () => {
  assert.equal((await asked("2026-08-20", { draft: { counts_for: ["2026-07"] } })).chosen, "2026-07");
  form.fold = null;
  assert.equal(await asked("2026-08-20", { draft: { met: ["a"] } }), null);
});

test("what settles two versions as mine counts for the turn that mine counted for", async () => {
  const shelf = await enrolled();
  const mine = { id: "mine", kind: "visit", version: 1, log: shelf.log, unit: "v", body: { outcome: "met" }, corrects: "first", happened_on: "2026-08-03" };
  const phone = { kept: shelf, now: () => Date.parse("2026-09-16T04:00:00Z"), day: () => "2026-09-16", raw: new Map(), own: { all: [], of: new Map(), parts: {} } };
  for (const counts_for of ["2026-07", undefined]) {
    const told = { row: { state: "clash", facts: { meets: "theirs" } }, said: { ...mine, counts_for }, shows: {}, first: "first" };
    const settled = said(await settleWhole(phone, told, "mine"));
    assert.deepEqual([settled.counts_for, settled.happened_on, settled.instead_of], [counts_for, "2026-08-03", ["mine"]]);
  }
});

test("a quarter is written as an office writes it", () => {
  assert.equal(turnWords("2026-Q3"), "2026年第三季度");
});
