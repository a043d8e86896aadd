// Who was added or renamed on this phone is found by letters only once a card with the reading of the name has come: the
// table of readings stays on the server: it is larger than all of this page.
import { HAN, plain } from "../forms/letters.js";
import { livingIn } from "./find.js";
import { say } from "./words.js";

/**
 * @import { Card } from "./overlay.js"
 * @import { Phone } from "./phone.js"
 */

const IN_HAN = new RegExp(`[${HAN}]`, "u");

/**
 * Whether this search is by letters, and somebody here has a name that no reading has come for.
 * @param {Iterable<Card>} cards
 * @param {string} text
 */
export function isUnread(cards, text) {
  const asked = plain(text);
  if (!/[a-z]/i.test(asked) || !/^[\x20-\x7e]+$/.test(asked)) return false;
  const isNew = (/** @type {any} */ one) => !one.restricted && (!one.find?.length || one.here?.some((/** @type {string} */ field) => field === "name" || field === "aliases"));
  const needs = (/** @type {any} */ one) => isNew(one) && IN_HAN.test([one.name, ...(one.aliases ?? [])].join(""));
  return [...cards].some((card) => !card.left_on && livingIn(card).some(needs));
}

/** Say it under what was found. @param {Phone} phone @param {HTMLElement} rows @param {string} text */
export function sayUnread(phone, rows, text) {
  rows.querySelector("[data-unread]")?.remove();
  if (!isUnread(phone.cards.values(), text)) return;
  const said = Object.assign(document.createElement("p"), { className: "soft", textContent: say("found_unread") });
  said.dataset.unread = "";
  rows.append(said);
}
