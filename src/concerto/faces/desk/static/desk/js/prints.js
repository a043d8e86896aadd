// A key that prints the page. It is hidden where nobody could follow it; the browser's own menu prints as well.

/** @param {HTMLButtonElement} key */
export function printPage(key) {
  key.hidden = false;
  key.addEventListener("click", () => window.print());
}
