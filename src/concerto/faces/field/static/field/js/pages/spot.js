// A quarrel settled where it arose: one form, one entry. It keeps no draft: of somebody who is hurt or afraid nothing may
// stay here, and what was recorded leaves this phone once the server and a copy off its machine have it.
import { forgetWords } from "../shelf/leaving.js";
import { hush, sayAt } from "../forms/mistakes.js";
import { knownOf } from "../forms/blanks.js";
import { stopWords } from "../forms/rules.js";
import { partDigest, salt, uuid7 } from "../shelf/ids.js";
import { blank } from "./blanks.js";
import { does, fact, place, put, stamp } from "./dom.js";
import { orFull } from "./full.js";
import { whyOf } from "./names.js";
import { letting } from "./restating.js";
import { stateWords, whyWords } from "./rows.js";
import { filledNotice, lost } from "./stage.js";
import { standingFor } from "./told.js";
import { ended } from "./triage.js";
import { clause, day, label, labels, say } from "./words.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 * @typedef {{ id: string, unit: string, name: string, account?: string }} OnPanel
 * @typedef {Record<string, string>} Answers
 */

export const KIND = "spot_settlement";
const NOBODY = "none";

/** The villages in which one may record it. @param {Phone} phone @returns {{ id: string, name: string }[]} */
export function villagesOf(phone) {
  return (phone.about?.grants ?? []).filter((/** @type {any} */ one) => one.records?.includes(KIND));
}

/** The form, empty; or with what was sent back, whose words are on this phone still. @param {Stage} stage @param {string} [id] */
export function spot(stage, id = "") {
  const { phone } = stage;
  const before = id ? phone.own.of.get(id) : undefined;
  if (id && (before?.said.kind !== KIND || before.row.state !== "back" || before.replaced)) return lost(stage);
  const main = stage.begin("spot", { ...(before && { title: say("mend") }), back: before ? "#out" : "#record" });
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  choicesInto(phone, form);
  form.addEventListener("change", ({ target }) => changed(stage, form, /** @type {HTMLInputElement} */ (target), before));
  const ids = before ? showAgain(phone, form, before.said) : new Map();
  if (before) {
    const { row } = before;
    place(form, "notice").replaceChildren(filledNotice(stamp("n-plain"), { what: stateWords(row), safe: whyWords(phone, row), code: row.code ? say("code", { code: row.code }) : "" }));
  }
  const until = /** @type {HTMLInputElement} */ (form.elements.namedItem("until"));
  until.min = before?.said.happened_on ?? phone.day();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(form, until.min).then((isRight) => isRight && look(stage, form));
  });
  does(main, { record: () => submit(stage, form, ids, before), change: () => turn(stage, { looks: false }) });
}

/** @param {Phone} phone @param {HTMLFormElement} form */
function choicesInto(phone, form) {
  const villages = villagesOf(phone);
  put(form, { villages: villages.map(({ id, name }) => choice("village", id, name)) });
  if (villages.length === 1) tick(form, "village", villages[0].id);
  place(form, "village_part").hidden = villages.length === 1;
  sortsInto(/** @type {HTMLSelectElement} */ (form.elements.namedItem("sort")));
  mediatorsInto(phone, form);
}

/** What one that was recorded here says, as long as its words are here. @param {Phone} phone @param {{ unit: string, body: any }} said @returns {[string, string][]} */
export function spotFacts(phone, said) {
  const { content } = /** @type {HTMLTemplateElement} */ (document.querySelector('template[data-view="spot"]'));
  const form = /** @type {HTMLFormElement} */ (document.importNode(content, true).querySelector("form"));
  choicesInto(phone, form);
  showAgain(phone, form, said);
  return factsIn(form).filter(([, words]) => words);
}

/**
 * What was said before; it stays the same case, between the same two.
 * @param {Phone} phone
 * @param {HTMLFormElement} form
 * @param {{ unit: string, body: any }} said
 * @returns {Map<string, string>}
 */
function showAgain(phone, form, { unit, body }) {
  const { sort, a, b, agreed, until, item, mediator = NOBODY } = body;
  const text = (/** @type {string} */ digest) => phone.own.parts[digest]?.text ?? "";
  for (const [name, value] of Object.entries({ afraid: "no", village: unit, done: until ? "later" : "now" })) tick(form, name, value);
  mediatorsInto(phone, form);
  tick(form, "mediator", mediator);
  for (const [name, value] of Object.entries({ sort, a: text(a.name), b: text(b.name), agreed: text(agreed), until: until ?? "" })) {
    /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value = value;
  }
  for (const [name, side] of Object.entries({ a, b })) /** @type {HTMLInputElement} */ (form.elements.namedItem(`${name}_wanted`)).checked = Boolean(side.wanted);
  place(form, "rest").hidden = false;
  place(form, "until").hidden = !until;
  return new Map(Object.entries({ case: body.case, a: a.party, b: b.party, ...(item && { item }) }));
}

/** Turn between what is asked and what will be recorded; nothing was recorded yet. @param {Stage} stage @param {{ looks: boolean }} to */
function turn({ main }, { looks }) {
  /** @type {HTMLElement} */ (main.querySelector("form")).hidden = looks;
  place(main, "look").hidden = !looks;
  scrollTo(0, 0);
  /** @type {HTMLElement | null} */ (looks ? main.querySelector("section h2") : document.getElementById("heading"))?.focus({ preventScroll: true });
}

