// A control for files marked data-strips takes of each photo the picture alone, before the form is sent.
import { plainPhoto } from "./plain-photo.js";

/** @param {HTMLInputElement} control */
export function stripPhotos(control) {
  const form = control.form;
  const words = /** @type {HTMLElement | null} */ (form?.querySelector("[data-strips-words]") ?? null);
  let going = 0;

  control.addEventListener("change", async () => {
    const mine = ++going;
    tell(words, words?.dataset.busy ?? "");
    let failed = false;
    const files = new DataTransfer();
    for (const file of control.files ?? []) {
      try {
        files.items.add(file.type.startsWith("image/") ? await redrawn(file) : file);
      } catch {
        failed = true;
      }
    }
    if (mine !== going) return; // chosen anew meanwhile
    control.files = files.files;
    going = 0;
    tell(words, failed ? (words?.dataset.failed ?? "") : "");
    if (form?.dataset.waits) {
      delete form.dataset.waits;
      if (!failed) form.requestSubmit();
    }
  });

  form?.addEventListener("submit", (event) => {
    if (!going) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.waits = "yes"; // sent by itself once the photos are ready
  });
}

/** @param {File} file */
async function redrawn(file) {
  return new File([await plainPhoto(file)], "photo.jpg", { type: "image/jpeg" });
}

/**
 * @param {HTMLElement | null} words
 * @param {string} text
 */
function tell(words, text) {
  if (!words) return;
  words.textContent = text;
  words.hidden = !text;
}
