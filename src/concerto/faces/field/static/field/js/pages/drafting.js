// What is being written: kept as a draft on every pause, and in the page until it is recorded, since a full disk may take drafts.
import { readForm } from "../forms/fill.js";
import { Refusal } from "../shelf/shelf.js";
import { clock, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const PAUSE = 500;
/** Who writes without a pause loses no more than this. */
const LONGEST = 2000;

/**
 * What was written before; undefined where it can't be read now. In a database that is gone there is none.
 * @param {Phone} phone
 * @param {string} key
 * @returns {Promise<Answers | null | undefined>}
 */
export async function draftOf(phone, key) {
  const here = phone.held.get(key)?.answers;
  return here ?? (phone.denied ? null : phone.kept.draft(key).catch(({ code }) => (code === "no_shelf" ? null : undefined)));
}

/**
 * A draft on every pause, at least every two seconds, and at once when the page goes away.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {any} before
 */
export function keepDraft(stage, form, key, before) {
  const { phone } = stage;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let kept = phone.held.has(key) ? "" : JSON.stringify(before ?? readForm(form));
  let over = false;
  let since = 0;
  let going = Promise.resolve();
  /** What lies on the disk and was not read is not written over. */
  let unread = before === undefined;
  const keepNow = async () => {
    const answers = readForm(form);
    const text = JSON.stringify(answers);
    if (over || text === kept || !phone.isOpen) return;
    phone.keepHere(key, answers);
    if (phone.denied) return;
    try {
      if (unread && (await phone.kept.draft(key))) return aside(say("draft_beside"));
      unread = false;
      await phone.kept.putDraft(key, answers);
      kept = text;
      aside(say("draft_kept", { at: clock(Date.now()) }));
    } catch (wrong) {
      if (wrong instanceof Refusal && wrong.code !== "locked") aside(say("draft_not_kept"));
    }
  };
  const aside = (/** @type {string} */ words) => {
    if (!form.isConnected) return;
    stage.aside = words;
    stage.onAside();
  };
  const keep = () => {
    clearTimeout(later);
    since = 0;
    going = going.then(keepNow);
  };
  const soon = () => {
    clearTimeout(later);
    since ||= Date.now();
    later = setTimeout(keep, Math.min(PAUSE, Math.max(0, since + LONGEST - Date.now())));
  };
  const hidden = () => document.visibilityState === "hidden" && keep();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", hidden);
  if (phone.denied) {
    stage.aside = say("draft_only_here");
    stage.onAside();
  }
  return {
    /** Nothing is kept any more: what is being kept just now is waited for, so that it does not outlive its entry. */
    stop: () => {
      over = true;
      clearTimeout(later);
      return going;
    },
    again: () => {
      over = false;
      kept = "";
      keep();
    },
    left: () => {
      keep();
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}
