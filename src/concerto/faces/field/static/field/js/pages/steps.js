// One step of a case: two or three questions, one entry. What it decides rests on what stands here, own unsent ones included.
import { knownOf } from "../forms/blanks.js";
import { readForm, setAnswers } from "../forms/fill.js";
import { sayAt } from "../forms/mistakes.js";
import { stopWords } from "../forms/rules.js";
import { partDigest, salt, uuid7 } from "../shelf/ids.js";
import { blank } from "./blanks.js";
import { actsOf, caseOn, HERE, INTAKE, KIND, nameOf, takesInFor } from "./case.js";
import { place, put, stamp } from "./dom.js";
import { draftOf, keepDraft } from "./drafting.js";
import { orFull } from "./full.js";
import { isRefused, maySign, takingPart } from "./handled.js";
import { whyOf } from "./names.js";
import { stateWords, whyWords } from "./rows.js";
import { letGo } from "./spot.js";
import { filledNotice, lost } from "./stage.js";
import { standingFor } from "./told.js";
import { ended } from "./triage.js";
import { clause, day, label, labels, listed, say } from "./words.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { Case, Party } from "./handled.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 * @typedef {Record<string, string[]>} Answers
 * `set` is chosen from, one or (`many`) several; `shown` says by which answer a question is asked at all.
 * @typedef {{ name: string, asks?: string, as?: "set" | "pick" | "line" | "text" | "day" | "amount", of?: [string, string][], many?: boolean, needed?: boolean, first?: string[], hint?: string, shown?: (told: Answers) => boolean, row?: number }} Question
 */

const ROWS = 5;
/** What is sealed, by question: about the case, but for a party's own; who reads it; whether it is one line. @type {Record<string, { audience?: string, line?: boolean, of?: "party" | "a" | "b" }>} */
const SEALED = {
  place: { line: true }, record: {}, interim: {}, note_a: { audience: "author" }, note_b: { audience: "author" }, facts: {}, words: {}, in_words: {}, content: {}, hidden: {},
  name: { line: true, of: "party" }, phone: { line: true, of: "party" }, represented_by: { line: true, of: "party" },
  summary: {}, a: { line: true, of: "a" }, a_speaks: { line: true, of: "a" }, b: { line: true, of: "b" }, b_speaks: { line: true, of: "b" },
  ...Object.fromEntries(Array.from({ length: ROWS }, (_, n) => [`what_${n}`, { line: true }])),
};
/** Which kind each act is, and which field of the case it decides. @type {Record<string, [string, string?]>} */
const KINDS = {
  intake: [KIND],
  accept: ["case_step", "state"], "not-accept": ["case_step", "state"], tell: ["case_step"], mediator: ["case_step", "mediator"], end: ["case_step", "state"],
  consent: ["case_consent"], session: ["case_session"], agree: ["case_agreement", "state"], sign: ["case_signature"], perform: ["case_performance"], visit: ["case_return_visit"], party: ["case_party"],
};

/** @param {string} kind @param {string[]} [some] @returns {[string, string][]} */
function codes(kind, some = Object.keys(labels(kind))) {
  return some.map((code) => [code, label(kind, code)]);
}

/** @param {Case} one @param {string} [sides] @returns {[string, string][]} */
function partiesOf({ parties = [] }, sides = "ab") {
  const found = parties.filter(({ side }) => sides.includes(side));
  return found.map((party) => [party.id, clause([nameOf(party), party.minor && say("case_minor"), party.speaks && say("case_speaks", { who: party.speaks })])]);
}

/** Nothing else is asked before it was said that nobody is hurt or afraid. @param {Answers} told */
const nobodyAfraid = (told) => told.afraid?.[0] === "no";

