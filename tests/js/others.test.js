import assert from "node:assert/strict";
import { test } from "node:test";
import { markOthers } from "../../src/concerto/faces/desk/static/desk/js/others.js";

const CELLS = ["present", "excused", "floating", "absent", "observer"];

globalThis.FormData = class {
  constructor({ answers }) {
    return answers();
  }
};

/**
 * A roll of as many rows as are told, each with the cell that stands tapped; "one" has a single cell.
 * Of a row may be said more: that it has a seat, and of which group it is.
 */
function rollOf(...marks) {
  const said = new Map([["form", "members"]]);
  const rows = marks.map((one, n) => {
    const { mark, ...dataset } = typeof one === "string" ? { mark: one } : one;
    const cells = (mark === "one" ? ["present"] : CELLS).map((value) => ({ value, checked: value === mark, isConnected: true }));
    return { querySelectorAll: () => cells, cells, dataset: { how: `how_${n}`, member: `m${n}`, hasVote: "", ...dataset } };
  });
  const stand = () => rows.map(({ cells }) => cells.find(({ checked }) => checked)?.value ?? "");
  const listeners = {};
  const says = ["all", "undo"].map((one) => ({ dataset: { says: one }, hidden: false }));
  const why = ["choose", "unknown"].map((one) => ({ dataset: { noOthers: one }, hidden: true }));
  const button = { querySelectorAll: () => says, addEventListener: (_, run) => (button.press = run), dispatchEvent: () => listeners.change() };
  const tool = { hidden: true, querySelector: () => button };
  const roll = {
    querySelector: () => tool,
    querySelectorAll: (asked) => (asked === "[data-how]" ? [...rows] : why),
    closest: () => ({ answers: () => said, addEventListener: (what, run) => (listeners[what] = run) }),
  };
  markOthers(roll);
  const tap = (n, value) => {
    for (const cell of rows[n].cells) cell.checked = cell.value === value;
    listeners.change();
  };
  const choose = (answers) => {
    said.clear();
    for (const [name, value] of Object.entries(answers)) said.set(name, value);
    listeners.change();
  };
  const told = () => why.find(({ hidden }) => !hidden)?.dataset.noOthers;
  return { press: () => button.press(), stand, tap, choose, told, tool, words: () => says.find(({ hidden }) => !hidden)?.dataset.says };
}

test("one tap marks whoever has no mark, and overwrites none", () => {
  const roll = rollOf("", "absent", "", "excused");
  assert.equal(roll.tool.hidden, false);
  roll.press();
  assert.deepEqual(roll.stand(), ["present", "absent", "present", "excused"]);
});

test("a second tap takes back what the first set, and nothing that was tapped", () => {
  const roll = rollOf("", "present", "", "absent");
  roll.press();
  roll.tap(2, "floating");
  assert.equal(roll.words(), "undo");
  roll.press();
  assert.deepEqual(roll.stand(), ["", "present", "floating", "absent"]);
  assert.equal(roll.words(), "all");
});

test("who need not come is left to be tapped", () => {
  const roll = rollOf("one", "");
  roll.press();
  assert.deepEqual(roll.stand(), ["", "present"]);
});

test("where nobody is on the roll it is not shown", () => {
  assert.equal(rollOf().tool.hidden, true);
});

test("of a committee's meeting one tap marks its seats alone", () => {
  const roll = rollOf({ mark: "", hasSeat: "" }, "", { mark: "absent", hasSeat: "" }, { mark: "", hasSeat: "" }, "");
  roll.choose({ form: "committee" });
  roll.press();
  assert.deepEqual(roll.stand(), ["present", "", "absent", "present", ""]);
});

test("of a group's meeting one tap marks its own, and who is left out of the count is left to be tapped", () => {
  const roll = rollOf({ mark: "", group: "g" }, { mark: "", group: "h" }, { mark: "", group: "g" }, "");
  roll.choose({ form: "group", group: "g", out_1: "m2", out_item_1: "1" });
  roll.press();
  assert.deepEqual(roll.stand(), ["present", "", "", ""]);
});

test("what was marked for another form stays, and can still be taken back", () => {
  const roll = rollOf({ mark: "", hasSeat: "" }, "");
  roll.press();
  roll.choose({ form: "committee" });
  assert.deepEqual(roll.stand(), ["present", "present"]);
  assert.equal(roll.words(), "undo");
  roll.press();
  roll.press();
  assert.deepEqual(roll.stand(), ["present", ""]);
});

test("while it is not known who is due it marks nobody, and says why", () => {
  const roll = rollOf("", { mark: "", group: "g" });
  const seen = [{}, { form: "group" }, { form: "committee" }, { form: "group", group: "h" }, { form: "none" }].map((answers) => {
    roll.choose(answers);
    return [roll.tool.hidden, roll.told()];
  });
  assert.deepEqual(seen, [[true, "choose"], [true, "choose"], [true, "unknown"], [true, "unknown"], [false, undefined]]);
});
