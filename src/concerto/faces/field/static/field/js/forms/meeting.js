// What a meeting may not say beyond its shape, as the door finds it, and its votes as they are counted.
// A test holds the mistakes equal to those of the door.
import { outcomeOf } from "../../../desk/js/voting.js";

/**
 * @import { Mistake } from "./blanks.js"
 * @typedef {{ base: number, present: number, yes: number }} Tally
 */

/** Those of the base who were there. @param {any} body @returns {Set<string>} */
function thereAt({ base = [], attendance = [] }) {
  const counted = new Set(base);
  return new Set(attendance.filter((/** @type {any} */ one) => one.how === "present" && counted.has(one.member)).map((/** @type {any} */ one) => one.member));
}

/** The vote that left somebody out counts against the whole base. @param {any} body @param {any} item @returns {Tally} */
function tallyOf(body, item) {
  const leftOut = body.left_out ?? [];
  const whole = leftOut.some((/** @type {any} */ one) => (body.items ?? [])[one.adopted_by] === item);
  return { base: (body.base ?? []).length + (whole ? leftOut.length : 0), present: thereAt(body).size - (item.away ?? []).length, yes: item.votes?.yes ?? 0 };
}

/** Every vote of a meeting. @param {any} body @returns {Tally[]} */
export function votesOf(body) {
  return (body.items ?? []).filter((/** @type {any} */ item) => item.sort === "vote").map((/** @type {any} */ item) => tallyOf(body, item));
}

/**
 * The first thing that the door would refuse of a body whose fields all fit.
 * @param {any} body
 * @returns {(Mistake & { item?: number, left?: number }) | null}
 */
export function brokenInMeeting(body) {
  const base = new Set(body.base ?? []);
  const leftOut = body.left_out ?? [];
  if (leftOut.some((/** @type {any} */ one) => base.has(one.member))) return { field: "", code: "asked_twice" };
  if ((body.attendance ?? []).some((/** @type {any} */ one) => one.how === "observer" && base.has(one.member))) {
    return { field: "", code: "base_does_not_look_on" };
  }
  const items = body.items ?? [];
  for (let at = 0; at < items.length; at += 1) {
    const wrong = brokenInItem(body, items[at]);
    if (wrong) return { field: "", item: at, ...wrong };
  }
  const left = leftOut.findIndex((/** @type {any} */ { adopted_by }) => {
    const item = items[adopted_by];
    return item?.sort !== "vote" || outcomeOf(tallyOf(body, item)) !== "passed";
  });
  return left < 0 ? null : { field: "", left, code: "left_out_without_adoption" };
}

/**
 * @param {any} body
 * @param {any} item
 * @returns {{ code: string, facts?: Record<string, any> } | null}
 */
function brokenInItem(body, item) {
  if (item.sort !== "talk" && (body.base ?? []).length === 0) return { code: "base_of_the_meeting" };
  const there = thereAt(body);
  if ((item.away ?? []).some((/** @type {string} */ one) => !there.has(one))) return { code: "away_who_was_not_there" };
  if (item.sort !== "vote") return null;
  const tally = tallyOf(body, item);
  if (!item.votes && outcomeOf(tally) !== "no_valid_vote") return { code: "figures_of_the_vote" };
  const { yes = 0, no = 0, abstain = 0, not_cast = 0 } = item.votes ?? {};
  const given = item.votes ? yes + no + abstain + not_cast : tally.present;
  return given === tally.present ? null : { code: "votes_do_not_add_up", facts: { given, present: tally.present } };
}
