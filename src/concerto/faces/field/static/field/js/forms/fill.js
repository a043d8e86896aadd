// The one form of page and phone: a blank from the desk is filled here, read, and becomes an entry.
//
// A blank is the answer of /forms/<name>/: parse it once with `blankOf(text)`, then
//   const { form, aside, dock, title, help } = openPage("visit", { fragment, card, today, each });
//   const answers = readForm(form);
//   const told = await entriesOf("visit", answers, { card, about, account, log, now });
//   if (told.errors) showErrors(form, told.errors);
//   else for (const entry of told.entries) await shelf.record(entry.write, { draft });
import { choicesOf, saidBefore, shownOf, tableFor } from "./card.js";
import { filled, learn, textOf } from "./blanks.js";
import { keepAlone, showAsked } from "../../../desk/js/choices.js";
import { watchPreview } from "../../../desk/js/preview.js";

export { blankOf, learn } from "./blanks.js";
export { composeEntry, entriesOf, freshId, isReadable } from "./entry.js";
export { showErrors } from "./mistakes.js";

/**
 * @import { Named, Opening } from "./blanks.js"
 * @import { Answers } from "./sheet.js"
 */

/**
 * @typedef {HTMLElement | null} Piece
 * @typedef {{ form: HTMLFormElement, aside: Piece, dock: Piece, title: string, help: string }} Page
 */

/**
 * Opens a form of a blank: choices filled, what is known shown, behaviours bound.
 * @param {string} name
 * @param {Opening} opening
 * @returns {HTMLFormElement}
 */
export function openForm(name, opening) {
  return openPage(name, opening).form;
}

/**
 * The same with what stands around it: the staff, the dock with its button, the page's title and help.
 * @param {string} name
 * @param {Opening} opening
 * @returns {Page}
 */
export function openPage(name, { fragment, card = null, about, today, before = null, draft = null, each = {} }) {
  const { sheet, table, words } = learn(name, fragment);
  const piece = (/** @type {string} */ what) => {
    const found = fragment.querySelector(`[data-part="${what}"]`);
    return found ? /** @type {HTMLElement} */ (document.importNode(found, true)) : null;
  };
  const form = /** @type {HTMLFormElement} */ (piece("form"));
  const [aside, dock] = [piece("aside"), piece("dock")];
  const shown = { ...shownOf(sheet, card, about), ...(before ? saidBefore(sheet, before, today) : {}) };
  const answers = draft ?? shown;
  fillRows(form, answers);
  fillEach(form, { ...choicesOf(card, today), ...(before && { slips: [] }), ...each }, answers, words);
  setDays(form, today);
  if (draft || before || (sheet.changes && !sheet.always)) setAnswers(form, answers);
  for (const holder of form.querySelectorAll("[data-alone]")) keepAlone(/** @type {HTMLElement} */ (holder));
  for (const asked of form.querySelectorAll("[data-shows]")) showAsked(/** @type {HTMLElement} */ (asked));
  if (table) watchPreview(form, tableFor(table, card, today), [aside, dock]);
  return { form, aside, dock, title: textOf(fragment, "title"), help: textOf(fragment, "help") };
}

/**
 * The answers of a form as they stand: of each question all that is chosen or written.
 * @param {HTMLFormElement} form
 * @returns {Answers}
 */
export function readForm(form) {
  /** @type {Answers} */
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") (answers[name] ??= []).push(value);
  }
  return answers;
}

/**
 * Puts answers into a form; a question without an answer is emptied.
 * @param {HTMLFormElement} form
 * @param {Answers} answers
 */
export function setAnswers(form, answers) {
  for (const control of form.elements) {
    const { name, type } = /** @type {HTMLInputElement} */ (control);
    if (!name || type === "hidden") continue;
    const given = answers[name] ?? [];
    if (given.length === 0 && isSpare(/** @type {Element} */ (control), answers)) continue;
    if (type === "checkbox" || type === "radio") {
      const tick = /** @type {HTMLInputElement} */ (control);
      tick.checked = given.includes(tick.value);
    } else {
      /** @type {HTMLInputElement} */ (control).value = given.join(", ");
    }
  }
  form.dispatchEvent(new Event("change"));
}

