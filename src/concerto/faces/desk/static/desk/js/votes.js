// While a meeting is written, each vote says in one line what comes of it, and whether its figures add up.
import { belonging, leftOutIn, rowsIn } from "./roll.js";
import { leastOf, lineOf, outcomeOf, said } from "./voting.js";

/** @import { Tally, Words } from "./voting.js" */

const FIGURES = ["yes", "no", "abstain", "not_cast"];

/** @param {HTMLElement} roll the rows of the members, whose `data-votes` names the words */
export function watchVotes(roll) {
  const form = roll.closest("form");
  const { words } = JSON.parse(form?.querySelector(`#${roll.dataset.votes}`)?.textContent || "null") ?? {};
  if (!form || !words) return;
  const draw = () => {
    const answers = new FormData(form);
    const counted = countedIn(roll, answers);
    const leftOut = leftOutIn(answers);
    const adopting = new Set(leftOut.values());
    const there = counted.filter((row) => answers.get(row.dataset.how ?? "") === "present");
    const names = new Set(there.map(({ dataset }) => dataset.member ?? ""));
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-item]"))) {
      offerAway(item, names);
      const base = counted.length + (adopting.has(item.dataset.item ?? "") ? leftOut.size : 0);
      const away = new Set(answers.getAll(`away_${item.dataset.item}`).map(String));
      const present = there.filter((row) => !away.has(row.dataset.member ?? "")).length;
      const [yes, ...others] = FIGURES.map((figure) => Number(answers.get(`${figure}_${item.dataset.item}`)) || 0);
      const given = others.reduce((sum, one) => sum + one, yes);
      put(item, "[data-vote-line]", standing({ base, present, yes }, given, words));
      put(item, "[data-vote-sum]", given === present ? "" : said(words.sum, { given, present }));
    }
  };
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
}

/**
 * What comes of a vote is said once its figures add up; before that only what it needs.
 * @param {Tally} tally
 * @param {number} given
 * @param {Words} words
 */
export function standing(tally, given, words) {
  if (given === tally.present || outcomeOf(tally) === "no_valid_vote") return lineOf(tally, words);
  return said(words.open, { ...tally, least: leastOf(tally.base) });
}

/**
 * The rows that count in the base of this form of meeting, without those who are left out of it.
 * @param {HTMLElement} roll
 * @param {FormData} answers
 */
export function countedIn(roll, answers) {
  const rows = rowsIn(roll);
  const leftOut = leftOutIn(answers);
  return dueIn(rows, answers).filter(({ dataset }) => !leftOut.has(dataset.member ?? ""));
}

/**
 * Who with a vote should be there. Where no seat or group is known, who with a vote is named.
 * @param {HTMLElement[]} rows
 * @param {FormData} answers
 */
function dueIn(rows, answers) {
  const form = String(answers.get("form") ?? "");
  if (!["members", "committee", "group"].includes(form)) return [];
  const isNamed = (/** @type {HTMLElement} */ { dataset }) => !["", "observer"].includes(String(answers.get(dataset.how ?? "") ?? ""));
  const due = belonging(rows, answers) ?? rows.filter(isNamed);
  return due.filter(({ dataset }) => "hasVote" in dataset);
}

/**
 * Only who was there can be away for one item; whoever is named already stays, to be taken back.
 * @param {HTMLElement} item
 * @param {Set<string>} there
 */
function offerAway(item, there) {
  const taps = [.../** @type {NodeListOf<HTMLInputElement>} */ (item.querySelectorAll("input[name^=away_]"))];
  for (const tap of taps) tap.closest("label")?.toggleAttribute("hidden", !tap.checked && !there.has(tap.value));
  taps[0]?.closest("details")?.toggleAttribute("hidden", !taps.some((tap) => tap.checked || there.has(tap.value)));
}

/**
 * @param {HTMLElement} item
 * @param {string} place
 * @param {string} text
 */
function put(item, place, text) {
  const holder = item.querySelector(place);
  if (holder && holder.textContent !== text) holder.textContent = text;
}
