// What a household and its people answered last to each purpose, with what waits here.
import { isUnsent, lastOf } from "./told.js";

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
