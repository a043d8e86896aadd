// A household that may be in the register already: said in a line while it is being written. It stops nobody.
import { headOf, searchForm } from "./find.js";
import { titleOf } from "./names.js";
import { clause, listed, say } from "./words.js";

/**
 * @import { Card } from "./overlay.js"
 * @import { Stage } from "./stage.js"
 */

const MOST = 3;

/**
 * The households of a village that have this number, and those whose head has this name.
 * @param {Iterable<Card>} cards
 * @param {{ village: string, number: string, head: string }} asked
 * @param {string} [but] the one that is being written
 * @returns {{ number: Card[], head: Card[] }}
 */
export function alikeIn(cards, { village, number, head }, but = "") {
  const there = [...cards].filter((card) => card.village === village && !card.left_on && card.id !== but);
  const [wanted, name] = [bare(number), searchForm(head)];
  return {
    number: wanted ? there.filter((card) => bare(card.number ?? "") === wanted) : [],
    head: name ? there.filter((card) => namesOf(headOf(card)).includes(name)) : [],
  };
}

/** A number without noughts before it. @param {string} number */
function bare(number) {
  return searchForm(number).replace(/^0+(?=.)/, "");
}

/** @param {any} person @returns {string[]} */
function namesOf(person) {
  return person && !person.restricted ? [person.name, ...(person.aliases ?? [])].map((one) => searchForm(one ?? "")) : [];
}

/**
 * Says it beside the number and beside the name of the head, as soon as either is written.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {string} [but] the household that is mended or corrected
 */
export function watchAlike(stage, form, but) {
  const row = headRow(form);
  const lines = [lineUnder(form, "number"), lineUnder(form, `${row}name`)];
  const look = () => {
    const said = (/** @type {string} */ name) => String(new FormData(form).get(name) ?? "");
    const { number, head } = alikeIn(stage.phone.cards.values(), { village: said("village"), number: said("number"), head: said(`${headRow(form)}name`) }, but);
    const told = [number, head.filter((card) => !number.includes(card))];
    for (const [at, cards] of told.entries()) {
      const text = cards.length > 0 ? say("alike", { houses: listed(cards.slice(0, MOST).map(named)) }) : "";
      if (lines[at].textContent === text) continue;
      lines[at].textContent = text;
      if (text) stage.tell(text);
    }
  };
  form.addEventListener("input", look);
  form.addEventListener("change", look);
  look();
}

/** How the questions about the head begin: who is said to be it, else who stands first. @param {HTMLFormElement} form */
function headRow(form) {
  const said = [...new FormData(form)].find(([name, value]) => name.endsWith("-relation") && value === "head");
  return said ? said[0].slice(0, -"relation".length) : "p0-";
}

/** @param {HTMLFormElement} form @param {string} name */
function lineUnder(form, name) {
  const line = document.createElement("p");
  line.className = "hint";
  const asked = form.querySelector(`[name="${name}"]`);
  (asked?.closest(".side-by-side") ?? asked?.closest(".field") ?? form).after(line);
  return line;
}

/** @param {Card} card */
function named(card) {
  return clause([titleOf(card), card.number && say("number", { number: card.number }), card.group]);
}
