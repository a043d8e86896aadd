// How far a need is, by the server's own table: what was recorded here and not sent yet is taken along.
import { isUnsent, lastOf } from "./told.js";

/**
 * @import { Own, Told } from "./told.js"
 * @typedef {Record<string, Record<string, string>>} Turns by each step, from which state it leads to which
 * `owned` and `stated` are the wordings that said who sees to it and how it was decided; `asked` the first and the last
 * day on which its household was asked for its word and not reached; `askers` how many households asked, where several did.
 * @typedef {{ id: string, sort: string, state: string, on: string, owner?: string, owned?: string, stated?: string, last?: string, askers?: number, asked?: string[], here?: boolean }} Need
 */

const A_DAY = 86_400_000;
/** Five working days are at least as many days; whether they were is for the server, which knows the days off. */
const DAYS_BETWEEN = 5;

/** Where a step leads; what the table does not have stays as it is. @param {Turns} turns @param {string} state @param {string} step */
export function after(turns, state, step) {
  return turns[step]?.[state] ?? state;
}

/** Open needs as they stand with what waits here. @param {Need[]} needs @param {Own} own @param {Turns} turns @param {string[]} tells what is told so that a word can be asked of it @returns {Need[]} */
export function standing(needs, own, turns, tells) {
  const steps = [...own.strands.values()].flatMap((strand) => lastOf(strand) ?? []).filter((last) => last.said.body && isUnsent(last));
  steps.sort((one, other) => Number(one.said.happened_on > other.said.happened_on) - Number(one.said.happened_on < other.said.happened_on));
  return needs.map((need) => {
    const here = steps.filter(({ said }) => said.body.need === need.id);
    const now = here.reduce((one, { said }) => moved(one, said, turns, tells), need);
    return here.length > 0 ? { ...now, here: true } : need;
  });
}

/** @param {Need} need @param {any} said @param {Turns} turns @param {string[]} tells @returns {Need} */
function moved(need, { id, happened_on, body: { step, word, owner, told_of } }, turns, tells) {
  const isHeld = step === "told" && (!tells.includes(told_of) || (need.askers ?? 1) > 1); // the others who asked are told by theirs
  const asked = step === "asked" ? [need.asked?.[0] ?? happened_on, happened_on] : word ? undefined : need.asked;
  const now = { ...need, asked, state: isHeld ? need.state : after(turns, need.state, step ?? word) };
  return step === "owned" ? { ...now, owner, owned: id } : now;
}

/** Whether it may be recorded here that nobody answered: its owner's to say, after two askings. @param {Need} need @param {string} self */
export function isUnanswered({ owner, asked: [first, last] = [] }, self) {
  return (!owner || owner === self) && Date.parse(last) - Date.parse(first) >= DAYS_BETWEEN * A_DAY;
}
