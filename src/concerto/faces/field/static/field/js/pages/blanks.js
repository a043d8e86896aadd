// The blank forms: fetched once in signal, kept by the browser, and the words for codes that their choices hold.
import { forget } from "../forms/blanks.js";
import { blankOf, learn } from "../forms/fill.js";
import { facts } from "./words.js";

export const FORMS = [
  "visit", "gathering", "household", "household_change", "household_places", "household_left", "resident", "resident_change", "resident_left",
  "own_study", "study", "heart_talk", "meeting",
  "need_step", "need_word", "deed", "deeds", "consent", "screening",
];

const [FIRST] = FORMS; // it comes by itself, all others in one piece
/** @type {Map<string, Promise<ParentNode>>} */
const kept = new Map();

/** @param {string} name @param {(name: string) => Promise<ParentNode>} make */
function once(name, make) {
  const before = kept.get(name);
  if (before) return before;
  const made = make(name);
  kept.set(name, made);
  made.catch(() => kept.delete(name));
  return made;
}

/** @param {string} name */
export function blank(name) {
  return once(name, learned);
}

/** @param {string} name @returns {Promise<ParentNode>} */
async function learned(name) {
  const isFirst = name === FIRST;
  const page = await once(isFirst ? `${facts.forms}${name}/` : facts.forms, fetched);
  const fragment = isFirst ? page : /** @type {HTMLTemplateElement | null} */ (page.querySelector(`template[data-blank="${name}"]`))?.content;
  if (!fragment) throw new Error(`no blank of ${name}`);
  if (!isFirst) await blank(FIRST).catch(() => null); // it brings what words are not kept
  learn(name, fragment);
  return fragment;
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no blanks at ${address}`);
  return blankOf(await answer.text());
}

/** In the language of the page, which is another one now. */
export function anew() {
  kept.clear();
  forget();
  return allBlanks();
}

/** All of them, so that their words are known; those that can't be had are left out. */
export async function allBlanks() {
  const found = await Promise.all(FORMS.map(async (name) => /** @type {const} */ ([name, await blank(name).catch(() => null)])));
  return new Map(found.filter(([, fragment]) => fragment !== null));
}

/**
 * One answer in the words of its form.
 * @param {ParentNode | null | undefined} fragment
 * @param {string} field
 * @param {string} value
 */
export function answerWords(fragment, field, value) {
  for (const root of rootsOf(fragment)) {
    for (const control of root.querySelectorAll(`[name="${field}"]`)) {
      if (control.tagName === "SELECT") {
        const option = [...control.querySelectorAll("option")].find((one) => one.getAttribute("value") === value);
        if (option?.textContent) return option.textContent.trim();
      } else if (control.getAttribute("value") === value) {
        const words = control.closest("label")?.textContent?.trim();
        if (words) return words;
      }
    }
  }
  return value;
}

/**
 * What a form asks under this name.
 * @param {ParentNode | null | undefined} fragment
 * @param {string} field
 */
export function questionWords(fragment, field) {
  for (const root of rootsOf(fragment)) {
    const holder = root.querySelector(`[data-field="${field}"]`);
    const asked = holder?.querySelector("legend, label");
    if (asked) return [...asked.childNodes].filter((node) => !(node instanceof Element) || !node.matches(".optional, svg")).map((node) => node.textContent).join("").trim();
  }
  return "";
}

/** The form, and what its templates hold. @param {ParentNode | null | undefined} fragment @returns {ParentNode[]} */
function rootsOf(fragment) {
  if (!fragment) return [];
  return [fragment, ...[...fragment.querySelectorAll("template")].flatMap((template) => rootsOf(template.content))];
}
