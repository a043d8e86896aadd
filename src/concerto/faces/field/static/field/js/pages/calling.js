// Whom a round still asks for, and who may be called: of what is owed, of what was recorded since, and of consents.
import { answersWith } from "./agreed.js";
import { linesOf } from "./owing.js";
import { lastOf } from "./told.js";

/**
 * @import { Card } from "./overlay.js"
 * @import { Line, Standing } from "./owing.js"
 * @import { Own, Told } from "./told.js"
 */

/** The duty of a round, as the server names it. */
export const ROUND = "round-contact";
const REFUSED = new Set(["declined", "withdrawn"]);

/** What rounds that run on a day ask for, by household, whoever owes it in the village. @param {Standing | null} standing @param {string} day @returns {Map<string, Line>} */
export function askedFor(standing, day) {
  const lines = standing?.rows ? linesOf({ ...standing, rows: [...standing.rows, ...(standing.rounds ?? [])] }) : [];
  const running = lines.filter(({ duty, verdict = "open", since, due }) => duty === ROUND && verdict === "open" && since <= day && day <= due);
  return new Map(running.map((line) => [line.about, line]));
}

/** Whether somebody does not agree to be called: their own answer first, else their household's; who was not asked does not refuse. @param {Card} card @param {string} person @param {Own} own */
export function refusesCalls(card, person, own) {
  const answers = answersWith(card.consents ?? [], card.id, own).filter((one) => one.for === "phone");
  const said = answers.find(({ who }) => who === person) ?? answers.find(({ who }) => !who);
  return REFUSED.has(said?.answer ?? "");
}

/** The last call on a household that was recorded here since a day and stands. @param {Own} own @param {string} house @param {string} since @returns {Told | undefined} */
export function callOn(own, house, since) {
  const last = [...own.strands.values()].map(lastOf);
  return last.filter((told) => {
    const { kind, body, happened_on: on } = told?.said ?? {};
    return kind === "visit" && body?.channel === "phone_call" && body.households.includes(house) && on >= since;
  }).at(-1);
}

/** How a call went, as the form of a visit would say it. @param {string} outcome */
export function answersFor(outcome) {
  return { day: ["today"], channel: ["phone_call"], met: [outcome], ...(outcome === "met" && { change: ["no_change"] }) };
}
