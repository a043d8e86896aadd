// While a meeting is written, each vote says in one line what comes of it, and whether its figures add up.
import { lineOf, said } from "./voting.js";

const FIGURES = ["yes", "no", "abstain", "not_cast"];

/** @param {HTMLElement} roll the rows of the members, whose `data-votes` names the words */
export function watchVotes(roll) {
  const form = roll.closest("form");
  const { words, left_out: leftOut } = JSON.parse(document.getElementById(roll.dataset.votes ?? "")?.textContent || "null") ?? {};
  if (!form || !words) return;
  const draw = () => {
    const answers = new FormData(form);
    const rows = [.../** @type {NodeListOf<HTMLElement>} */ (roll.querySelectorAll("[data-how]"))];
    const counted = rows.filter((row) => isCounted(row, answers));
    const base = counted.length - leftOut;
    const present = counted.filter((row) => answers.get(row.dataset.how ?? "") === "present").length;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-item]"))) {
      const [yes, ...others] = FIGURES.map((figure) => Number(answers.get(`${figure}_${item.dataset.item}`)) || 0);
      const given = others.reduce((sum, one) => sum + one, yes);
      put(item, "[data-vote-line]", lineOf({ base, present, yes }, words));
      put(item, "[data-vote-sum]", given === present ? "" : said(words.sum, { given, present }));
    }
  };
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
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
