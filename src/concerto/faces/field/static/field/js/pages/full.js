// When an entry finds no room: nothing typed is lost, and it can leave the page sealed.
import { showErrors } from "../forms/fill.js";
import { loose } from "../shelf/loose.js";
import { Refusal } from "../shelf/shelf.js";
import { does, put, stamp } from "./dom.js";
import { bringHere } from "./lost.js";
import { copyAt, shareFile } from "./sharing.js";
import { filledNotice } from "./stage.js";
import { label, say, today } from "./words.js";

/** What stands in the way until there is room; it may be tried again, and what was written can leave sealed. */
const NO_ROOM = new Set(["disk_full", "no_shelf"]);

/** What a refusal says, of the phone itself or of the server. @param {string} code */
export function refusalWords(code) {
  const known = label("refusals", code);
  return known === code ? say(code) : known;
}

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
  if (await isBack(stage, given, wrong)) return again();
  given.back = false;
  await standAgain(stage, given);
  const { form, waiting } = given;
  if (!(wrong instanceof Refusal)) throw wrong;
  if (!NO_ROOM.has(wrong.code)) return showErrors(form, [{ field: "", code: wrong.code }], refusalWords);
  const notice = stamp("n-disk");
  if (given.gone) put(notice, { what: say(given.gone) });
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
 * Whether the database that was gone is there again. Once for each press: what is begun again and at once gone says so.
 * @param {Stage} stage
 * @param {Writing} given
 * @param {any} wrong
 */
async function isBack({ phone }, given, wrong) {
  given.gone = wrong?.code === "no_shelf" ? "shelf_gone" : "";
  if (!given.gone || given.back) return false;
  given.form.dataset.going = "yes";
  try {
    given.back = await bringHere(phone);
    if (!given.back) given.gone = "no_shelf";
    return given.back;
  } catch (more) {
    if (!(more instanceof Refusal)) throw more;
    return false;
  } finally {
    delete given.form.dataset.going;
  }
}

/**
 * What was written here before can't be read now: the form says so, and what lies there is not written over.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 */
export function unread(stage, form) {
  const again = stamp("n-disk").querySelector('[data-do="again"]');
  const notice = filledNotice(stamp("n-plain"), { what: say("draft_unread"), acts: again ? [again] : "" });
  form.prepend(does(notice, { again: () => stage.show() }));
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
    await deed().catch(async (wrong) => {
      if (wrong?.code !== "no_shelf" || !(await bringHere(stage.phone))) throw wrong;
      await deed();
    });
  } catch (wrong) {
    if (!(wrong instanceof Refusal)) throw wrong;
    const { code } = wrong;
    const words = { what: refusalWords(code), safe: NO_ROOM.has(code) ? say("not_recorded") : "" };
    const notice = filledNotice(stamp("n-plain"), { ...words, code: say("code", { code }) });
    notice.dataset.full = "yes";
    notice.tabIndex = -1;
    stage.main.prepend(notice);
    notice.focus();
  }
}
