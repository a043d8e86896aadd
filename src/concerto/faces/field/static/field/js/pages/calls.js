// Whom one may call: every number on this phone, by household.
import { link, put, stamp, words } from "./dom.js";
import { headOf, livingIn } from "./find.js";
import { drawn, searching } from "./lists.js";
import { calledOf, titleOf } from "./names.js";
import { count } from "./words.js";

/** @import { Stage } from "./stage.js" */

/** Every number, by household. @param {Stage} stage */
export function calls(stage) {
  const { phone } = stage;
  stage.begin("calls", { sub: count("households", phone.cards.size) });
  const has = (/** @type {any} */ one) => one.phones?.length > 0 && !one.restricted;
  const show = searching(stage, "calls", (found, text) => {
    return drawn(phone, found.filter(({ card }) => livingIn(card).some(has)), text, ({ card }) => {
      const head = headOf(card);
      const people = livingIn(card).filter(has).sort((one, other) => Number(other === head) - Number(one === head));
      const row = put(stamp("t-call"), { house: titleOf(card), numbers: people.flatMap(numbersOf) });
      return link(row, { house: `#card/${card.id}` });
    });
  });
  return { changed: (/** @type {string} */ what) => what === "cards" && show() };
}

/** @param {any} person */
function numbersOf(person) {
  return person.phones.map((/** @type {string} */ phone) => {
    const line = put(stamp("t-number"), { name: calledOf(person), phone: phoneWords(phone) });
    line.querySelector("a")?.setAttribute("href", `tel:${phone}`);
    return line;
  });
}

/** @param {string} phone @returns {Node[]} */
export function phoneWords(phone) {
  return [stamp("t-tel"), words(phone)];
}
