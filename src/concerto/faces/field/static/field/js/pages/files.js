// Files that leave the page, saved where the browser saves; sealed, so that nobody reads them on the way.
import { say, today } from "./words.js";

/** @import { Stage } from "./stage.js" */

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.hidden = true;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Beside the key that was pressed. @param {Stage} stage @param {Event} event @param {string} words */
export function sayOn(stage, event, words) {
  stage.tell(words);
  const line = event.target instanceof Element && event.target.closest("p, .buttons");
  if (!line) return;
  line.querySelector(".meta")?.remove();
  line.append(Object.assign(document.createElement("span"), { className: "meta", textContent: words }));
}

/** What waits, sealed, as a file: it works behind the lock too. @param {Stage} stage @param {Event} event */
export async function saveQueue(stage, event) {
  const { phone } = stage;
  const waits = phone.rows.some(({ state }) => state === "waiting" || state === "pending" || state === "back" || state === "clash");
  if (!waits) return sayOn(stage, event, say("saved_nothing"));
  await saveAt(stage, event, phone.kept.toFile());
}

/** Save, and say beside the key what it is called, or that it failed. @param {Stage} stage @param {Event} event @param {Promise<Blob>} file */
export async function saveAt(stage, event, file) {
  const name = say("file_name", { day: today() });
  try {
    saveFile(await file, name);
    sayOn(stage, event, say("saved_file", { name }));
  } catch {
    sayOn(stage, event, say("not_saved"));
  }
}