/** What is asked of a case that comes in. @param {Case} one @returns {Question[]} */
function intakeOf({ units = [] }) {
  /** @type {Question[]} */
  const asked = [
    ...(units.length > 1 ? [/** @type {Question} */ ({ name: "unit", of: units, needed: true })] : []),
    { name: "source", as: "pick", of: codes("case_sources"), needed: true, first: ["asked"] },
    { name: "procedure", of: codes("case_procedures"), needed: true, shown: ({ source }) => source?.[0] === "court" },
    { name: "sort", asks: "about", as: "pick", of: [["", "—"], ...codes("spot_sorts"), ...codes("spot_family")], needed: true },
    ...["a", "b"].flatMap((side) => /** @type {Question[]} */ ([
      { name: side, as: "line", needed: side === "a" }, { name: `${side}_sort`, asks: "sort", of: codes("case_party_sorts"), first: ["person"] },
      { name: `${side}_minor`, asks: "minor", of: [["yes", label("case_asks", "minor")]], many: true },
      { name: `${side}_speaks`, asks: "represented_by", as: "line", shown: (told) => Boolean(told[side] && told[`${side}_minor`]) },
    ])),
    { name: "summary", as: "text", needed: true },
  ];
  return [{ name: "afraid", of: codes("case_afraid"), needed: true }, ...asked.map((question) => ({ ...question, shown: (/** @type {Answers} */ told) => nobodyAfraid(told) && (question.shown?.(told) ?? true) }))];
}

/** A case that nobody has yet; what was sent back stays the same one, between the same parties. @param {Phone} phone @param {Told} [before] @returns {Case} */
function newCase(phone, before) {
  const units = takesInFor(phone);
  return { id: before?.said.body.case ?? uuid7(phone.now()), records: units[0]?.[0], village: "", stage: "", sort: "", opened_on: "", last_on: "", units };
}

/**
 * What the form of an act asks.
 * @param {Case} one
 * @param {string} act
 * @param {string} account
 * @returns {Question[]}
 */
export function questionsOf(one, act, account) {
  const isOpen = String(labels("case_open")).split(" ").includes(one.stage);
  const noCourt = one.for_no_court || one.agreement?.for_no_court;
  const party = /** @type {Question} */ ({ name: "party", of: partiesOf(one), needed: true });
  switch (act) {
    case "consent": {
      const to = isOpen ? ["mediation", "mediator", "extension", "transfer", "helpers", "notes"] : [...(noCourt ? [] : ["confirmation"]), "notes"];
      return [
        party, { name: "answer", of: codes("case_answers"), needed: true },
        { name: "to", of: codes("case_consents", to.filter((code) => code !== "mediator" || one.mediator)), needed: true, first: [to[0]] },
        { name: "until", as: "day", shown: (told) => told.to?.[0] === "extension" && told.answer?.[0] === "agreed" },
        { name: "way", of: codes("case_ways"), needed: true, first: ["in_person"] },
        { name: "by", of: codes("case_by"), first: ["self"], shown: (told) => Boolean(one.parties?.find(({ id, minor, speaks }) => id === told.party?.[0] && speaks && !minor)) },
      ];
    }
    case "tell": {
      const of = Object.keys(labels("case_told")).filter((code) => code !== "confirmation" || !noCourt);
      return [party, { name: "told_of", of: codes("case_told", of), needed: true, first: [isOpen ? "rights" : one.stage === "in_effect" && !noCourt ? "confirmation" : "routes"] }];
    }
    case "not-accept":
      return [{ name: "routes", of: codes("case_routes"), many: true, needed: true }, { name: "words", as: "text" }];
    case "mediator":
      return [{ name: "mediator", of: (one.panel ?? []).filter(({ id }) => id !== one.mediator).map(({ id, name }) => [id, name]), needed: true }];
    case "session":
      return [
        { name: "there", of: partiesOf(one, "a b third"), many: true, needed: true, first: partiesOf(one).map(([id]) => id) },
        { name: "place", as: "line" }, { name: "record", as: "text", needed: true },
        { name: "note_a", as: "text", hint: say("case_author") }, { name: "note_b", as: "text", hint: say("case_author") },
        { name: "interim", as: "text" }, { name: "next_on", as: "day" },
      ];
    case "agree":
      return [
        { name: "form", of: codes("case_forms"), needed: true },
        ...Array.from({ length: ROWS }, (_, row) => /** @type {Question[]} */ ([
          { name: `what_${row}`, asks: "what", as: "line", needed: row === 0, row },
          { name: `who_${row}`, asks: "who", of: [["", say("case_everybody")], ...partiesOf(one)], first: [""], row },
          { name: `by_${row}`, asks: "due", as: "day", row }, { name: `amount_${row}`, asks: "amount", as: "amount", row },
        ])).flat(),
        { name: "facts", as: "text" }, { name: "settles", of: codes("case_settles"), many: true },
      ];
    case "sign":
      return [{ name: "signed", of: maySign(one, account).map(([code, who]) => [code, code.startsWith("party:") ? nameOf(/** @type {Party} */ (who)) : say(code.startsWith("seal:") ? "case_the_seal" : "case_the_mediator", { name: who.name ?? "" })]), needed: true }];
    case "perform":
      return [{ name: "item", of: (one.items ?? []).map(({ id, what }) => [id, what ?? "…"]), needed: true, first: one.items?.length === 1 ? [one.items[0].id] : [] }, { name: "kept", of: codes("case_kept"), needed: true }, { name: "in_words", as: "text" }];
    case "visit":
      return [{ name: "content", as: "text", needed: true }, { name: "hidden", as: "text" }];
    case "end": {
      const how = one.stage === "brought" ? ["withdrawn"] : ["not_settled", "between_themselves", "withdrawn", ...(isRefused(one) ? ["refused"] : [])];
      return [{ name: "how", of: codes("case_ends", how), needed: true, first: how.length !== 3 ? [how[how.length - 1]] : [] }, { name: "routes", of: codes("case_routes"), many: true }, { name: "words", as: "text" }];
    }
    case "intake":
      return intakeOf(one);
    case "party":
      return [
        { name: "side", of: codes("case_sides"), needed: true }, { name: "name", as: "line", needed: true }, { name: "sort", of: codes("case_party_sorts"), first: ["person"] },
        { name: "minor", of: [["yes", label("case_asks", "minor")]], many: true }, { name: "represented_by", as: "line" }, { name: "phone", as: "line" },
      ];
    default:
      return []; // of taking it on only the day is asked
  }
}

