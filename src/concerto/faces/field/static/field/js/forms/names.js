// Names as one string, and identity numbers that stand where none may. Held equal to the desk's reading by a test.
import { BLANK, HAN, lettersOf, packed, plain, replacedAfter } from "./letters.js";

const DOT = "\u00b7";
const DOTS = "\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u25cf\u2e31\u02d9\u0387";
const STROKES = ".\u3002\uff61\\-\u2010\u2011\u2012\u2013\u2014\u2212_";
const ANY_DOT = new RegExp(` *[${DOTS}]+ *`, "gu");
const STROKE = new RegExp(` *[${STROKES}]+ *(?=[${HAN}])`, "uy");
const SPACE = new RegExp(` (?=[${HAN}])`, "uy");
const A_HAN = new RegExp(`^[${HAN}]$`, "u");
const PARTING = "\0";
const QUOTES = "'\"`‘’";
const NAME_ENDS = ` ${DOT}.-_\u3002,，${QUOTES}`;
const TWO_SIGNS = new Set(
  (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 " +
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 呼延 东郭 西门 南门 第五 百里 拓跋 轩辕"
  ).split(" "),
);

/**
 * A name as one string, its parts joined by `·` whatever stood between them.
 * @param {string} raw
 */
export function cleanName(raw) {
  const dotted = plain(without(raw, QUOTES)).replace(ANY_DOT, DOT);
  const afterHan = (/** @type {string} */ sign) => A_HAN.test(sign);
  const name = without(replacedAfter(dotted, STROKE, afterHan, () => DOT), NAME_ENDS);
  const parts = replacedAfter(name, SPACE, afterHan, () => PARTING).split(PARTING);
  const parted = !name.includes(DOT) && Math.min(...parts.map(lettersOf)) > 1 && !TWO_SIGNS.has(parts[0]);
  return parts.join(parted ? DOT : "");
}

/**
 * @param {string} text
 * @param {string} signs
 */
function without(text, signs) {
  let [first, last] = [0, text.length];
  while (first < last && signs.includes(text[first])) first += 1;
  while (last > first && signs.includes(text[last - 1])) last -= 1;
  return text.slice(first, last);
}

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
