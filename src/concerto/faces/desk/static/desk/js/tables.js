// A stacked table stays a table to those who hear it: `display` takes a cell's role away in older browsers. The HTML
// itself names no roles, since a table has them already.

/** @type {Record<string, string>} */
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

/**
 * @param {HTMLElement} part
 * @returns {string}
 */
function roleOf(part) {
  if (part.tagName !== "TH") return ROLES[part.tagName] ?? "";
  return part.getAttribute("scope")?.startsWith("row") ? "rowheader" : "columnheader";
}

/**
 * Writes out what each part of a table is.
 * @param {HTMLElement} table
 */
export function keepTable(table) {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, th, td")]) {
    const role = roleOf(/** @type {HTMLElement} */ (part));
    if (role) part.setAttribute("role", role);
  }
}
