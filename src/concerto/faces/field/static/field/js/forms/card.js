// What a card knows of a form's questions: who can be chosen, what stands there now, which wording said so.
import { answersOf } from "./showing.js";

/**
 * @import { Before, Card, Named } from "./blanks.js"
 * @import { Answers, Sheet } from "./sheet.js"
 */

/**
 * Who and what can be chosen on a form about this household, the head first.
 * @param {Card | null} card
 * @param {string} today
 * @returns {Record<string, Named[]>}
 */
export function choicesOf(card, today) {
  const isHead = (/** @type {any} */ { id, relation }) => Number(id === card?.head || relation === "head");
  const people = (card?.people ?? []).filter((/** @type {any} */ person) => person.name).sort((/** @type {any} */ one, /** @type {any} */ other) => isHead(other) - isHead(one));
  const nameOf = new Map(people.map((/** @type {any} */ person) => [person.id, person.name]));
  const members = (card?.members ?? [])
    .filter((/** @type {any} */ member) => !member.until || member.until > today)
    .map((/** @type {any} */ member) => ({ ...member, name: nameOf.get(member.resident) ?? "" }));
  const exempt = members.filter((/** @type {any} */ member) => member.exempt);
  const helped = isHelped(card, today) ? people : [];
  const phones = people.filter((/** @type {any} */ person) => person.phones?.length);
  return { people, phones, heads: people, members, exempt, helped, slips: [{ id: "", name: "" }], colleagues: [], houses: [], villages: [] };
}

/**
 * What a form that changes a thing shows of it: the card read as if it had said so.
 * @param {Sheet} sheet
 * @param {Card | null | undefined} card
 * @param {string | undefined} about
 * @returns {Answers}
 */
export function shownOf(sheet, card, about) {
  if (!card || !sheet.changes || sheet.always) return {};
  const said = sheet.changes === "resident" ? personSaid(card, about) : houseSaid(card);
  return answersOf(sheet, said, (text) => ({ text }));
}

/**
 * @param {Card} card
 * @returns {Record<string, any>}
 */
function houseSaid(card) {
  const places = (card.places ?? []).filter((/** @type {any} */ place) => place.words);
  return {
    number: card.number ?? "",
    group: card.group ?? "",
    reached_by: card.reached_by ?? [],
    best_months: card.best_months ?? [],
    head: (card.people ?? []).some((/** @type {any} */ person) => person.id === card.head) ? card.head : null,
    places: places.map((/** @type {any} */ { season, from, to, words }) => {
      return { season, from_month: from, to_month: to, words };
    }),
  };
}

/**
 * @param {Card} card
 * @param {string | undefined} about
 * @returns {Record<string, any>}
 */
function personSaid(card, about) {
  const person = (card.people ?? []).find((/** @type {any} */ one) => one.id === about) ?? {};
  const { name, aliases = [], phones = [], born, relation } = person;
  return { name, aliases, phones, born: born?.length === 10 ? born : null, home: { relation } };
}

/**
 * @param {Sheet} sheet
 * @param {Before} before
 * @param {string} today
 */
export function saidBefore(sheet, before, today) {
  const { body, parts, happened_on } = before;
  const shown = answersOf(sheet, body, (digest) => parts[digest], { happened_on, today });
  return sheet.always && before.body.left_on ? { ...shown, day: [before.body.left_on] } : shown;
}

/**
 * The wording that gave each field its value in this writer's eyes: an own entry not yet sent, else the card's.
 * @param {string} thing
 * @param {string[]} fields
 * @param {Card | null | undefined} card
 * @param {Map<string, string>} own
 */
export function sawOf(thing, fields, card, own) {
  const person = (card?.people ?? []).find((/** @type {any} */ one) => one.id === thing);
  const wordings = (person ?? card)?.w ?? {};
  /** @type {[string, string | null][]} */
  const seen = fields.map((field) => {
    const key = `${thing}.${field}`;
    return [key, own.get(key) ?? wordings[field] ?? wordings[""] ?? null];
  });
  return Object.fromEntries(seen.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * The table for this household on this day: some rules speak only of the helped.
 * @param {any} table
 * @param {Card | null | undefined} card
 * @param {string} day
 */
export function tableFor(table, card, day) {
  const helped = isHelped(card, day);
  return { ...table, rules: table.rules.filter((/** @type {any} */ rule) => helped || !rule.helped) };
}

/** Whether somebody helps it on a day, with its agreement. @param {Card | null | undefined} card @param {string} day */
export function isHelped(card, day) {
  return (card?.helpers ?? []).some(
    (/** @type {any} */ { helps = true, since, helps_from = since, until }) =>
      helps && (!helps_from || helps_from <= day) && (!until || until >= day),
  );
}
