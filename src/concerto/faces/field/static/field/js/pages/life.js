// How far a need is, by the server's own table: what was recorded here and not sent yet is taken along.
import { isUnsent, lastOf } from "./told.js";

/**
 * @import { Own } from "./told.js"
 * @typedef {Record<string, Record<string, string>>} Turns by each step, from which state it leads to which
 * @typedef {{ id: string, sort: string, state: string, on: string, owner?: string, owned?: string, last?: string, here?: boolean }} Need
 */

/** Where a step leads; what the table does not have stays as it is. @param {Turns} turns @param {string} state @param {string} step */
export function after(turns, state, step) {
  return turns[step]?.[state] ?? state;
}

/** Open needs as they stand with what waits here. @param {Need[]} needs @param {Own} own @param {Turns} turns @returns {Need[]} */
export function standing(needs, own, turns) {
  const steps = [...own.strands.values()].map(lastOf).filter((last) => last?.said.body && isUnsent(last));
  return needs.map((need) => {
    const here = steps.flatMap((last) => (last && last.said.body.need === need.id ? [last.said.body] : []));
    const now = here.reduce((one, { step, word, owner }) => ({ ...one, state: after(turns, one.state, step ?? word), owner: owner ?? one.owner }), need);
    return here.length > 0 ? { ...now, here: true } : need;
  });
}
