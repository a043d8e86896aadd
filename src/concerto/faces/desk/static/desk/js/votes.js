// While a meeting is written, each vote says in one line what comes of it, and whether its figures add up.
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
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-item]"))) {
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
 * Who is left out of the base, and by the vote on which item: that one counts against the whole base.
 * @param {FormData} answers
 * @returns {Map<string, string>}
 */
function leftOutIn(answers) {
  const named = [...answers].filter(([name, member]) => /^out_\d+$/.test(name) && member);
  return new Map(named.map(([name, member]) => [String(member), String(answers.get(name.replace("out_", "out_item_")) ?? "")]));
}

/**
 * The rows that count in the base of this form of meeting, without those who are left out of it.
 * @param {HTMLElement} roll
 * @param {FormData} answers
 */
export function countedIn(roll, answers) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (roll.querySelectorAll("[data-how]"))];
  const leftOut = leftOutIn(answers);
  return rows.filter((row) => isCounted(row, answers) && !leftOut.has(row.dataset.member ?? ""));
}

/**
 * Whether a row counts in the base of this form of meeting. Where no seat or group is known, who with a vote is named.
 * @param {HTMLElement} row
 * @param {FormData} answers
 */
function isCounted(row, answers) {
  if (!("hasVote" in row.dataset)) return false;
  const form = answers.get("form");
  const named = () => !["", "observer"].includes(String(answers.get(row.dataset.how ?? "") ?? ""));
  const all = [...(row.parentElement?.children ?? [])].map((one) => /** @type {HTMLElement} */ (one).dataset).filter((one) => "hasVote" in one);
  if (form === "members") return true;
  if (form === "committee") return all.some((one) => "hasSeat" in one) ? "hasSeat" in row.dataset : named();
  if (form === "group") {
    const group = String(answers.get("group") ?? "");
    return all.some((one) => one.group === group) ? row.dataset.group === group : named();
  }
  return false;
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