/**
 * Makes of each prototype one choice for each thing it stands for; what was said before stays to be chosen.
 * @param {HTMLFormElement} form
 * @param {Record<string, Named[]>} choices
 * @param {Answers} answers
 * @param {Record<string, string>} words
 */
function fillEach(form, choices, answers, words) {
  for (const template of templatesOf(form, "data-each")) {
    const offered = choices[template.dataset.each ?? ""] ?? [];
    const name = template.dataset.name ?? "";
    const others = [...form.querySelectorAll(`[name="${name}"], [name="${name}"] option`)].map(valueOf);
    const all = new Set([...others, ...offered.map(({ id }) => id)]);
    const missing = (answers[name] ?? []).filter((one) => !all.has(one));
    const more = missing.map((id) => ({ id, name: words.said_before ?? id }));
    template.before(...[...offered, ...more].map((one, n) => stamped(template, { id: one.id, name: one.name, n: String(n) })));
    template.remove();
  }
  for (const part of form.querySelectorAll("[data-if]")) {
    const offered = choices[part.getAttribute("data-if") ?? ""] ?? [];
    if (offered.length === 0 && !holdsAnswer(part, answers)) (part.closest("label") ?? part).remove();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} attribute
 * @returns {NodeListOf<HTMLTemplateElement>}
 */
function templatesOf(form, attribute) {
  return form.querySelectorAll(`template[${attribute}]`);
}

/**
 * Makes as many rows as are answered, and some to write new ones in; a button makes more.
 * @param {HTMLFormElement} form
 * @param {Answers} answers
 */
function fillRows(form, answers) {
  for (const template of templatesOf(form, "data-rows")) {
    const { rows = "0", fresh = "0", most = "0" } = template.dataset;
    const name = template.content.querySelector("[name]")?.getAttribute("name") ?? "";
    const named = (/** @type {number} */ n) => answers[filled(name, { n })]?.length > 0;
    let next = Number(rows);
    const add = (/** @type {number} */ count) => {
      for (; count > 0 && next < Number(most); count -= 1, next += 1) {
        template.before(stamped(template, { n: String(next), at: String(next + 1) }));
      }
      if (more) more.hidden = next >= Number(most);
    };
    const more = /** @type {HTMLElement | null} */ (form.querySelector("[data-more]"));
    const answered = [...Array(Number(most)).keys()].filter((n) => n >= next && named(n));
    add((answered.length > 0 ? Math.max(...answered) + 1 - next : 0) + Number(fresh));
    more?.addEventListener("click", () => add(Number(more.dataset.more)));
  }
}

/**
 * A row in which nothing was answered keeps what it starts with.
 * @param {Element} control
 * @param {Answers} answers
 */
function isSpare(control, answers) {
  const row = control.closest("[data-row]");
  return row !== null && !holdsAnswer(row, answers);
}

/** @param {Element} element */
function valueOf(element) {
  return /** @type {HTMLInputElement} */ (element).value;
}

/**
 * @param {Element} part
 * @param {Answers} answers
 */
function holdsAnswer(part, answers) {
  const controls = /** @type {HTMLInputElement[]} */ ([part, ...part.querySelectorAll("[name]")]);
  return controls.some(({ name, type, value }) => (type === "radio" ? answers[name]?.includes(value) : answers[name]?.length));
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Record<string, string>} facts
 * @returns {Node}
 */
export function stamped(template, facts) {
  const piece = document.importNode(template.content, true);
  for (const element of piece.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) element.setAttribute(name, filled(value, facts));
    if (facts.id !== undefined && element.id) element.id += `_${facts.n}`;
  }
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) node.nodeValue = filled(node.nodeValue ?? "", facts);
  return piece;
}

/**
 * No day of a form is still to come.
 * @param {HTMLFormElement} form
 * @param {string} today
 */
function setDays(form, today) {
  for (const control of form.querySelectorAll("input[type=date]")) {
    const input = /** @type {HTMLInputElement} */ (control);
    if (!("ahead" in input.dataset)) input.max = today;
    if (input.dataset.starts === "today" && !input.value) input.value = today;
  }
}
