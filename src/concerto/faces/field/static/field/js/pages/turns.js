// For which turn a record counts: that of its day, or an earlier one that it makes good, late. Which those are, and until
// when, came with the server's standing; here a day is only compared.
import { readOwed } from "../shelf/owed.js";
import { choicesOf } from "../forms/card.js";
import { dayIn } from "./branch.js";
import { place, put, stamp } from "./dom.js";
import { isHelped } from "./find.js";
import { offered } from "./owing.js";
import { day, month, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { Asked } from "./asking.js"
 * @import { Phone } from "./phone.js"
 */

export const OWN = "own";
const IS_MONTH = /^\d{4}-\d\d$/;

/**
 * Ask it at the end of a form, where there is anything to choose or to say; drawn anew when another day is chosen.
 * @param {Phone} phone
 * @param {Asked} asked
 * @param {HTMLFormElement} form
 * @param {Answers | null} draft
 */
export async function askTurn(phone, asked, form, draft) {
  const kept = asked.before?.counts_for;
  if (!kept && !asked.turn && asked.house && !isOwedAt(phone, asked.house)) return;
  const standing = await phone.kept.lend?.(readOwed).catch(() => null);
  const turns = (standing?.turns ?? []).filter(({ forms }) => forms.includes(asked.form));
  if (turns.length === 0 && !kept) return;
  const fold = /** @type {HTMLDetailsElement} */ (stamp("t-turns"));
  const proposed = draft?.counts_for?.[0] ?? kept ?? asked.turn ?? "";
  const itself = proposed ? OWN : ""; // what nobody chose leaves no draft behind
  let chosen = proposed || itself;
  fold.open = proposed !== "";
  const draw = () => {
    const on = dayIn(form, phone.day());
    const fit = offered(turns, on, kept);
    const is = fit.includes(chosen) ? chosen : itself;
    const own = fit.every((turn) => IS_MONTH.test(turn)) ? say("turn_own_month", { month: month(on) }) : say("turn_own");
    const options = [[itself, own], ...fit.map((turn) => [turn, say("turn_late", { turn: turnWords(turn) })])];
    place(fold, "options").replaceChildren(...options.map(([turn, words]) => {
      const option = put(stamp("t-turn"), { words });
      const tap = /** @type {HTMLInputElement} */ (option.querySelector("input"));
      Object.assign(tap, { value: turn, checked: turn === is });
      return option;
    }));
    fold.hidden = fit.length === 0;
  };
  draw();
  form.addEventListener("change", ({ target }) => {
    const { name = "", value = "" } = /** @type {Partial<HTMLInputElement>} */ (target ?? {});
    if (name === "counts_for") chosen = value;
    else if (name === "day" || name === "on") draw();
  });
  form.append(fold);
}

/** Whether anything is owed at a household that could be made good. @param {Phone} phone @param {string} house */
function isOwedAt(phone, house) {
  const card = phone.cards.get(house);
  return card !== undefined && (isHelped(card, phone.day()) || choicesOf(card, phone.day()).exempt.length > 0);
}

/** A turn by its name: a week by its Monday, a month, a quarter, a year. @param {string} turn */
export function turnWords(turn) {
  const [year, rest = ""] = turn.split("-");
  if (rest.startsWith("W")) return say("owed_week", { day: day(mondayOf(Number(year), Number(rest.slice(1)))) });
  if (rest.startsWith("Q")) return say("owed_quarter", { n: rest.slice(1), year });
  return rest ? month(turn) : say("owed_year", { year });
}

/** The first week of a year holds its fourth of January. @param {number} year @param {number} week */
function mondayOf(year, week) {
  const at = new Date(Date.UTC(year, 0, 4));
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7) + 7 * (week - 1));
  return at.toISOString().slice(0, 10);
}