/** @param {Stage} stage @param {string} id @param {string} act @param {string} [about] a party, or what was sent back */
export async function step(stage, id, act, about = "") {
  const { phone, turn } = stage;
  const back = phone.own.of.get(about);
  const before = back?.row.state === "back" && !back.replaced ? back : undefined;
  const isIntake = `case/${id}/${act}` === INTAKE;
  const one = isIntake ? newCase(phone, before) : await caseOn(phone, id);
  if (turn !== stage.turn) return;
  if (!one || !(isIntake ? one.records && (!about || before?.said.kind === KIND) : HERE.has(act) && (before || actsOf(phone, one).here.includes(act)))) return lost(stage);
  const key = `case/${id}/${act}${about && `/${about}`}`;
  const draft = await draftOf(phone, key);
  if (turn !== stage.turn) return;
  const main = stage.begin("case-step", { title: isIntake ? label("kinds", KIND) : label("case_acts", act), sub: clause([listed(partiesOf(one).map(([, name]) => name)), one.number]), back: before ? "#out" : isIntake ? "#today" : `#case/${id}` });
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  const questions = [...questionsOf(one, act, phone.kept.account), /** @type {Question} */ ({ name: "on", as: "day", needed: true, first: [phone.day()], ...(isIntake && { shown: nobodyAfraid }) })];
  fieldsInto(form, questions);
  const said = draft ?? before?.shows.answers ?? (about && !isIntake && act !== "sign" ? { ...readForm(form), party: [about] } : null);
  if (said) setAnswers(form, said);
  if (before) place(form, "notice").replaceChildren(filledNotice(stamp("n-plain"), { what: stateWords(before.row), safe: whyWords(phone, before.row), code: before.row.code ? say("code", { code: before.row.code }) : "" }));
  const ask = () => shown(form, questions);
  ask();
  form.addEventListener("change", ask);
  const drafts = keepDraft(stage, form, key, draft);
  const ids = new Map(/** @type {[string, string][]} */ (isIntake && before ? before.said.body.parties.map((/** @type {any} */ { side, party }) => [side, party]) : []));
  form.addEventListener("change", () => {
    if (isIntake && readForm(form).afraid?.[0] === "yes") forgetAll(stage, form, key, drafts, before);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(stage, { one, act, form, questions, key, ids, before, drafts });
  });
  return { left: drafts.left };
}

