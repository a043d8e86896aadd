// What an entry says, in the questions and answers of its own form; and in which ledgers it will stand.
import { answersOf } from "../forms/showing.js";
import { knownOf } from "../forms/blanks.js";
import { tableFor } from "../forms/card.js";
import { votesOf } from "../forms/meeting.js";
import { lineOf } from "../../../desk/js/voting.js";
import { groupNamed, residentOf } from "./branch.js";
import { posted } from "../../../desk/js/preview.js";
import { answerWords, blank, questionWords } from "./blanks.js";
import { personName, titleOf, valueWords, onCard } from "./names.js";
import { KIND as SPOT, spotFacts } from "./spot.js";
import { stepFacts } from "./steps.js";
import { fieldsOf } from "./told.js";
import { turnWords } from "./turns.js";
import { day, label, listed, say } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Told } from "./told.js"
 * @import { Texts } from "../forms/showing.js"
 */

const UUID = /^[0-9a-f]{8}-/;
const CHANGES = new Set(["household_change", "resident_change", "household", "resident"]);

/** Which form says such an entry. @param {any} said @param {any} [shows] */
export function formOf(said, shows = {}) {
  if (shows.form) return shows.form;
  if (said.kind === "deed" && said.body?.households?.length > 1) return "deeds";
  if (said.kind === "visit") return said.body?.channel === "gathering" ? "gathering" : "visit";
  const fields = Object.keys(said.body ?? {});
  if (said.kind === "household_change") return fields.includes("left_on") ? "household_left" : fields.includes("places") ? "household_places" : "household_change";
  if (said.kind === "resident_change") return fields.includes("left_on") ? "resident_left" : "resident_change";
  return said.kind;
}

/**
 * @param {Phone} phone
 * @param {any} said
 * @param {any} shows
 * @returns {Promise<[string, string][]>}
 */
export async function factsOf(phone, said, shows) {
  if (!said.body) return [];
  const erased = await erasedIn(phone, said);
  const gone = { text: say("words_erased") };
  const texts = (/** @type {string} */ digest) => phone.own.parts[digest] ?? (erased.has(digest) ? gone : undefined);
  if (CHANGES.has(said.kind)) return registerFacts(phone, said, texts);
  if (shows?.answers) return stepFacts(phone, said, shows);
  const form = formOf(said, shows);
  if (form === SPOT) return spotFacts(phone, said);
  const fragment = await blank(form).catch(() => null);
  if (!fragment) return [];
  const { sheet } = knownOf(form);
  const answers = answersOf(sheet, said.body, texts, { happened_on: said.happened_on, today: "" });
  delete answers.day;
  delete answers.step; // what a step is called stands in its title
  const roll = said.kind === "meeting" ? attendance(phone, said, answers, fragment) : [];
  const names = [...fragment.querySelectorAll("[name]"), ...[...fragment.querySelectorAll("template")].flatMap((one) => [...one.content.querySelectorAll("[name]")])]
    .map((control) => control.getAttribute("name") ?? "");
  /** @type {[string, string][]} */
  const found = [];
  const place = new Map([...new Set(names)].map((name, n) => [name, n]));
  const asked = Object.entries(answers).filter(([name]) => name !== "on").sort(([one], [other]) => (place.get(one) ?? 99) - (place.get(other) ?? 99));
  for (const [name, given] of asked) {
    const isDay = ["day", "ahead"].includes(sheet.asks[name]?.read ?? "");
    const words = given.map((one) => (isDay ? day(one) : UUID.test(one) ? thingName(phone, one) : name === "outcome" ? label("need_outcomes", one) : name === "purpose" ? label("purposes", one) : name === "answer" ? label("consent_answers", one) : answerWords(fragment, name, one)));
    found.push([questionWords(fragment, name) || "", listed(words)]);
  }
  const late = said.counts_for ? [/** @type {[string, string]} */ ([say("turn_counts"), say("turn_late", { turn: turnWords(said.counts_for) })])] : [];
  return [...late, ...found, ...roll];
}

/**
 * Who was at a meeting, by how they stand on its list; then each vote in its line, with the base it was counted against.
 * @param {Phone} phone
 * @param {any} said
 * @param {Record<string, string[]>} answers of which those of the list are taken out
 * @param {ParentNode} fragment
 * @returns {[string, string][]}
 */
function attendance(phone, { body }, answers, fragment) {
  for (const name of Object.keys(answers)) if (/^(?:who|how)_|^base$/.test(name)) delete answers[name];
  /** @type {Map<string, string[]>} */
  const by = new Map();
  for (const { member, how } of body.attendance ?? []) by.set(how, [...(by.get(how) ?? []), thingName(phone, member)]);
  const { words } = JSON.parse(fragment.querySelector("script#vote-words")?.textContent || "{}");
  const lines = votesOf(body).map((tally) => /** @type {[string, string]} */ ([answerWords(fragment, "item_1", "vote"), words ? lineOf(tally, words) : ""]));
  return [...[...by].map(([how, names]) => /** @type {[string, string]} */ ([answerWords(fragment, "how_{n}", how), listed(names)])), ...lines];
}

/**
 * Words of an own entry that were erased: it names them, and its row does not any more. What merely never came to this
 * phone is not among them.
 * @param {Phone} phone
 * @param {any} said
 * @returns {Promise<Set<string>>}
 */
async function erasedIn(phone, { id, sealed = [] }) {
  const rows = await phone.shelf?.lend?.((_home, outbox) => outbox.rows()).catch(() => []);
  const row = rows?.find((one) => one.id === id);
  return new Set(row ? sealed.filter((/** @type {string} */ digest) => !row.digests.includes(digest)) : []);
}

/** @param {Phone} phone @param {any} said @param {Texts} texts @returns {[string, string][]} */
function registerFacts(phone, said, texts) {
  const { told_by } = said.body;
  const from = told_by ? [/** @type {[string, string]} */ ([label("fields", "told_by"), label("told_bys", told_by)])] : [];
  const found = fieldsOf(said).filter((field) => field !== "village").map((field) => {
    const value = valueWords(field, onCard(field, said.body[field], texts), (id) => personName(phone, id));
    return /** @type {[string, string]} */ ([label("fields", field), value]);
  }).filter(([, words]) => words);
  return [...found, ...from];
}

/** @param {Phone} phone @param {string} id */
function thingName(phone, id) {
  const card = phone.cards.get(id);
  return card ? titleOf(card) : phone.called(id) || groupNamed(phone, id) || personName(phone, residentOf(phone, id));
}

/**
 * The words on each line it stands on.
 * @param {Phone} phone
 * @param {Told} told
 * @returns {Promise<Map<string, string>>}
 */
export async function linesOf(phone, told) {
  const { said, shows } = told;
  if (!said.body) return new Map(); // what takes back stands on no line
  const plain = new Map((shows.parts ?? []).map((/** @type {string} */ part) => [part, label("ledgers_named", part)]));
  if (CHANGES.has(said.kind) || shows.act) return plain;
  const form = formOf(said, shows);
  const fragment = await blank(form).catch(() => null);
  const known = fragment ? knownOf(form) : null;
  if (!known?.table) return plain;
  const answers = answersOf(known.sheet, said.body, (digest) => phone.own.parts[digest], { happened_on: said.happened_on, today: "" });
  const table = tableFor(known.table, phone.cards.get(shows.household), said.happened_on);
  const lines = posted(table, new Map([...Object.entries(answers), ...Object.entries(table.given ?? {})]));
  return new Map([...plain].map(([part, words]) => [part, lines.get(part) ?? words]));
}

