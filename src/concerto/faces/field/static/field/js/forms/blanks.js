// A blank as the desk answers it, and what the modules of a form say to each other.

/**
 * @import { Answers, Composed, Part, Sheet } from "./sheet.js"
 * @import { Shape } from "./rules.js"
 * @import { Told } from "../pages/told.js"
 * @typedef {{ id: string, name: string }} Named
 * @typedef {{ field: string, code: string, facts?: Record<string, any> }} Mistake
 * @typedef {Record<string, any>} Card
 * What is corrected, or was sent back: its last wording as its writer may read it. `first` for a correction;
 * `instead_of` (all ids it stands for) and `saw` for what was never filed.
 * @typedef {{
 *   first?: string, last?: string, instead_of?: string[], saw?: Record<string, string | null>, counts_for?: string,
 *   body: Record<string, any>, parts: Record<string, Part>, happened_on: string,
 * }} Before
 * @typedef {{
 *   sheet: Sheet, sheets: Record<string, Sheet>, table: any, words: Record<string, string>,
 *   rules: { bodies: Record<string, Shape>, phrases: string[] } | null,
 * }} Known
 * @typedef {{
 *   fragment: ParentNode, card?: Card | null, about?: string, today: string, before?: Before | null,
 *   draft?: Answers | null, each?: Record<string, Named[]>,
 * }} Opening
 * @typedef {{
 *   about?: string, account: string, log: string, now: string, today?: string, card?: Card | null,
 *   own?: Map<string, string>, before?: Before | null, unit?: string, device?: string, number?: number,
 *   seen?: Record<string, string | null>, since?: string, written?: Told[],
 *   check?: (known: Known, answers: Answers, told: Composed[], writing: Writing) => Mistake[],
 *   newId?: (at: number, name: string) => string, saltOf?: (at: number, name: string) => string,
 * }} Writing
 * @typedef {{
 *   kind: string, form: string, name: string, household: string, about: string, parts: string[], on: string,
 * }} Shows
 * @typedef {{ said: string, sealed: Part[] }} Item
 * @typedef {{ said: string, sealed: Part[], shows: Shows, id: string }} Entry
 * @typedef {{
 *   id: string,
 *   write: (given: { number: number, device: string }) => { id: string, item: Item, shows: Shows },
 * }} ToWrite
 */

/** @type {Map<string, Known>} */
const known = new Map();
/** What is not kept here: the blank of a visit brings it for all. @type {string[]} */
let phrases = [];

/**
 * What is known of a form whose blank was opened.
 * @param {string} name
 * @returns {Known}
 */
export function knownOf(name) {
  const one = known.get(name);
  if (!one) throw new Error(`no blank of ${name} was opened`);
  return one;
}

/** What was read in another language is read anew. */
export function forget() {
  known.clear();
}

/**
 * The blank as a piece of document, of the text that the desk answered. No script of it runs.
 * @param {string} text
 * @returns {ParentNode}
 */
export function blankOf(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/**
 * Reads what a blank says of itself, so that entries of its form can be written. Opening a form does it too.
 * @param {string} name
 * @param {ParentNode} fragment
 * @returns {Known}
 */
export function learn(name, fragment) {
  const found = known.get(name);
  if (found) return found;
  const data = (/** @type {string} */ id) => JSON.parse(fragment.querySelector(`script#${id}`)?.textContent || "null");
  const sheets = data("blank-sheets");
  const rules = data("blank-rules");
  if (rules?.phrases.length) phrases = rules.phrases;
  else if (rules) rules.phrases = phrases;
  const one = { sheet: sheets[name], sheets, table: data("visit-table"), words: data("blank-words") ?? {}, rules };
  known.set(name, one);
  return one;
}

/**
 * @param {ParentNode} fragment
 * @param {string} part
 */
export function textOf(fragment, part) {
  return fragment.querySelector(`[data-part="${part}"]`)?.textContent?.trim() ?? "";
}

/**
 * @param {string} text
 * @param {Record<string, any>} facts
 */
export function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
