// Puts the focus where the page says what is missing, and from there on the field itself.

const CONTROLS = "input:not([type=hidden]), select, textarea";

/** @param {HTMLElement} notice */
export function focusNotice(notice) {
  notice.focus();
  notice.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    const field = link && document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: "center" });
    controlOf(field).focus({ preventScroll: true });
  });
}

/**
 * The thing to type or tap in: the field itself, or the first choice of a group.
 * @param {HTMLElement} field
 * @returns {HTMLElement}
 */
export function controlOf(field) {
  if (field.matches(CONTROLS)) return field;
  return field.querySelector("input:checked") ?? field.querySelector(CONTROLS) ?? field;
}
