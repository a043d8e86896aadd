// For which turn a record counts: that of its day, or an earlier one that it makes good, late. Which those are, and until
// when, came with the server's standing; here a day is only compared.
import { readOwed } from "../shelf/owed.js";
import { choicesOf } from "../forms/card.js";
import { dayIn } from "./branch.js";
import { place, put, stamp } from "./dom.js";
import { isHelped } from "./find.js";
import { mondayOf, offered, passed } from "./owing.js";
import { day, month, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { Asked } from "./asking.js"
 * @import { Phone } from "./phone.js"
 */

export const OWN = "own";
const IS_MONTH = /^\d{4}-\d\d$/;
const IS_TURN = /^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|W[0-5]\d))?$/;

/**
 * Ask it at the end of a form, where there is anything to choose or to say; drawn anew when another day is chosen. A turn
 * that was wanted and can no longer be made good is named: nobody shall think that the record settles it.
 * @param {Phone} phone
 * @param {Asked} asked
 * @param {HTMLFormElement} form
 * @param {Answers | null} draft
 */
export async function askTurn(phone, asked, form, draft) {
  const kept = asked.before?.counts_for;
  const drafted = draft?.counts_for?.[0];
  const wanted = [drafted ?? "", asked.turn ?? ""].filter((turn) => IS_TURN.test(turn));
  if (!kept && !asked.turn && !drafted && asked.house && !isOwedAt(phone, asked.house)) return;
  const standing = await phone.kept.lend?.(readOwed).catch(() => null);
  const turns = (standing?.turns ?? []).filter(({ forms }) => forms.includes(asked.form));
  if (turns.length === 0 && !kept && wanted.length === 0) return;
  const fold = /** @type {HTMLDetailsElement} */ (stamp("t-turns"));
  const proposed = drafted ?? kept ?? asked.turn ?? "";
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
    const over = wanted.find((turn) => passed(turn, on) && !fit.includes(turn));
    const said = place(fold, "over");
    said.textContent = over ? say("turn_over", { turn: turnWords(over) }) : "";
    said.hidden = !over;
    fold.hidden = fit.length === 0 && !over;
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
  if (rest.startsWith("Q")) {
    const quarter = Number(rest.slice(1));
    return say("owed_quarter", { n: say("owed_quarters").split(" ")[quarter - 1] ?? String(quarter), year });
  }
  return rest ? month(turn) : say("owed_year", { year });
}
