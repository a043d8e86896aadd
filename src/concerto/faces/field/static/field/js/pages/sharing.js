// What leaves the page for another app, or for what the phone copies to.
import { saveFile, sayOn } from "./files.js";
import { say } from "./words.js";

/** @import { Stage } from "./stage.js" */

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

/** Copy, and say on the key that was pressed whether it went well. @param {Stage} stage @param {Event} event @param {string} text */
export async function copyAt(stage, event, text) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  sayOn(stage, event, say(copied ? "copied" : "not_copied"));
}
