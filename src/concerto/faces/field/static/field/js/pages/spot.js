// A quarrel settled where it arose: one form, one entry. It keeps no draft: of somebody who is hurt or afraid nothing may
// stay here, and what was recorded leaves this phone once the server and a copy off its machine have it.
import { sayAt } from "../forms/mistakes.js";
import { knownOf } from "../forms/blanks.js";
import { stopWords } from "../forms/rules.js";
import { partDigest, salt, uuid7 } from "../shelf/ids.js";
import { blank } from "./blanks.js";
import { place, put, stamp } from "./dom.js";
import { orFull } from "./full.js";
import { ended } from "./triage.js";
import { clause, label, labels, say } from "./words.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ id: string, unit: string, name: string, account?: string }} OnPanel
 * @typedef {Record<string, string>} Answers
 */

export const KIND = "spot_settlement";
const NOBODY = "none";

/** The villages in which one may record it. @param {Phone} phone @returns {{ id: string, name: string }[]} */
export function villagesOf(phone) {
  return (phone.about?.grants ?? []).filter((/** @type {any} */ one) => one.records?.includes(KIND));
}

/** @param {Stage} stage */
export async function spot(stage) {
  const { phone } = stage;
  const main = stage.begin("spot", { back: "#record" });
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  const villages = villagesOf(phone);
  put(main, { villages: villages.map(({ id, name }) => choice("village", id, name)) });
  if (villages.length === 1) tick(form, "village", villages[0].id);
  place(main, "village_part").hidden = villages.length === 1;
  sortsInto(/** @type {HTMLSelectElement} */ (form.elements.namedItem("sort")));
  mediatorsInto(phone, form);
  form.addEventListener("change", ({ target }) => changed(stage, form, /** @type {HTMLInputElement} */ (target)));
  const ids = new Map();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(stage, form, ids);
  });
  const until = /** @type {HTMLInputElement} */ (form.elements.namedItem("until"));
  until.min = phone.day();
}

/** What an answer opens, or ends. @param {Stage} stage @param {HTMLFormElement} form @param {HTMLInputElement} asked */
function changed(stage, form, { name, value }) {
  const { main, phone } = stage;
  if (name === "afraid" && value === "yes") {
    form.reset();
    return ended(stage, "afraid");
  }
  if (name === "afraid") place(main, "rest").hidden = false;
  if (name === "done") place(main, "until").hidden = value !== "later";
  if (name === "village") mediatorsInto(phone, form);
  sayAt(form, name, name === "sort" && value in labels("spot_family") ? label("spot_wrong", "family_takes_the_long_path") : "");
}

/** What comes up oftenest stands first; what is a family's is named, and leads to the centre. @param {HTMLSelectElement} select */
function sortsInto(select) {
  for (const [sort, words] of [...Object.entries(labels("spot_sorts")), ...Object.entries(labels("spot_family"))]) {
    select.append(new Option(words, sort));
  }
}

/** Who mediates for the village, and for the township; or nobody of the panel. @param {Phone} phone @param {HTMLFormElement} form */
function mediatorsInto(phone, form) {
  const { village } = answersOf(form);
  const own = panelOf(phone).filter(({ unit }) => unit === village || unit === phone.shelf?.log);
  const rows = own.map(({ id, name, unit }) => choice("mediator", id, clause([name, unit !== village && say("spot_township")])));
  put(form, { mediators: [...rows, stamp("t-spot-nobody")] });
}

/** @param {Phone} phone @returns {OnPanel[]} */
function panelOf(phone) {
  return phone.about?.panel ?? [];
}

