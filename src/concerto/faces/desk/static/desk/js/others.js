// One tap marks as present everybody on the roll who has no mark yet; one more takes back what it set, and nothing else.

/**
 * Who need not come has one cell, which no other tap takes back: they are left to be tapped.
 * @param {HTMLElement} roll the rows of the members
 */
export function markOthers(roll) {
  const tool = /** @type {HTMLElement | null} */ (roll.querySelector("[data-others]"));
  const button = tool?.querySelector("button");
  if (!tool || !button) return;
  /** @type {HTMLInputElement[]} */
  let own = [];
  const draw = () => {
    own = own.filter((tap) => tap.isConnected && tap.checked);
    const rows = rowsOf(roll);
    tool.hidden = rows.length === 0;
    for (const words of /** @type {NodeListOf<HTMLElement>} */ (button.querySelectorAll("[data-says]"))) {
      words.hidden = (words.dataset.says === "undo") !== own.length > 0;
    }
  };
  button.addEventListener("click", () => {
    const isUndone = own.length > 0;
    const taps = isUndone ? own : unmarked(rowsOf(roll));
    for (const tap of taps) tap.checked = !isUndone;
    own = isUndone ? [] : taps;
    button.dispatchEvent(new Event("change", { bubbles: true }));
  });
  roll.closest("form")?.addEventListener("change", draw);
  draw();
}

/** The cells of each on the roll who has several to choose from. @param {HTMLElement} roll */
function rowsOf(roll) {
  const rows = [...roll.querySelectorAll("[data-how]")].map((row) => [.../** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("input[type=radio]"))]);
  return rows.filter((taps) => taps.length > 1);
}

/** @param {HTMLInputElement[][]} rows */
export function unmarked(rows) {
  const open = rows.filter((taps) => !taps.some(({ checked }) => checked));
  return open.flatMap((taps) => taps.filter(({ value }) => value === "present"));
}
