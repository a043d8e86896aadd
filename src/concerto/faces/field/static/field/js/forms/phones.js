// Telephone numbers: read out of a text that may hold several, and words between. Held equal to the desk's by a test.
import { BLANK, HAN, LINE_ENDS, packed, plain, replacedAfter, saysNothing } from "./letters.js";

const DIGIT = /\p{Nd}/u;
const BETWEEN = /[/\\、,，;；|\n]|或者|或|以及|及|和/u;
const B = `[${BLANK}]`;
const MOBILE = new RegExp(
  `(?:\\(?(?:\\+|00)?86\\)?(?:-|${B})?)?(1(?:(?:[-.]|${B})?\\p{Nd}){10})(?![\\p{Nd}*])`,
  "uy",
);
const LANDLINE = new RegExp(
  `\\(?(0(?:10|2\\p{Nd}|[3-9]\\p{Nd}{2}))\\)?(?:-|${B})?(\\p{Nd}{7,8})` +
    `(?:(?:-|${B}|转|-转)(\\p{Nd}{1,5}))?(?![\\p{Nd}*])`,
  "uy",
);
const LOCAL = /([2-9]\p{Nd}{6,7})(?![\p{Nd}*])/uy;
const JOINED = /((?:1\p{Nd}{10}){2,3})(?!\p{Nd})/uy;
const LABELS = new RegExp(
  `(联系)?(电话|手机|座机|固话|号码|方式|号)+${B}*\\p{Nd}?${B}*:?|[tT][eE][lL][.:]?|[:()【】\\[\\]"'\`’‘]`,
  "gu",
);
const NO_PHONE = new Set(["无电话", "无手机", "没有电话", "没有手机", "无号码", "无联系方式"]);

/**
 * All numbers of a text in the order they stand there, each once; words beside a number are left out.
 * @param {string} raw
 * @returns {{ numbers: string[], fault: string }}
 */
export function readPhones(raw) {
  const lines = raw.split(LINE_ENDS).map(plain).join("\n");
  const parted = (/** @type {string} */ run) => (run.match(/1\p{Nd}{10}/gu) ?? []).join("/");
  const text = replacedAfter(lines, JOINED, (sign) => !DIGIT.test(sign), parted);
  const pieces = text.split(BETWEEN).filter((piece) => !saysNothing(piece) && !NO_PHONE.has(packed(piece)));
  const read = pieces.map(readOne);
  const numbers = read.flatMap((one) => one.numbers).reverse();
  return { numbers: [...new Set(numbers)].reverse(), fault: read.find((one) => one.fault)?.fault ?? "" };
}

/** @param {string} piece */
function readOne(piece) {
  /** @type {string[]} */
  const numbers = [];
  const take = (/** @type {string} */ number) => {
    numbers.push(number);
    return " ";
  };
  const onlyDigits = (/** @type {string} */ number) => number.replace(/\P{Nd}/gu, "");
  const apart = (/** @type {string} */ sign) => sign !== "*" && !DIGIT.test(sign);
  let rest = replacedAfter(piece, MOBILE, apart, (_, number) => take(onlyDigits(number)));
  rest = replacedAfter(rest, LANDLINE, apart, (_, area, number, extension) =>
    take(`${area}-${number}${extension ? `-${extension}` : ""}`),
  );
  rest = replacedAfter(rest, LOCAL, apart, (_, number) => take(onlyDigits(number)));
  return { numbers, fault: faultIn(rest, numbers.length > 0) };
}

/**
 * @param {string} rest
 * @param {boolean} found
 */
function faultIn(rest, found) {
  if (/\p{Nd}[*xX]{2,}|[*]{2,}/u.test(rest)) return "phone_masked";
  if (/\p{Nd}{3,}/u.test(rest)) return "phone_unreadable";
  const onlyALabel = !new RegExp(`[${HAN}A-Za-z0-9]`, "u").test(rest.replace(LABELS, ""));
  return found || onlyALabel ? "" : "phone_unreadable";
}
