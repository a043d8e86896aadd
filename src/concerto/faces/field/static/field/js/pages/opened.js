// A form that stands there: what comes behind the first pages does the rest to it. A draft that is back is said, and can be
// dropped; as long as nothing else was written it can be put back.
import { watchWords } from "../forms/checking.js";
import { watchAlike } from "./alike.js";
import { does, put, stamp } from "./dom.js";
import { unread } from "./full.js";
import { instant, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { Asked } from "./asking.js"
 * @import { Drafts } from "./writing.js"
 * @import { Stage } from "./stage.js"
 */

/** Drafts that were dropped, by the key of their form: while this page is there. @type {Map<string, Answers>} */
const dropped = new Map();

/**
 * @param {Stage} stage
 * @param {Asked} asked
 * @param {{ form: HTMLFormElement, card: any, before: Answers | null | undefined, drafts: Drafts }} how `before` is what was
 * written before: undefined where it can't be read now
 */
export function opened(stage, asked, { form, card, before, drafts }) {
  if (before === undefined) unread(stage, form);
  else if (before) sayDraft(stage, asked.key, form, before, drafts);
  else if (dropped.has(asked.key)) sayDropped(stage, asked.key, form);
  watchWords(form);
  if (asked.form === "household") watchAlike(stage, form, asked.before?.body.household);
  const relation = /** @type {HTMLSelectElement | null} */ (form.elements.namedItem("relation"));
  const field = relation?.closest(".field");
  // What the head is to the head is not asked.
  if (field && card?.head === asked.about && relation?.value === "head") /** @type {HTMLElement} */ (field).hidden = true;
}

/** @param {Stage} stage @param {string} key @param {HTMLFormElement} form @param {Answers} before @param {Drafts} drafts */
async function sayDraft(stage, key, form, before, drafts) {
  const { phone } = stage;
  const kept = phone.held.get(key) ?? (await phone.kept.drafts().catch(() => [])).find((one) => one.key === key);
  const drop = async () => {
    await drafts.stop();
    await phone.kept.dropDraft(key);
    phone.held.delete(key);
    dropped.set(key, before);
    stage.show();
  };
  if (kept) form.prepend(does(put(stamp("n-draft"), { what: say("draft_back", { at: instant(kept.at) }) }), { drop, back: null }));
}

/** @param {Stage} stage @param {string} key @param {HTMLFormElement} form */
function sayDropped(stage, key, form) {
  const { phone } = stage;
  const answers = /** @type {Answers} */ (dropped.get(key));
  const gone = () => {
    dropped.delete(key);
    notice.remove();
  };
  const back = async () => {
    dropped.delete(key);
    phone.keepHere(key, answers);
    await phone.kept.putDraft(key, answers).catch(() => undefined); // on a full disk it is in this page
    stage.show();
  };
  const notice = does(put(stamp("n-draft"), { what: say("draft_gone") }), { drop: null, back });
  form.prepend(notice);
  form.addEventListener("input", gone, { once: true });
}
