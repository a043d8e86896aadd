// Long work goes on by itself: a form marked data-goes-on is sent as soon as its page is there.

/** @param {HTMLFormElement} form */
export function goOn(form) {
  form.requestSubmit();
}
