import assert from "node:assert/strict";
import { test } from "node:test";
import { markOthers } from "../../src/concerto/faces/desk/static/desk/js/others.js";

const CELLS = ["present", "excused", "floating", "absent", "observer"];
const row = (cells) => ({ querySelectorAll: () => cells, cells });

/** A roll of as many rows as are told, each with the cell that stands tapped; "one" has a single cell. */
function rollOf(...marks) {
  const rows = marks.map((mark) => {
    const cells = (mark === "one" ? ["present"] : CELLS).map((value) => ({ value, checked: value === mark, isConnected: true }));
    return row(cells);
  });
  const listeners = {};
  const says = ["all", "undo"].map((one) => ({ dataset: { says: one }, hidden: false }));
  const button = { querySelectorAll: () => says, addEventListener: (_, run) => (button.press = run), dispatchEvent: () => listeners.change() };
  const tool = { hidden: true, querySelector: () => button };
  const roll = {
    querySelector: () => tool,
    querySelectorAll: () => rows,
    closest: () => ({ addEventListener: (what, run) => (listeners[what] = run) }),
  };
  markOthers(roll);
  const stand = () => rows.map(({ cells }) => cells.find(({ checked }) => checked)?.value ?? "");
  const tap = (n, value) => {
    for (const cell of rows[n].cells) cell.checked = cell.value === value;
    listeners.change();
  };
  return { press: () => button.press(), stand, tap, tool, words: () => says.find(({ hidden }) => !hidden)?.dataset.says };
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
