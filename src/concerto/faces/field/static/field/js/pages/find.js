// Finding households as the desk does: by any name, in signs or pinyin, by the tail of a phone, by number.
import { plain } from "../forms/letters.js";

export { isHelped } from "../forms/card.js";

/** @import { Card } from "./overlay.js" */

/**
 * @typedef {{ card: Card, met: string[] }} Found
 */

const MARKS = /[\s\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u25cf\u2e31\u02d9\u0387.\u3002\uff61\-\u2010-\u2014\u2212_'’]/gu;
const TAIL = 4;

/**
 * What is compared: no case, no spaces, no marks between the parts of a name.
 * @param {string} text
 */
export function searchForm(text) {
  return plain(text).normalize("NFC").replace(MARKS, "").toLowerCase();
}

/**
 * The test of a person for what was typed; null where it can fit nobody.
 * @param {string} text
 * @returns {((person: any) => boolean) | null}
 */
export function matching(text) {
  const written = plain(text).replaceAll(" ", "").replaceAll("-", "");
  if (/^\d+$/.test(written)) {
    if (written.length < TAIL) return null;
    return (person) => phonesOf(person).some((phone) => (written.length === TAIL ? phone.endsWith(written) : phone.includes(written)));
  }
  const key = searchForm(text);
  if (!key) return null;
  // Latin letters are the beginning of a reading, so that `ml` finds whoever is called 木拉提; signs may stand anywhere.
  if (/^[\x20-\x7e]+$/.test(key)) return (person) => keysOf(person).some((word) => word.startsWith(key));
  return (person) => keysOf(person).some((word) => word.includes(key));
}

/** @param {any} person @returns {string[]} */
function phonesOf(person) {
  return (person.phones ?? []).map((/** @type {string} */ phone) => phone.replace(/\D/g, ""));
}

/** @param {any} person @returns {string[]} */
function keysOf(person) {
  const { find } = person;
  const written = Array.isArray(find) ? find : String(find ?? "").split(" ");
  return [...written, ...[person.name, ...(person.aliases ?? [])].map((name) => searchForm(name ?? ""))].filter(Boolean);
}

/** The head, else who says so of themselves, else the first. @param {Card} card */
export function headOf(card) {
  const people = livingIn(card);
  return people.find((/** @type {any} */ one) => one.id === card.head) ?? people.find((/** @type {any} */ one) => one.relation === "head") ?? people[0] ?? null;
}

/** @param {Card} card @returns {any[]} */
export function livingIn(card) {
  return (card.people ?? []).filter((/** @type {any} */ one) => !one.left_on);
}

/**
 * The households that fit, in the order of villages and of their own numbers; who has left stands at no place.
 * @param {Iterable<Card>} cards
 * @param {string} text
 * @param {string[]} villages
 * @returns {Found[]}
 */
export function findIn(cards, text, villages) {
  const asked = plain(text);
  const fits = asked ? matching(asked) : null;
  const number = asked.replaceAll(" ", "");
  const numbers = /^\d+$/.test(number) ? [number, ...[2, 3, 4].map((length) => number.padStart(length, "0"))] : [number];
  /** @type {Found[]} */
  const found = [];
  for (const card of cards) {
    if (card.left_on) continue;
    const met = fits ? livingIn(card).filter((person) => !person.restricted && fits(person)) : [];
    if (asked && met.length === 0 && !(card.number && numbers.includes(card.number))) continue;
    const head = headOf(card);
    found.push({ card, met: met.filter((person) => person !== head).map((person) => person.name) });
  }
  const at = (/** @type {Card} */ card) => (villages.indexOf(card.village) + 1 || villages.length + 1);
  const digits = (/** @type {Card} */ card) => (card.number ? card.number.length : 99);
  return found.sort(({ card: one }, { card: other }) => {
    const order = at(one) - at(other) || digits(one) - digits(other);
    return order || compare(one.number ?? "", other.number ?? "") || compare(one.id, other.id);
  });
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}