/** What will be recorded, before it is sealed: each question with what was chosen or written. @param {Stage} stage @param {HTMLFormElement} form */
function look(stage, form) {
  put(stage.main, {
    facts: factsIn(form).map(([term, words]) => fact(term, words)),
    follows: say(answersOf(form).mediator === NOBODY ? "spot_between" : "spot_by_panel"),
  });
  turn(stage, { looks: true });
}

/** @param {HTMLFormElement} form @returns {[string, string][]} */
function factsIn(form) {
  const asked = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-field]:not([data-field=afraid])")]).filter((field) => !field.hidden);
  return asked.map((field) => [field.querySelector("legend, label")?.textContent?.trim() ?? "", saidIn(form, field)]);
}

/** @param {HTMLFormElement} form @param {HTMLElement} field */
function saidIn(form, field) {
  const name = field.dataset.field ?? "";
  const wanted = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(`${name}_wanted`));
  const chosen = field.querySelector("option:checked, label:has(input:checked)")?.textContent?.trim();
  const written = chosen ?? answersOf(form)[name] ?? "";
  return clause([name === "until" ? day(written) : written, wanted?.checked && wanted.closest("label")?.textContent?.trim()]);
}

/**
 * What an answer opens, or ends: of somebody who is afraid after all what was sent back goes too.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} asked
 * @param {Told | undefined} before
 */
function changed(stage, form, { name, value }, before) {
  const { main, phone } = stage;
  if (name === "afraid" && value === "yes") {
    form.reset();
    if (before) letGo(phone, before);
    return ended(stage, "afraid");
  }
  if (name === "afraid") place(main, "rest").hidden = false;
  if (name === "done") place(main, "until").hidden = value !== "later";
  if (name === "village") mediatorsInto(phone, form);
  if (name === "sort" && value in labels("spot_family")) sayAt(form, name, label("spot_wrong", "family_takes_the_long_path"));
  else hush(form, name);
}

/** @param {Phone} phone @param {Told} told */
export async function letGo(phone, told) {
  await letting(phone, told);
  await forgetWords(phone.kept, told.said.sealed);
  await phone.read();
  phone.link?.now();
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
 * @param {string} [on] the day on which they agreed
 * @returns {[string, string, Record<string, string>?][]}
 */
export function mistakesIn(answers, phrases = [], on = "") {
  const needed = { village: "choose", sort: "choose", a: "missing", b: "missing", agreed: "missing", done: "choose", mediator: "choose" };
  const missing = Object.entries(needed).filter(([name]) => !answers[name]);
  const byPanel = answers.mediator && answers.mediator !== NOBODY;
  const stopped = ["a", "b", "agreed"].flatMap((name) => {
    const wrong = answers[name] && stopWords(answers[name], phrases);
    return wrong ? [/** @type {[string, string, Record<string, string>?]} */ ([name, wrong.code, wrong.facts])] : [];
  });
  /** @type {[string, string | false | undefined][]} */
  const wrong = [
    ["sort", answers.sort in labels("spot_family") && "family_takes_the_long_path"],
    ["until", answers.done === "later" && (!answers.until ? "until" : answers.until < on && "until_before")],
    ["mediator", byPanel && !(answers.a_wanted && answers.b_wanted) && "side_wanted_no_help"],
  ];
  return [...missing, .../** @type {[string, string][]} */ (wrong.filter(([, code]) => code)), ...stopped];
}

/** Say at each question what is missing or would not be taken. @param {HTMLFormElement} form @param {string} on */
async function check(form, on) {
  await blank("visit").catch(() => null); // it brings the phrases that are not kept
  for (const name of ["village", "sort", "a", "b", "agreed", "done", "until", "mediator"]) sayAt(form, name, "");
  const wrong = mistakesIn(answersOf(form), phrases(), on);
  for (const [name, code, facts] of wrong) sayAt(form, name, labels("spot_wrong")[code] ?? whyOf({ code, facts }));
  /** @type {HTMLElement | null} */ (form.querySelector(".has-error :is(input, select, textarea)"))?.focus();
  return wrong.length === 0;
}

/**
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {Map<string, string>} ids chosen once: pressed again it is the same entry
 * @param {Told | undefined} before
 */
async function submit(stage, form, ids, before) {
  const { phone } = stage;
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  try {
    const entry = await written(phone, answersOf(form), ids, before);
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
 * @param {Told} [before] what was sent back, and this stands for
 */
export async function written(phone, answers, ids, before) {
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
  const [on, recorded_at] = [before?.said.happened_on ?? phone.day(), new Date(now).toISOString()];
  const instead_of = before ? standingFor(phone.own, [before]) : [];
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const said = {
      id, kind: KIND, version: 1, log: phone.kept.log ?? "", unit: answers.village, author: phone.kept.account, device, number,
      happened_on: on, recorded_at, body, sealed: [agreed, ofA, ofB], ...(before && { instead_of }),
    };
    return { id, item: { said: JSON.stringify(said), sealed }, shows: { kind: KIND, form: KIND, name: "", household: "", about: "", parts: [], on } };
  };
  return { id, write };
}

/** A name in one line. @param {string} text */
function named(text) {
  return text.split(/\s+/).join(" ");
}
