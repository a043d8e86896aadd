// Choices that exclude each other among checkboxes, and questions asked only after a certain answer.

/** @typedef {{ checked: boolean, value: string }} Tick */

/**
 * Ticking one that stands alone ("nobody in") clears the others; ticking another clears those that stand alone.
 * @template {Tick} T
 * @param {readonly T[]} group
 * @param {T} ticked
 * @param {ReadonlySet<string>} lone the values that stand alone
 */
export function settle(group, ticked, lone) {
  if (!ticked.checked) return;
  for (const other of group) {
    if (other !== ticked && (lone.has(ticked.value) || lone.has(other.value))) other.checked = false;
  }
}

/**
 * `data-alone="nobody declined"` on whatever holds the group.
 * @param {HTMLElement} holder
 */
export function keepAlone(holder) {
  const lone = new Set((holder.dataset.alone ?? "").split(" "));
  holder.addEventListener("change", (event) => {
    const ticked = /** @type {HTMLInputElement} */ (event.target);
    if (ticked.type !== "checkbox") return;
    const group = [...holder.querySelectorAll("input")].filter((input) => input.name === ticked.name);
    settle(group, ticked, lone);
  });
}

/**
 * `data-shows="change=yes"` on what is asked only when the form says so, `data-shows="words"` when anything is said there;
 * it stays open while something is written in it. A day counts only under the choice that asks for it, and goes with it.
 * @param {HTMLElement} asked
 */
export function showAsked(asked) {
  const form = asked.closest("form");
  const [name, wanted] = (asked.dataset.shows ?? "").split("=");
  if (!form) return;
  const look = () => {
    const answers = new FormData(form).getAll(name).map((answer) => String(answer).trim());
    asked.hidden = !saysSo(answers, wanted) && !holdsWords(asked, wanted);
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
  asked.toggleAttribute("data-settled", true);
}

/**
 * @param {string[]} answers
 * @param {string | undefined} wanted
 */
export function saysSo(answers, wanted) {
  return wanted === undefined ? answers.some((answer) => answer !== "") : answers.includes(wanted);
}

/** @param {Element} asked @param {string | undefined} wanted */
function holdsWords(asked, wanted) {
  const mistakes = asked.querySelector(".has-error, .error-words") !== null || asked.matches(".has-error");
  const day = wanted === undefined ? ", input[type=date]" : "";
  const fields = [...asked.querySelectorAll(`textarea, input[type=text], input[type=number]${day}`)];
  return mistakes || fields.some((field) => /** @type {HTMLInputElement} */ (field).value.trim() !== "");
}
