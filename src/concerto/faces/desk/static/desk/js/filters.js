// On a phone the filters of a list fold behind one key; on a desk the style sheet keeps them open.

/** @param {HTMLElement} form */
export function foldFilters(form) {
  const key = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-filters-key]"));
  const rest = /** @type {HTMLElement | null} */ (form.querySelector("[data-filters-rest]"));
  if (!key || !rest) return;
  form.toggleAttribute("data-settled", true);
  const show = (/** @type {boolean} */ open) => {
    rest.toggleAttribute("data-closed", !open);
    key.setAttribute("aria-expanded", String(open));
  };
  show(inUse(rest));
  key.addEventListener("click", () => show(rest.hasAttribute("data-closed")));
}

/**
 * Filters that say something stay open, so that nobody wonders where the other rows are.
 * @param {Element} rest
 */
export function inUse(rest) {
  return [...rest.querySelectorAll("select, input")].some((control) => {
    const { type, value, checked } = /** @type {HTMLInputElement} */ (control);
    if (type === "hidden" || type === "submit") return false;
    return type === "checkbox" || type === "radio" ? checked : value !== "";
  });
}
