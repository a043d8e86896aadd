// What is wrong with the answers of a form, said at each question and at the top.
import { filled, knownOf } from "./blanks.js";

/**
 * @import { Mistake } from "./blanks.js"
 */

/**
 * Says at each question what is wrong with its answer, and puts the eye there.
 * @param {HTMLFormElement} form
 * @param {Mistake[]} errors
 * @param {(code: string, facts: Record<string, any>) => string} [wordsOf] words for what the blank does not know
 */
export function showErrors(form, errors, wordsOf = (code) => code) {
  const words = knownOf(form.dataset.form ?? "").words;
  const say = (/** @type {Mistake} */ { code, facts = {} }) => filled(words[code] ?? wordsOf(code, facts), facts);
  for (const old of form.querySelectorAll("[data-mistake], [data-notice]")) old.remove();
  for (const old of form.querySelectorAll(".has-error")) old.classList.remove("has-error");
  if (errors.length === 0) return;
  for (const error of errors) sayAt(form, error.field, say(error));
  const notice = fromTemplate(form, "notice");
  const whole = errors.filter((error) => !fieldOf(form, error.field)).map(say);
  if (notice) {
    const looks = words[errors.length === 1 ? "one_look" : "some_looks"] ?? "";
    put(notice, { words: whole.join(" "), count: filled(looks, { n: errors.length }) });
    form.prepend(notice);
    notice.focus();
  }
}

/**
 * Says at one question what is wrong with its answer; without words it says nothing there any more.
 * @param {HTMLFormElement} form
 * @param {string} field
 * @param {string} words
 */
export function sayAt(form, field, words) {
  const holder = fieldOf(form, field);
  if (!holder) return;
  holder.querySelector("[data-mistake]")?.remove();
  const mistake = words ? fromTemplate(form, "mistake") : null;
  holder.classList.toggle("has-error", mistake !== null);
  if (!mistake) return;
  put(mistake, { words });
  (holder.querySelector("legend, label") ?? holder).after(mistake);
  open(holder);
}

/**
 * An answer was changed: what was wrong with it is said no more, and keeps its room until all is looked at again. Else what
 * stands below moves away from under the finger that left it for the next question.
 * @param {HTMLFormElement} form
 * @param {string} field
 */
export function hush(form, field) {
  const holder = fieldOf(form, field);
  holder?.classList.remove("has-error");
  const mistake = /** @type {HTMLElement | null | undefined} */ (holder?.querySelector("[data-mistake]"));
  if (mistake) mistake.style.visibility = "hidden";
}

/**
 * @param {HTMLFormElement} form
 * @param {string} field
 * @returns {HTMLElement | null}
 */
function fieldOf(form, field) {
  return field ? form.querySelector(`[data-field="${field}"]`) : null;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} what
 * @returns {HTMLElement | null}
 */
function fromTemplate(form, what) {
  const template = /** @type {HTMLTemplateElement | null} */ (form.querySelector(`template[data-of="${what}"]`));
  const [made] = template ? [...document.importNode(template.content, true).children] : [];
  return made ? /** @type {HTMLElement} */ (made) : null;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} words
 */
function put(element, words) {
  for (const [name, text] of Object.entries(words)) {
    const holder = element.querySelector(`[data-put="${name}"]`);
    if (holder) holder.textContent = text;
  }
}

/**
 * What is wrong must be seen: the folds and questions around it open.
 * @param {HTMLElement} holder
 */
function open(holder) {
  for (let up = holder.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
    if (up.dataset.shows) up.hidden = false;
  }
}