/** @param {string} name @param {string} value @param {string} words */
function choice(name, value, words) {
  const made = put(stamp("t-spot-choice"), { name: words });
  Object.assign(/** @type {HTMLInputElement} */ (made.querySelector("input")), { name, value });
  return made;
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function tick(form, name, value) {
  const box = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${name}"][value="${value}"]`));
  if (box) box.checked = true;
}

/** @param {HTMLFormElement} form @returns {Answers} */
function answersOf(form) {
  const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/**
 * What is missing or would not be taken, by question.
 * @param {Answers} answers
 * @param {string[]} [phrases] that are not kept here
 * @returns {[string, string][]}
 */
export function mistakesIn(answers, phrases = []) {
  const needed = { village: "choose", sort: "choose", a: "missing", b: "missing", agreed: "missing", done: "choose", mediator: "choose" };
  const missing = Object.entries(needed).filter(([name]) => !answers[name]);
  const byPanel = answers.mediator && answers.mediator !== NOBODY;
  const stopped = answers.agreed && stopWords(answers.agreed, phrases);
  /** @type {[string, string | false | undefined][]} */
  const wrong = [
    ["sort", answers.sort in labels("spot_family") && "family_takes_the_long_path"],
    ["until", answers.done === "later" && !answers.until && "until"],
    ["mediator", byPanel && !(answers.a_wanted && answers.b_wanted) && "side_wanted_no_help"],
    ["agreed", stopped ? stopped.code : false],
  ];
  return [...missing, .../** @type {[string, string][]} */ (wrong.filter(([, code]) => code))];
}

/**
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {Map<string, string>} ids chosen once: pressed again it is the same entry
 */
async function submit(stage, form, ids) {
  const { phone } = stage;
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  try {
    await blank("visit").catch(() => null); // it brings the phrases that are not kept
    const answers = answersOf(form);
    for (const name of ["village", "sort", "a", "b", "agreed", "done", "until", "mediator"]) sayAt(form, name, "");
    const wrong = mistakesIn(answers, phrases());
    for (const [name, code] of wrong) sayAt(form, name, labels("spot_wrong")[code] ?? label("refusals", code));
    if (wrong.length > 0) return void (/** @type {HTMLElement | null} */ (form.querySelector(".has-error :is(input, select, textarea)")))?.focus();
    const entry = await written(phone, answers, ids);
    await orFull(stage, async () => {
      await phone.kept.record(entry.write, {});
      await phone.read();
      stage.tell(say("state_waiting"));
      phone.link?.now();
      stage.go(`#done/${entry.id}/0`, { instead: true });
    });
  } finally {
    delete form.dataset.going;
  }
}

/** @returns {string[]} */
function phrases() {
  try {
    return /** @type {any} */ (knownOf("visit").rules)?.phrases ?? [];
  } catch {
    return []; // the door looks too
  }
}

/**
 * The entry that these answers make; names and words are sealed, for whoever handles the case.
 * @param {Phone} phone
 * @param {Answers} answers
 * @param {Map<string, string>} ids
 */
export async function written(phone, answers, ids) {
  const now = phone.now();
  const once = (/** @type {string} */ name, make = () => uuid7(now)) => ids.get(name) ?? ids.set(name, make()).get(name) ?? "";
  const [id, found, a, b] = ["entry", "case", "a", "b"].map((name) => once(name));
  const part = (/** @type {string} */ name, /** @type {string} */ about, /** @type {string} */ text) =>
    /** @type {Part} */ ({ about, audience: "case", salt: once(`salt ${name}`, salt), text });
  const sealed = [part("agreed", found, answers.agreed), part("name a", a, named(answers.a)), part("name b", b, named(answers.b))];
  const [agreed, ofA, ofB] = await Promise.all(sealed.map(partDigest));
  const side = (/** @type {string} */ party, /** @type {string} */ name, /** @type {string} */ wanted) => ({ party, name, ...(wanted && { wanted: true }) });
  const line = panelOf(phone).find((one) => one.id === answers.mediator);
  const body = {
    case: found, sort: answers.sort, afraid: "no", a: side(a, ofA, answers.a_wanted), b: side(b, ofB, answers.b_wanted), agreed,
    ...(answers.done === "later" && { until: answers.until, item: once("item") }),
    ...(line && { mediator: line.id, ...(line.account && { account: line.account }) }),
  };
  const [day, recorded_at] = [phone.day(), new Date(now).toISOString()];
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const said = {
      id, kind: KIND, version: 1, log: phone.kept.log ?? "", unit: answers.village, author: phone.kept.account, device, number,
      happened_on: day, recorded_at, body, sealed: [agreed, ofA, ofB],
    };
    return { id, item: { said: JSON.stringify(said), sealed }, shows: { kind: KIND, form: KIND, name: "", household: "", about: "", parts: [], on: day } };
  };
  return { id, write };
}

/** A name in one line. @param {string} text */
function named(text) {
  return text.split(/\s+/).join(" ");
}