/**
 * Of somebody hurt or afraid nothing stays: no draft, and nothing that was sent back.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {{ stop: () => Promise<void> }} drafts
 * @param {Told} [before]
 */
async function forgetAll(stage, form, key, drafts, before) {
  const { phone } = stage;
  const stopped = drafts.stop();
  form.reset();
  stage.aside = null;
  ended(stage, "afraid");
  stage.onAside();
  await stopped;
  phone.held.delete(key);
  await phone.kept.dropDraft(key).catch(() => null);
  if (before) await letGo(phone, before);
}

/** @param {HTMLFormElement} form @param {Question[]} questions */
function fieldsInto(form, questions) {
  const fields = questions.map((question) => {
    const { name, asks = name, as, of, many, first = [], hint = "", row = 0 } = question;
    const label_ = label("case_asks", asks);
    const made = put(stamp(as === "pick" ? "t-case-line" : of ? "t-case-set" : as === "text" ? "t-case-text" : "t-case-line"), { label: row ? `${label_} (${row + 1})` : label_, hint });
    made.dataset.field = name;
    if (as === "pick") {
      const select = Object.assign(document.createElement("select"), { className: "input" });
      select.append(...(of ?? []).map(([value, words]) => new Option(words, value)));
      made.querySelector(".input")?.replaceWith(select);
    }
    const control = /** @type {HTMLInputElement | null} */ (made.querySelector(".input"));
    if (of && as !== "pick") put(made, { options: of.map(([value, words]) => option(name, value, words, Boolean(many), first.includes(value))) });
    else if (control) {
      Object.assign(control, { name, id: `case-${name}`, value: first[0] ?? "" });
      if (as === "day") control.type = "date";
      if (as === "amount") control.inputMode = "decimal";
      made.querySelector("label")?.setAttribute("for", control.id);
    }
    made.hidden = row > 0;
    return made;
  });
  const rows = questions.filter(({ row }) => row !== undefined);
  if (rows.length > 0) fields.splice(questions.indexOf(rows[rows.length - 1]) + 1, 0, moreKey(fields, questions));
  put(form, { fields });
}

/** Another thing that was agreed: its questions come one row at a time. @param {HTMLElement[]} fields @param {Question[]} questions */
function moreKey(fields, questions) {
  const key = stamp("t-case-more");
  key.querySelector("button")?.addEventListener("click", () => {
    const next = questions.find(({ row }, n) => row && fields.find((field) => field.dataset.field === questions[n].name)?.hidden)?.row;
    for (const { name, row } of questions) if (row === next) fields.filter((field) => field.dataset.field === name).forEach((field) => (field.hidden = false));
    if (next === undefined || next === ROWS - 1) key.hidden = true;
    /** @type {HTMLElement | null | undefined} */ (fields.find((field) => field.dataset.field === `what_${next}`)?.querySelector("input"))?.focus();
  });
  return key;
}

/** @param {string} name @param {string} value @param {string} words @param {boolean} many @param {boolean} checked */
function option(name, value, words, many, checked) {
  const made = put(stamp("t-spot-choice"), { name: words });
  Object.assign(/** @type {HTMLInputElement} */ (made.querySelector("input")), { type: many ? "checkbox" : "radio", name, value, checked });
  return made;
}

/** What an answer opens; and a row in which something is written. @param {HTMLFormElement} form @param {Question[]} questions */
function shown(form, questions) {
  const told = readForm(form);
  for (const { name, shown: isAsked, row } of questions) {
    const field = /** @type {HTMLElement | null} */ (form.querySelector(`[data-field="${name}"]`));
    if (field && isAsked) field.hidden = !isAsked(told);
    else if (field && row && told[`what_${row}`]) field.hidden = false;
  }
}

