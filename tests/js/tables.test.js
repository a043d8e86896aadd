// What a table's parts are called, without a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keepTable } from "../../src/concerto/faces/desk/static/desk/js/tables.js";

/** A part that remembers its attributes. */
function part(tagName, given = {}) {
  const held = { ...given };
  return { tagName, held, getAttribute: (name) => held[name] ?? null, setAttribute: (name, value) => (held[name] = value) };
}

test("every part of a table says what it is", () => {
  const parts = [part("THEAD"), part("TR"), part("TH", { scope: "col" }), part("TBODY"), part("TR"), part("TH", { scope: "rowgroup" }), part("TD")];
  const table = Object.assign(part("TABLE"), { querySelectorAll: () => parts });
  keepTable(table);
  assert.equal(table.held.role, "table");
  assert.deepEqual(
    parts.map((one) => one.held.role),
    ["rowgroup", "row", "columnheader", "rowgroup", "row", "rowheader", "cell"],
  );
});
