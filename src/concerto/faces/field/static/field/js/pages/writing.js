// Recording what a form says, under ids that are chosen once: pressed again after a write that nobody confirmed, it is the
// same entry. What finds no room stays with the page, wherever one went meanwhile.
import { entriesOf, freshId, isReadable, readForm, showErrors } from "../forms/fill.js";
import { salt } from "../shelf/ids.js";
import { stamp } from "./dom.js";
import { filledNotice } from "./stage.js";
import { label, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { ToWrite } from "../forms/blanks.js"
 * @import { Asked } from "./asking.js"
 * @import { Stage } from "./stage.js"
 */

/**
 * @typedef {{ stop: () => Promise<void>, again: () => void }} Drafts
 * What is being recorded: `waiting` are those that are not yet; `turn` is the showing of its page; `gone` says of a database
 * that it was gone at the last try, `back` that it was begun again for this one.
 * @typedef {{ asked: Asked, form: HTMLFormElement, answers: Answers, turn: number, drafts: Drafts, entries: ToWrite[], waiting: ToWrite[], gone?: string, back?: boolean }} Writing
 */

const A_MOMENT = 300;
/** Ids and salts by the key of a form, until it is recorded. @type {Map<string, Map<string, string>>} */
const chosen = new Map();

/** @param {string} key @param {string} now */
function onceFor(key, now) {
  const given = chosen.get(key) ?? new Map();
  chosen.set(key, given);
  const once = (/** @type {string} */ name, /** @type {() => string} */ make) => {
    if (!given.has(name)) given.set(name, make());
    return given.get(name);
  };
  return {
    newId: (/** @type {number} */ at, /** @type {string} */ name) => once(`${at} ${name}`, () => freshId(now)),
    saltOf: (/** @type {number} */ at, /** @type {string} */ name) => once(`salt ${at} ${name}`, salt),
  };
}

/**
 * @param {Stage} stage
 * @param {Asked} asked
 * @param {{ form: HTMLFormElement, card: any, saw: Map<string, string> }} opened
 * @param {Drafts} drafts
 */
export async function submit(stage, asked, { form, card, saw }, drafts) {
  const { phone, turn } = stage;
  if (form.dataset.going) return;
  // Recording a visit waits for no line, and the door checks too; names and numbers are read by what comes behind.
  const came = isReadable(asked.form, readForm(form)) ? await Promise.race([stage.later, null]).catch(() => null) : await behind(stage, form);
  const answers = readForm(form);
  const now = new Date(phone.now()).toISOString();
  const told = await entriesOf(asked.form, asSaid(answers), {
    about: asked.about, account: phone.kept.account, log: phone.kept.log ?? "", now, today: phone.day(),
    card, own: saw, before: asked.before, unit: asked.unit, seen: asked.seen, since: asked.since, written: phone.own.all, check: came?.mistakesIn, ...onceFor(asked.key, now),
  });
  if ("errors" in told) return showErrors(form, told.errors, (code) => label("refusals", code));
  await drafts.stop();
  for (const old of form.querySelectorAll("[data-full]")) old.remove();
  await write(stage, { asked, form, answers, turn, drafts, entries: told.entries, waiting: [...told.entries] });
}

/**
 * A day that was written stays in its field when one chooses otherwise, and counts no more: of what was sent back for a day
 * to come it is the very one that was wrong.
 * @param {Answers} answers
 * @returns {Answers}
 */
function asSaid({ on, until, ...others }) {
  const isAsked = on && (!others.day || others.day[0] === "other");
  const isAwaited = until && (!others.told_of || others.told_of[0] === "interim");
  return { ...others, ...(isAsked && { on }), ...(isAwaited && { until }) };
}

/** What comes behind the first pages, waited for with a word; a second press meanwhile records nothing twice. @param {Stage} stage @param {HTMLFormElement} form */
async function behind(stage, form) {
  const aside = (/** @type {string | null} */ words) => {
    stage.aside = words;
    stage.onAside();
  };
  const soon = setTimeout(() => aside(say("rest_coming")), A_MOMENT);
  form.dataset.going = "yes";
  try {
    return await stage.later;
  } finally {
    delete form.dataset.going;
    clearTimeout(soon);
    if (stage.aside === say("rest_coming")) aside(null);
  }
}

/**
 * Record one after the other; what is not recorded yet stays on the screen. Who went elsewhere meanwhile is not called
 * back, unless something is not recorded.
 * @param {Stage} stage
 * @param {Writing} given
 */
async function write(stage, given) {
  const { phone } = stage;
  const { asked: { key }, answers, entries, waiting } = given;
  let isOlder = false;
  const go = async () => {
    given.form.dataset.going = "yes";
    try {
      for (; waiting.length > 0; waiting.shift()) {
        let said = "";
        const row = await phone.kept.record((named) => {
          const made = waiting[0].write(named);
          said = made.item.said;
          return made;
        }, waiting.length === 1 ? { draft: key } : {});
        if (row.item && !saysTheSame(row.item.said, said)) isOlder = true;
      }
    } catch (wrong) {
      delete given.form.dataset.going;
      const { form } = given;
      const notice = await inShort(stage, form, wrong);
      const { full } = await stage.later;
      if (notice && !form.contains(notice)) return; // it was pressed again meanwhile
      return full(stage, given, wrong, go);
    }
    chosen.delete(key);
    phone.held.delete(key);
    // What was pressed first has come to lie there after all, and other words were written since.
    const correct = isOlder && entries.length === 1 ? `correct/${entries[0].id}` : "";
    if (correct) await phone.kept.putDraft(correct, answers).catch(() => phone.keepHere(correct, answers));
    await phone.read();
    stage.tell(say("state_waiting"));
    phone.link?.now();
    if (given.turn === stage.turn) stage.go(correct ? `#${correct}` : `#done/${entries[0].id}/${entries.length - 1}`, { instead: true });
  };
  await go();
}

/**
 * A disk that is full is told in short as long as what says the rest is still coming.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {any} wrong
 */
async function inShort({ later }, form, wrong) {
  if (wrong?.code !== "disk_full" || (await Promise.race([later, null]).catch(() => null))) return null;
  const notice = filledNotice(stamp("n-plain"), { what: say("disk_full"), safe: say("not_recorded") });
  notice.dataset.full = "yes";
  form.prepend(notice);
  notice.focus();
  return notice;
}

/** Whether two texts of one id differ in nothing but when and as which number they were written. @param {string} one @param {string} other */
function saysTheSame(one, other) {
  const told = (/** @type {string} */ text) => JSON.stringify({ ...JSON.parse(text), device: "", number: 0, recorded_at: "" });
  return told(one) === told(other);
}
