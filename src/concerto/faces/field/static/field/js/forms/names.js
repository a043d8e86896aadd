// Names as one string. Held equal to the desk's reading by a test.
import { HAN, lettersOf, plain, replacedAfter } from "./letters.js";

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
