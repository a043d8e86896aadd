// Files that leave the page: saved where the browser saves, or handed to another app; sealed, so that nobody reads them on the way.
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

/**
 * To another app, where the phone can; else it is saved.
 * @param {Blob} blob
 * @param {string} name
 */
export async function shareFile(blob, name) {
  const file = new File([blob], name, { type: blob.type });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (wrong) {
      if (wrong instanceof DOMException && wrong.name === "AbortError") return;
    }
  }
  saveFile(blob, name);
}

/** @param {string} text @returns {Promise<boolean>} */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** What waits, sealed, as a file: it works behind the lock too. @param {Stage} stage */
export async function saveQueue(stage) {
  const { phone } = stage;
  const waits = phone.rows.some(({ state }) => state === "waiting" || state === "pending" || state === "back" || state === "clash");
  if (!waits) return stage.tell(say("saved_nothing"));
  saveFile(await phone.kept.toFile(), say("file_name", { day: today() }));
  stage.tell(say("saved_file"));
}