/**
 * What is missing or would not be taken, by question: said here, before it is sealed.
 * @param {Case} one
 * @param {Question[]} questions
 * @param {Answers} told
 * @param {{ today: string, phrases?: string[] }} more
 * @returns {[string, string, Record<string, string>?][]}
 */
export function mistakesIn(one, questions, told, { today, phrases = [] }) {
  const given = (/** @type {string} */ name) => told[name]?.[0] ?? "";
  const on = given("on");
  const missing = questions.filter(({ name, needed, shown }) => needed && !given(name) && (shown?.(told) ?? true)).map(({ name, of }) => /** @type {[string, string]} */ ([name, of ? "choose" : "missing"]));
  const stopped = Object.keys(SEALED).flatMap((name) => {
    const wrong = given(name) && stopWords(given(name), phrases);
    return wrong ? [/** @type {[string, string, Record<string, string>?]} */ ([name, wrong.code, wrong.facts])] : [];
  });
  const rows = Array.from({ length: ROWS }, (_, n) => n).filter((n) => told[`what_${n}`] || given(`by_${n}`) || given(`amount_${n}`));
  const party = one.parties?.find(({ id }) => id === given("party"));
  /** @type {[string, string | false | undefined][]} */
  const wrong = [
    ["on", on > today ? "day_not_come" : Boolean(on) && on < one.opened_on && "before_it_was_told"],
    ["on", Boolean(given("signed") && one.agreement && on < one.agreement.on) && "signed_before_it_was_made"],
    ["until", given("to") === "extension" && given("answer") === "agreed" && (!given("until") ? "extension_without_day" : given("until") < on && "names_a_day_before")],
    ["next_on", Boolean(given("next_on")) && given("next_on") < on && "names_a_day_before"],
    ["on", Boolean(given("item") && one.agreement && on < one.agreement.on) && "done_before_agreed"],
    ["party", Boolean(party?.minor && !party.speaks) && "minor_needs_representative"],
    ["represented_by", Boolean(given("minor") && !given("represented_by")) && "minor_needs_representative"],
    ...["a", "b"].map((side) => /** @type {[string, string | false]} */ ([`${side}_speaks`, Boolean(given(side) && given(`${side}_minor`) && !given(`${side}_speaks`)) && "minor_needs_representative"])),
    ["form", given("form") === "oral" && !one.mediator && !one.channel && "oral_without_mediator"],
    ["routes", given("how") === "not_settled" && !given("routes") && "routes_not_told"],
    ...rows.flatMap((n) => /** @type {[string, string | false][]} */ ([
      [`what_${n}`, !given(`what_${n}`) && n > 0 && "missing"],
      [`by_${n}`, Boolean(given(`by_${n}`)) && given(`by_${n}`) < on && "due_before_agreed"],
      [`amount_${n}`, Boolean(given(`amount_${n}`)) && fenIn(given(`amount_${n}`)) === null && "missing"],
    ])),
  ];
  return [...missing, .../** @type {[string, string][]} */ (wrong.filter(([, code]) => code)), ...stopped];
}

/** Yuan as they are written, in fen; null where it is no amount. @param {string} text */
function fenIn(text) {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  const fen = found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
  return fen > 0 ? fen : null;
}

/**
 * @typedef {{ one: Case, act: string, form: HTMLFormElement, questions: Question[], key: string, ids: Map<string, string>, before?: Told, drafts: { stop: () => Promise<void>, again: () => void } }} Asked
 * @param {Stage} stage
 * @param {Asked} asked
 */
async function submit(stage, { one, act, form, questions, key, ids, before, drafts }) {
  const { phone } = stage;
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  try {
    await blank("visit").catch(() => null); // it brings the phrases that are not kept
    const told = answered(form, questions);
    for (const { name } of questions) sayAt(form, name, "");
    const wrong = mistakesIn(one, questions, told, { today: phone.day(), phrases: phrases() });
    for (const [name, code, facts] of wrong) sayAt(form, name, labels("case_wrong")[code] ?? whyOf({ code, facts }));
    /** @type {HTMLElement | null} */ (form.querySelector(".has-error :is(input, select, textarea)"))?.focus();
    if (wrong.length > 0) return;
    const entry = await written(phone, one, act, told, ids, before);
    await drafts.stop();
    let isKept = false;
    await orFull(stage, async () => {
      await phone.kept.record(entry.write, { draft: key });
      isKept = true;
      phone.held.delete(key);
      await phone.read();
      stage.tell(say("state_waiting"));
      phone.link?.now();
      stage.go(`#done/${entry.id}/0`, { instead: true });
    });
    if (!isKept) drafts.again();
  } finally {
    delete form.dataset.going;
  }
}

