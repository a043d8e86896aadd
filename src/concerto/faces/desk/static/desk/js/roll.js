// Whose meeting it is: the rows of those who belong to the chosen form stand first, everybody else lies in a fold.

/**
 * The rows of the members as the roll was drawn, wherever each lies now.
 * @param {ParentNode} roll
 */
export function rowsIn(roll) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (roll.querySelectorAll("[data-how]"))];
  return rows.sort((one, other) => placeOf(one) - placeOf(other));
}

/** @param {HTMLElement} row */
function placeOf({ dataset }) {
  return Number((dataset.how ?? "").replace("how_", ""));
}

/**
 * Who belongs to the form that is chosen, with a vote or without one; nothing while none is, or where the register names
 * nobody of that day.
 * @param {HTMLElement[]} rows
 * @param {FormData} answers
 * @returns {HTMLElement[] | null}
 */
export function belonging(rows, answers) {
  const form = answers.get("form");
  const group = String(answers.get("group") ?? "");
  if (form === "members" || form === "none") return rows;
  if (form === "committee") return known(rows.filter(({ dataset }) => "hasSeat" in dataset));
  return form === "group" && group ? known(rows.filter(({ dataset }) => dataset.group === group)) : null;
}

/** @param {HTMLElement[]} rows */
function known(rows) {
  return rows.some(({ dataset }) => "hasVote" in dataset) ? rows : null;
}

/**
 * Who is left out of the base, and by the vote on which item: that one counts against the whole base.
 * @param {FormData} answers
 * @returns {Map<string, string>}
 */
export function leftOutIn(answers) {
  const named = [...answers].filter(([name, member]) => /^out_\d+$/.test(name) && member);
  return new Map(named.map(([name, member]) => [String(member), String(answers.get(name.replace("out_", "out_item_")) ?? "")]));
}

/**
 * Puts the rows where the chosen form has them. No mark is taken back: how many stand in the fold is said on it.
 * @param {HTMLElement} roll
 */
export function watchRoll(roll) {
  const form = roll.closest("form");
  const rest = /** @type {HTMLElement | null} */ (roll.querySelector("[data-rest]"));
  if (!form || !rest) return;
  const place = () => {
    const answers = new FormData(form);
    const rows = rowsIn(roll);
    const due = belonging(rows, answers);
    const others = new Set(due ? rows.filter((row) => !due.includes(row)) : []);
    if (rows.some((row) => (row.closest("[data-rest]") !== null) !== others.has(row))) {
      for (const row of rows) if (!others.has(row)) rest.before(row);
      rest.querySelector("[data-rest-rows]")?.append(...others);
    }
    rest.hidden = others.size === 0;
    const marked = [...others].filter(({ dataset }) => answers.get(dataset.how ?? "")).length;
    const line = /** @type {HTMLElement | null} */ (rest.querySelector("[data-rest-marked]"));
    const n = line?.querySelector("[data-n]");
    if (line) line.hidden = marked === 0;
    if (n && n.textContent !== String(marked)) n.textContent = String(marked);
    offer(form, new Set((due ?? rows).map(({ dataset }) => dataset.member ?? "")));
  };
  form.addEventListener("change", place);
  place();
}

/** Who can be left out of the count is one of those due; whoever is named already stays. @param {HTMLFormElement} form @param {Set<string>} due */
function offer(form, due) {
  for (const option of /** @type {NodeListOf<HTMLOptionElement>} */ (form.querySelectorAll("select[data-left-out] option"))) {
    const isOffered = option.value === "" || option.selected || due.has(option.value);
    option.hidden = option.disabled = !isOffered;
  }
}
