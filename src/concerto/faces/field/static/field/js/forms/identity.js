// Identity numbers that stand where none may, and days. Held equal to the desk's reading by a test.
import { BLANK, packed, replacedAfter } from "./letters.js";

const B = `[${BLANK}]`;
const IN_WORDS = new RegExp(
  `(?:\\p{Nd}{6}(?:-|${B})?\\p{Nd}{8}(?:-|${B})?\\p{Nd}{3}(?:\\p{Nd}|[Xx])|\\p{Nd}{15})(?!\\p{Nd})`,
  "uy",
);

/**
 * Tells whether an identity number stands in a text, right or wrong by its check digit.
 * @param {string} text
 */
export function holdsIdentityNumber(text) {
  const wide = /[\uff10-\uff19\uff38\uff58]/gu;
  const narrow = text.replace(wide, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  /** @type {string[]} */
  const numbers = [];
  const take = (/** @type {string} */ number) => {
    numbers.push(number);
    return number;
  };
  replacedAfter(narrow.replaceAll("\u3000", " "), IN_WORDS, (sign) => !/\p{Nd}/u.test(sign), take);
  return numbers.some((found) => {
    const signs = [...packed(found).replaceAll("-", "")].map(figure).join("");
    const born = signs.length === 15 ? `19${signs.slice(6, 12)}` : signs.slice(6, 14);
    return isDay(`${born.slice(0, 4)}-${born.slice(4, 6)}-${born.slice(6, 8)}`);
  });
}

/**
 * A digit of any script as one of ours: each script's ten stand in a row.
 * @param {string} sign
 */
function figure(sign) {
  if (/[0-9Xx]/.test(sign)) return sign;
  const code = sign.codePointAt(0) ?? 0;
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  let at = 0;
  while (at < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - at - 1))) at += 1;
  return String(at);
}

/** @param {string} text */
export function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < "0001") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