/** What is asked just now, as it will be sealed: a name and a thing agreed are one line. @param {HTMLFormElement} form @param {Question[]} questions @returns {Answers} */
function answered(form, questions) {
  const hidden = new Set(questions.map(({ name }) => name).filter((name) => /** @type {HTMLElement | null} */ (form.querySelector(`[data-field="${name}"]`))?.hidden));
  const found = Object.entries(readForm(form)).filter(([name]) => !hidden.has(name)).map(([name, given]) => {
    const said = given.map((text) => (SEALED[name]?.line ? text.trim().split(/\s+/).join(" ") : text.trim())).filter(Boolean);
    return /** @type {[string, string[]]} */ ([name, said]);
  });
  return Object.fromEntries(found.filter(([, said]) => said.length > 0));
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
 * The entry that these answers make. Names and words are sealed; what one side said alone for its writer.
 * @param {Phone} phone
 * @param {Case} one
 * @param {string} act
 * @param {Answers} told
 * @param {Map<string, string>} ids chosen once: pressed again it is the same entry
 * @param {Told} [before] what was sent back, and this stands for
 */
export async function written(phone, one, act, told, ids, before) {
  const now = phone.now();
  const once = (/** @type {string} */ name, make = () => uuid7(now)) => ids.get(name) ?? ids.set(name, make()).get(name) ?? "";
  const names = Object.keys(SEALED).filter((name) => told[name]?.[0]);
  const parts = names.map((name) => /** @type {Part} */ ({ about: SEALED[name].of ? once(/** @type {string} */ (SEALED[name].of)) : one.id, audience: SEALED[name].audience ?? "case", salt: once(`salt ${name}`, salt), text: told[name][0] }));
  const digests = await Promise.all(parts.map(partDigest));
  const words = Object.fromEntries(names.map((name, n) => [name, digests[n]]));
  const [kind, decides] = KINDS[act];
  const body = bare({ case: one.id, ...bodyOf(one, act, told, words, once) });
  const saw = decides && { [`${one.id}.${decides}`]: before?.said.saw?.[`${one.id}.${decides}`] ?? one.saw?.[decides] ?? null };
  const [id, on, recorded_at] = [once("entry"), told.on[0], new Date(now).toISOString()];
  const instead_of = before ? standingFor(phone.own, [before]) : [];
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const said = {
      id, kind, version: 1, log: phone.kept.log ?? "", unit: told.unit?.[0] ?? one.records, author: phone.kept.account, device, number, happened_on: on, recorded_at, body,
      ...(digests.length > 0 && { sealed: digests }), ...(saw && { saw }), ...(before && { instead_of }),
    };
    // No name of the case stands in what pages show of it: when its words leave, none is left behind.
    return { id, item: { said: JSON.stringify(said), sealed: parts }, shows: { kind, form: kind, ...(kind !== KIND && { act, case: one.id }), name: "", household: "", about: "", parts: [], on, answers: told } };
  };
  return { id, write };
}

/**
 * Each question with what was chosen or written, as its entry shows it: names only while the case is in these hands.
 * @param {Phone} phone
 * @param {any} said
 * @param {{ act?: string, answers: Answers }} shows of a case that was taken in without an act
 * @returns {Promise<[string, string][]>}
 */
