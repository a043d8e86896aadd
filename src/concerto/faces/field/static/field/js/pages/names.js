// What things are called on this phone: households by their heads, entries by kind and household, values in plain words.
import { headOf, livingIn } from "./find.js";
import { clause, count, day, label, labels, listed, monthOf, say } from "./words.js";

/**
 * @import { EntryRow } from "../shelf/shelf.js"
 * @import { Card } from "./overlay.js"
 * @import { Texts } from "../forms/showing.js"
 * @import { Phone } from "./phone.js"
 * @import { Told } from "./told.js"
 */

/** @param {Card | null | undefined} card */
export function titleOf(card) {
  const head = card ? headOf(card) : null;
  if (!card || (!head && !card.number)) return say("household_nameless");
  if (!head || head.restricted) return say("household_number", { number: card.number });
  return say("household_of", { name: head.name || say("nameless") });
}

/** @param {any} person */
export function calledOf(person) {
  return person.restricted ? say("locked") : person.name || say("nameless");
}

/** The line under a household's name. @param {Phone} phone @param {Card} card @param {boolean} helped */
export function lineOf(phone, card, helped) {
  const village = phone.villages().find(({ id }) => id === card.village)?.name;
  const number = card.number ? say("number", { number: card.number }) : "";
  return clause([village, card.group, number, count("people", livingIn(card).length), helped && say("helped")]);
}

/** @param {any[]} places @param {number} month @returns {{ months: string, season: string, words: string, isNow: boolean }[]} */
export function placesIn(places, month) {
  return (places ?? []).map(({ season, from, to, words }) => ({
    months: monthsOf(from, to),
    season: label("seasons", season),
    words: words ?? "",
    isNow: from <= to ? from <= month && month <= to : month >= from || month <= to,
  }));
}

/** @param {number} from @param {number} to */
function monthsOf(from, to) {
  if (from === to) return monthOf(from);
  if (from === 1 && to === 12) return say("all_year");
  return say("from_to", { first: monthOf(from), last: monthOf(to) });
}

/**
 * The value of a field as it stands on a card, in words.
 * @param {string} field
 * @param {any} value
 * @param {(id: string) => string} nameOf people by their ids
 */
export function valueWords(field, value, nameOf) {
  if (value === null || value === undefined || value === "") return "";
  if (field === "places") return placesIn(value, 0).map(({ season, months, words }) => clause([season, months, words])).join("\n");
  if (field === "reached_by") return listed(value.map((/** @type {string} */ way) => label("reached", way)));
  if (field === "best_months") return listed(value.map((/** @type {any} */ one) => monthOf(Number(one))));
  if (field === "head") return nameOf(value);
  if (field === "home") return label("relations", value.relation);
  if (field === "left_on" || (field === "born" && value.length === 10)) return day(value);
  return Array.isArray(value) ? listed(value) : String(value);
}

/** The value of a field in the body of an entry, as it would stand on a card. @param {string} field @param {any} value @param {Texts} texts */
export function onCard(field, value, texts) {
  const text = (/** @type {string | null} */ digest) => (digest ? (texts(digest)?.text ?? "") : "");
  if (field === "name" || field === "born") return text(value);
  if (field === "aliases" || field === "phones") return value.map(text).filter(Boolean);
  if (field === "places") return value.map((/** @type {any} */ one) => ({ season: one.season, from: one.from_month, to: one.to_month, words: text(one.words) }));
  return value;
}

/** @param {Phone} phone @param {string} id */
export function personName(phone, id) {
  for (const card of phone.cards.values()) {
    const person = card.people?.find((/** @type {any} */ one) => one.id === id);
    if (person) return calledOf(person);
  }
  return say("unknown_thing");
}

/** What sort of entry it is. @param {Told} told */
export function kindOf(told) {
  const { said, shows } = told;
  const kind = said.kind === "visit" ? label("channels", said.body?.channel ?? shows.channel ?? "visit") : shows.act ? label("case_acts", shows.act) : said.body?.step ? label("need_acts", said.body.step) : label("kinds", said.kind);
  if (said.body === null) return say("taken_back", { kind });
  return said.corrects ? say("correction_of", { kind }) : kind;
}

const AT_A_BRANCH = new Set(["meeting", "study", "heart_talk", "screening"]);

/** What an entry is called in a list. @param {Phone} phone @param {Told} told */
export function entryTitle(phone, told) {
  const { said, shows } = told;
  if (said.kind === "settled") return clause([label("kinds", "settled"), shows.name]);
  const card = phone.cards.get(shows.household);
  const name = said.kind.startsWith("resident") ? shows.name : card ? (headOf(card)?.name ?? card.number ?? shows.name) : shows.name || (AT_A_BRANCH.has(said.kind) ? phone.unitNamed(said.unit) : "");
  const others = (said.body?.households?.length ?? 1) - 1;
  const whom = others > 0 ? count("households", others + 1) : name;
  return whom ? say("kind_and_name", { kind: kindOf(told), name: whom }) : kindOf(told);
}

/** In which ledgers it stands, for those who do not see the staff. @param {string[]} parts @param {string} [state] */
export function chordWords(parts, state = "met") {
  const names = Object.entries(labels("ledgers_named")).filter(([part]) => parts.includes(part)).map(([, name]) => name);
  const words = say("recorded_in", { ledgers: listed(names) });
  const shown = label("marks", state);
  return state === "met" || !shown ? words : say("state_and", { state: shown, words });
}

/**
 * An answer's words, in the language that the page speaks now: those of its code; where that is not known, or what they
 * speak of did not come along, those that came with it.
 * @param {Partial<Pick<EntryRow, "code" | "why" | "facts">>} answer
 * @param {string} [kind]
 */
export function whyOf({ code = "", why = "", facts }, kind = "refusals") {
  const words = label(kind, code).replace(/\{(\w+)\}/g, (_, name) => String(facts?.[name] ?? "…"));
  return words === code || (why && words.includes("…")) ? why : words;
}
