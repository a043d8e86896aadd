// The answers about people, as they are meant: names and telephone numbers. Only some forms ask for them.
import { cleanName } from "./names.js";
import { fits, learnReaders, Unfit } from "./answers.js";
import { holdsIdentityNumber } from "./identity.js";
import { lettersOf, stripped } from "./letters.js";
import { readPhones } from "./phones.js";

/** @import { Reader } from "./answers.js" */

const MOST_OF_A_SORT = 6;
const MOST_TYPED = 1000;

/** @type {Record<string, Reader>} */
export const PEOPLE = {
  name: (given, ask) => {
    const names = given.slice(0, 1).map((text) => cleanName(stripped(text)));
    for (const name of names) {
      if (name && (holdsIdentityNumber(name) || !/\p{L}/u.test(name))) throw new Unfit("not_a_name");
    }
    return fits(names, ask);
  },
  names: (given, ask) => {
    const parts = given.slice(0, 1).flatMap((text) => firstOf(text, MOST_TYPED).split(/[,，、;；/\n]+/u));
    const kept = [...new Set(parts.map(cleanName))].filter(Boolean);
    const unfit = (/** @type {string} */ name) => lettersOf(name) > (ask.most ?? 0) || holdsIdentityNumber(name);
    if (kept.some(unfit)) throw new Unfit("not_a_name");
    return few(kept);
  },
  phones: (given) => {
    const { numbers, fault } = readPhones(firstOf(given[0] ?? "", MOST_TYPED));
    if (fault) throw new Unfit(fault);
    return few(numbers);
  },
};
learnReaders(PEOPLE);

/** @param {string[]} kept */
function few(kept) {
  if (kept.length > MOST_OF_A_SORT) throw new Unfit("too_many");
  return kept;
}

/**
 * @param {string} text
 * @param {number} most
 */
function firstOf(text, most) {
  return text.length <= most ? text : [...text].slice(0, most).join("");
}
