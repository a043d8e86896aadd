// One tap marks as present who is due in the chosen form and has no mark yet; one more takes back what it set, and
// nothing else.
import { belonging, leftOutIn, rowsIn } from "./roll.js";

/**
 * Who need not come has one cell, which no other tap takes back: they are left to be tapped.
 * @param {HTMLElement} roll the rows of the members
 */
export function markOthers(roll) {
  const tool = /** @type {HTMLElement | null} */ (roll.querySelector("[data-others]"));
  const button = tool?.querySelector("button");
  const form = roll.closest("form");
  if (!tool || !button || !form) return;
  /** @type {HTMLInputElement[]} */
  let own = [];
  const draw = () => {
    own = own.filter((tap) => tap.isConnected && tap.checked);
    const answers = new FormData(form);
    const due = dueIn(roll, answers);
    tool.hidden = own.length === 0 && !due?.length;
    saysWhy(roll, answers, due);
    for (const words of /** @type {NodeListOf<HTMLElement>} */ (button.querySelectorAll("[data-says]"))) {
      words.hidden = (words.dataset.says === "undo") !== own.length > 0;
    }
  };
  button.addEventListener("click", () => {
    const isUndone = own.length > 0;
    const taps = isUndone ? own : unmarked(dueIn(roll, new FormData(form)) ?? []);
    for (const tap of taps) tap.checked = !isUndone;
    own = isUndone ? [] : taps;
    button.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("change", draw);
  draw();
}

/**
 * The cells of each who is due and has several to choose from; nothing where it is not known who is.
 * @param {HTMLElement} roll
 * @param {FormData} answers
 */
function dueIn(roll, answers) {
  const leftOut = leftOutIn(answers);
  const due = belonging(rowsIn(roll), answers)?.filter(({ dataset }) => !leftOut.has(dataset.member ?? ""));
  const cells = due?.map((row) => [.../** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("input[type=radio]"))]);
  return cells?.filter((taps) => taps.length > 1) ?? null;
}

/**
 * Why one tap marks nobody: it is not chosen yet whose meeting it was, or the register names nobody of that day.
 * @param {HTMLElement} roll
 * @param {FormData} answers
 * @param {unknown[] | null} due
 */
function saysWhy(roll, answers, due) {
  const form = answers.get("form");
  const isChosen = form === "group" ? answers.get("group") : form;
  const why = due || rowsIn(roll).length === 0 ? "" : isChosen ? "unknown" : "choose";
  for (const words of /** @type {NodeListOf<HTMLElement>} */ (roll.querySelectorAll("[data-no-others]"))) {
    words.hidden = words.dataset.noOthers !== why;
  }
}

/** @param {HTMLInputElement[][]} rows */
export function unmarked(rows) {
  const open = rows.filter((taps) => !taps.some(({ checked }) => checked));
  return open.flatMap((taps) => taps.filter(({ value }) => value === "present"));
}
