// A form marked data-once is sent once: the second tap does nothing, and the button shows that it is going.

/** @param {HTMLFormElement} form */
export function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.going) return event.preventDefault();
    form.dataset.going = "yes";
    const button = /** @type {SubmitEvent} */ (event).submitter;
    if (button) showBusy(/** @type {HTMLElement} */ (button));
  });
  // Coming back by the browser's key shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) showReady(form);
  });
}

/**
 * Stripes, not words: a disabled button would leave its name out of what is sent.
 * @param {HTMLElement} button
 */
export function showBusy(button) {
  button.setAttribute("aria-busy", "true");
  if (button.dataset.going) button.textContent = button.dataset.going;
}

/** @param {HTMLFormElement} form */
function showReady(form) {
  delete form.dataset.going;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
