// When an entry finds no room: nothing typed is lost, and it can leave the page sealed.
import { showErrors } from "../forms/fill.js";
import { loose } from "../shelf/loose.js";
import { Refusal } from "../shelf/shelf.js";
import { does, stamp } from "./dom.js";
import { copyAt, shareFile } from "./files.js";
import { filledNotice } from "./stage.js";
import { label, say, today } from "./words.js";

/**
 * @import { Writing } from "./writing.js"
 * @import { Stage } from "./stage.js"
 */

/**
 * There is no room, or something else stood in the way: nothing typed is lost.
 * @param {Stage} stage
 * @param {Writing} given
 * @param {unknown} wrong
 * @param {() => Promise<void>} again
 */
export async function full(stage, given, wrong, again) {
  await standAgain(stage, given);
  const { form, waiting } = given;
  const isFull = wrong instanceof Refusal && wrong.code === "disk_full";
  if (!isFull && !(wrong instanceof Refusal)) throw wrong;
  if (!isFull) return showErrors(form, [{ field: "", code: wrong.code }], (code) => label("refusals", code));
  const notice = stamp("n-disk");
  notice.dataset.full = "yes";
  const sealed = async () => {
    const made = loose({ who: stage.phone.kept, serverKey: stage.phone.kept.serverKey });
    for (const one of waiting) await made.record(one.write);
    return made.toFile();
  };
  const name = say("file_name", { day: today() });
  does(notice, {
    again: ({ currentTarget }) => {
      if (form.dataset.going) return; // a disk that was full may be long in answering
      /** @type {HTMLElement} */ (currentTarget).setAttribute("aria-busy", "true");
      return again();
    },
    copy: async (event) => copyAt(stage, event, await (await sealed()).text()),
    share: async () => shareFile(await sealed(), name),
  });
  form.prepend(notice);
  notice.focus();
}

/**
 * The form stands as it was written, before whoever went on as well. Of several entries some may lie there by now: the
 * others go as they are.
 * @param {Stage} stage
 * @param {Writing} given
 */
export async function standAgain(stage, given) {
  const { asked: { key }, answers, drafts, entries, waiting } = given;
  if (given.turn !== stage.turn && stage.phone.isOpen) {
    stage.phone.keepHere(key, answers);
    history.pushState(null, "", `#${key}`);
    await stage.show();
    Object.assign(given, { form: stage.main.querySelector("form") ?? given.form, turn: stage.turn });
  }
  const { form } = given;
  if (waiting.length < entries.length) for (const part of form.querySelectorAll("fieldset, .field")) part.toggleAttribute("inert", true);
  else drafts.again();
  for (const old of form.querySelectorAll("[data-full]")) old.remove();
}

/**
 * Record what is written without a form. Where there is no room for it the page says so, and its key tries again.
 * @param {Stage} stage
 * @param {() => Promise<unknown>} deed
 */
export async function orFull(stage, deed) {
  for (const old of stage.main.querySelectorAll("[data-full]")) old.remove();
  try {
    await deed();
  } catch (wrong) {
    if (!(wrong instanceof Refusal)) throw wrong;
    const { code } = wrong;
    const words = code === "disk_full" ? { what: say("disk_full"), safe: say("not_recorded") } : { what: label("refusals", code) };
    const notice = filledNotice(stamp("n-plain"), { ...words, code: say("code", { code }) });
    notice.dataset.full = "yes";
    notice.tabIndex = -1;
    stage.main.prepend(notice);
    notice.focus();
  }
}
