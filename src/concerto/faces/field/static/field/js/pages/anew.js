// A form in which people can be chosen, opened before all of them had come: it is drawn anew when they do, with everything
// that was written and tapped in it, and the finger where it was.
import { readForm } from "../forms/fill.js";

/** @import { Stage } from "./stage.js" */

/** A page of cards is followed by another one soon. */
const A_PAUSE = 400;

/**
 * @param {Stage} stage
 * @param {string} key under which what is written here is kept
 * @param {HTMLFormElement} form
 * @param {() => unknown} known who can be chosen
 */
export function drawAnew(stage, key, form, known) {
  const { phone } = stage;
  const drawn = JSON.stringify(known());
  const { turn } = stage;
  let first = "";
  let isComposing = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  queueMicrotask(() => (first = JSON.stringify(readForm(form)))); // as it stands once it is drawn
  const isThere = () => turn === stage.turn && phone.isOpen;
  const look = async () => {
    if (!isThere() || JSON.stringify(known()) === drawn) return;
    if (isBusy(form) || isComposing) return later();
    leave();
    const answers = readForm(form);
    if (JSON.stringify(answers) !== first) phone.keepHere(key, answers);
    const place = placeIn(form);
    await stage.show();
    const fresh = stage.main.querySelector("form");
    if (fresh) goBack(fresh, place);
  };
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(look, A_PAUSE);
  };
  const leave = phone.onChange(() => (isThere() ? later() : leave()));
  form.addEventListener("compositionstart", () => (isComposing = true));
  form.addEventListener("compositionend", () => (isComposing = false));
}

/** It is being recorded, or says that there was no room for it. @param {HTMLFormElement} form */
function isBusy(form) {
  return Boolean(form.dataset.going || form.querySelector("[data-full]"));
}

/** Where one is in a form: the question, its answer, the letter, and how far down it stands. @param {HTMLFormElement} form */
function placeIn(form) {
  const at = /** @type {HTMLInputElement | null} */ (form.contains(document.activeElement) ? document.activeElement : null);
  const member = /** @type {HTMLElement | null | undefined} */ (at?.closest("[data-member]"))?.dataset.member;
  return {
    asked: at?.name ? `${member ? `[data-member="${member}"] ` : `[name="${at.name}"]`}${at.type === "radio" || at.type === "checkbox" ? `[value="${CSS.escape(at.value)}"]` : ""}` : "",
    letters: at && "selectionStart" in at ? at.selectionStart : null,
    top: at?.getBoundingClientRect().top ?? 0,
    down: scrollY,
  };
}

/** @param {HTMLFormElement} form @param {ReturnType<typeof placeIn>} place */
function goBack(form, { asked, letters, top, down }) {
  const at = /** @type {HTMLInputElement | null} */ (asked ? form.querySelector(asked) : null);
  if (!at) return scrollTo(0, down);
  at.focus({ preventScroll: true });
  if (letters !== null) at.setSelectionRange(letters, letters);
  scrollBy(0, at.getBoundingClientRect().top - top);
}