export async function stepFacts(phone, said, { act = "intake", answers }) {
  const one = act === "intake" ? { ...newCase(phone), units: phone.villages().map(({ id, name }) => /** @type {[string, string]} */ ([id, name])) } : (await caseOn(phone, said.body.case)) ?? /** @type {Case} */ (/** @type {unknown} */ ({ id: said.body.case, stage: "" }));
  const known = new Map([...(one.parties ?? []).map((party) => /** @type {[string, string]} */ ([party.id, nameOf(party)])), ...(one.panel ?? []).map(({ id, name }) => /** @type {[string, string]} */ ([id, name]))]);
  const wordsFor = (/** @type {Question} */ { of, as }, /** @type {string} */ given) => {
    if (!of) return as === "day" ? day(given) : given || say("words_erased");
    const key = given.split(":").pop() ?? "";
    return of.find(([value]) => value === given)?.[1] ?? known.get(key) ?? (/^[0-9a-f]{8}-/.test(key) ? "…" : given);
  };
  const asked = questionsOf(one, act, phone.kept.account).filter(({ name }) => answers[name]);
  return asked.map((question) => [label("case_asks", question.asks ?? question.name), listed(answers[question.name].map((given) => wordsFor(question, given)))]);
}

/** Without what is not said. @param {Record<string, any>} body */
function bare(body) {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined && value !== ""));
}

/**
 * @param {Case} one
 * @param {string} act
 * @param {Answers} told
 * @param {Record<string, string>} words digests by question
 * @param {(name: string) => string} once
 * @returns {Record<string, any>}
 */
function bodyOf(one, act, told, words, once) {
  const of = (/** @type {string} */ name) => told[name]?.[0];
  switch (act) {
    case "accept":
      return { step: "accepted" };
    case "not-accept":
      return { step: "not_accepted", routes: told.routes, words: words.words };
    case "tell":
      return { step: "told", party: of("party"), told_of: of("told_of") };
    case "mediator":
      return { step: "mediator", mediator: of("mediator"), account: one.panel?.find(({ id }) => id === of("mediator"))?.account };
    case "end":
      return { step: "ended", how: of("how"), routes: told.routes, words: words.words };
    case "consent": {
      const minor = one.parties?.find(({ id }) => id === of("party"))?.minor;
      return { party: of("party"), to: of("to"), answer: of("answer"), way: of("way"), by: minor ? "representative" : (of("by") ?? "self"), until: of("until"), mediator: of("to") === "mediator" ? one.mediator : undefined };
    }
    case "session": {
      const notes = ["a", "b"].filter((side) => words[`note_${side}`]).map((side) => ({ side, words: words[`note_${side}`] }));
      return { there: told.there, record: words.record, place: words.place, interim: words.interim, next_on: of("next_on"), ...(notes.length > 0 && { notes }) };
    }
    case "agree": {
      const rows = Array.from({ length: ROWS }, (_, n) => n).filter((n) => words[`what_${n}`]);
      const items = rows.map((n) => bare({ item: once(`item ${n}`), what: words[`what_${n}`], who: of(`who_${n}`), by: of(`by_${n}`), amount: of(`amount_${n}`) ? fenIn(of(`amount_${n}`)) : undefined }));
      return { agreement: once("agreement"), form: of("form"), parties: takingPart(one).map(({ id }) => id), items, facts: words.facts, settles: told.settles };
    }
    case "sign": {
      const [signed, whose] = (of("signed") ?? "").split(":");
      return { agreement: one.agreement?.id, signed, [signed === "party" ? "party" : "member"]: whose };
    }
    case "perform":
      return { item: of("item"), how: of("kept"), words: words.in_words };
    case "intake": {
      const sides = ["a", "b"].filter((side) => words[side]);
      const parties = sides.map((side) => bare({ party: once(side), side, name: words[side], sort: of(`${side}_sort`), minor: of(`${side}_minor`) ? true : undefined, represented_by: words[`${side}_speaks`] }));
      return { sort: of("sort"), source: of("source"), procedure: of("procedure"), afraid: "no", parties, summary: words.summary };
    }
    case "visit":
      return { words: words.content, hidden: words.hidden };
    default:
      return { party: bare({ party: once("party"), side: of("side"), name: words.name, sort: of("sort"), minor: of("minor") ? true : undefined, represented_by: words.represented_by, phone: words.phone }) };
  }
}
