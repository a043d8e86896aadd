// What a household and its people answered last to each purpose, with what waits here.
import { isUnsent, lastOf } from "./told.js";

const OWN_WORD_FROM = 14; // years; under it a guardian answers

/**
 * @import { Own } from "./told.js"
 * `who` where it was one of its people.
 * @typedef {{ for: string, who?: string, answer: string, on: string, here?: boolean }} Answer
 */

/** The later day stands, and of one day what was recorded last. @param {Answer[]} known @param {string} house @param {Own} own @returns {Answer[]} */
export function answersWith(known, house, own) {
  const latest = new Map(known.map((one) => [`${one.for} ${one.who ?? ""}`, one]));
  for (const strand of own.strands.values()) {
    const last = lastOf(strand);
    if (last?.said.kind !== "consent" || !isUnsent(last) || last.said.body?.household !== house) continue;
    const { body: { purpose, resident: who, answer }, happened_on: on } = last.said;
    const key = `${purpose} ${who ?? ""}`;
    if (on >= (latest.get(key)?.on ?? "")) latest.set(key, { for: purpose, who, answer, on, here: true });
  }
  return [...latest.values()];
}

/** Whether somebody is surely under fourteen on a day, as the door asks: of a year alone its first day counts. @param {string} born @param {string} day */
export function isChild(born, day) {
  if (!/^\d{4}(?:-\d\d){0,2}$/.test(born)) return false; // not known, or written otherwise
  const [year, month = "01", at = "01"] = born.split("-");
  return day < [Number(year) + OWN_WORD_FROM, month, at].join("-");
}
