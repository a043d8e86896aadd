// Answers as they are meant: what keyboards hid is taken out, and what is missing or can't be meant is named.
// The desk reads them in Python; a test on random input holds the two equal.
import { holds } from "./compose.js";

/**
 * @typedef {import("./compose.js").Answers} Answers
 * @typedef {import("./compose.js").Sheet} Sheet
 * @typedef {import("./compose.js").Ask} Ask
 * @typedef {{ field: string, code: string, facts?: Record<string, any> }} Fault
 */

const MOST_OF_A_SORT = 6;
const MOST_TYPED = 1000;
const FIRST_DAY = "1949-01-01";
const OLDEST = "1890-01-01";
const BLANK = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANKS = new RegExp(`[${BLANK}]+`, "u");
const ENDS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "gu");
const LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u;
const UNSEEN = /[\xad\u180e\ufeff\0-\x08\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]/gu;
const HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}";
const NOTHING = new Set(
  ["", "-", "--", "—", "——", "/", "\\", ".", "0", "none", "null", "无", "没有", "暂无", "空", "不详", "未知", "未办", "未办理"],
);

class Unfit extends Error {}

/**
 * Reads the answers to the questions of a sheet; others are passed over.
 * @param {Sheet} sheet
 * @param {Answers} raw
 * @param {string} today
 * @param {Record<string, Sheet>} sheets
 * @returns {{ answers: Answers, faults: Fault[] }}
 */
export function readAnswers(sheet, raw, today, sheets) {
  const { answers, faults } = readOwn(sheet, raw, today, "");
  const { people } = sheet;
  for (let n = 0; people && n < people.most; n += 1) {
    const prefix = people.prefix.replaceAll("{n}", String(n));
    const row = readOwn(sheets[people.sheet], raw, today, prefix);
    const filled = Object.keys(row.answers).some((name) => name !== `${prefix}relation`);
    if (n > 0 && !filled && row.faults.length === 0) continue;
    Object.assign(answers, row.answers);
    faults.push(...row.faults, ...missing(sheets[people.sheet], row.answers, row.faults, prefix));
  }
  return { answers, faults: [...faults, ...missing(sheet, answers, faults, "")] };
}

/**
 * @param {Sheet} sheet
 * @param {Answers} raw
 * @param {string} today
 * @param {string} prefix
 */
function readOwn(sheet, raw, today, prefix) {
  /** @type {Answers} */
  const answers = {};
  /** @type {Fault[]} */
  const faults = [];
  for (const [name, ask] of Object.entries(sheet.asks)) {
    try {
      const given = READERS[ask.read ?? "one"](raw[prefix + name] ?? [], ask, today);
      if (given.length > 0) answers[prefix + name] = given;
    } catch (wrong) {
      if (!(wrong instanceof Unfit)) throw wrong;
      faults.push({ field: prefix + name, code: wrong.message });
    }
  }
  return { answers, faults };
}

/**
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Fault[]} faults
 * @param {string} prefix
 * @returns {Fault[]}
 */
function missing(sheet, answers, faults, prefix) {
  const own = Object.entries(answers).filter(([name]) => name.startsWith(prefix));
  const told = Object.fromEntries(own.map(([name, given]) => [name.slice(prefix.length), given]));
  const wrong = new Set(faults.map((fault) => fault.field));
  return (sheet.checks ?? [])
    .filter((check) => !wrong.has(prefix + check.of) && isMissing(check, told))
    .map((check) => ({ field: prefix + check.of, code: check.code }));
}

/**
 * @param {import("./compose.js").Check} check
 * @param {Answers} answers
 */
function isMissing({ of, when, values, among, least }, answers) {
  if (when && !holds(when, answers)) return false;
  const given = answers[of] ?? [];
  if (values?.length) return !given.some((one) => values.includes(one));
  if (among) return !given.some((one) => (answers[among] ?? []).includes(one));
  return given.length < (least ?? 1);
}

/** @type {Record<string, (given: string[], ask: Ask, today: string) => string[]>} */
const READERS = {
  one: (given) => given.slice(0, 1).filter(Boolean),
  many: (given) => [...new Set(given)].filter(Boolean),
  words: (given, ask) => fits(given.slice(0, 1).map((text) => stripped(text).replaceAll("\r\n", "\n")), ask),
  plain: (given, ask) => fits(given.slice(0, 1).map(plain), ask),
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
    if (kept.some((name) => lettersOf(name) > (ask.most ?? 0) || holdsIdentityNumber(name))) throw new Unfit("not_a_name");
    return few(kept);
  },
  phones: (given) => {
    const { numbers, fault } = readPhones(firstOf(given[0] ?? "", MOST_TYPED));
    if (fault) throw new Unfit(fault);
    return few(numbers);
  },
  day: (given, _, today) => day(given, today, "future", FIRST_DAY, "too_long_ago"),
  born: (given, _, today) => day(given, today, "not_born_then", OLDEST, "not_born_then"),
  whole: (given, { least = 0, most = 0 }) => {
    const text = stripped(given[0] ?? "");
    if (!text) return [];
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most) throw new Unfit("not_a_number");
    return [String(Number(text))];
  },
};

/**
 * @param {string[]} given
 * @param {string} today
 * @param {string} late
 * @param {string} first
 * @param {string} early
 */
function day(given, today, late, first, early) {
  const text = stripped(given[0] ?? "");
  if (!text) return [];
  if (!isDay(text)) throw new Unfit("not_a_day");
  if (text > today) throw new Unfit(late);
  if (text < first) throw new Unfit(early);
  return [text];
}

/** @param {string} text */
function isDay(text) {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < "0001") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}

/**
 * @param {string[]} texts
 * @param {Ask} ask
 */
function fits(texts, ask) {
  if (texts.some((text) => lettersOf(text) > (ask.most ?? 0))) throw new Unfit("too_many_letters");
  return texts.filter(Boolean);
}

/** @param {string[]} kept */
function few(kept) {
  if (kept.length > MOST_OF_A_SORT) throw new Unfit("too_many");
  return kept;
}

/** @param {string} text */
function lettersOf(text) {
  return [...text].length;
}

/**
 * @param {string} text
 * @param {number} most
 */
function firstOf(text, most) {
  return text.length <= most ? text : [...text].slice(0, most).join("");
}

/** @param {string} text */
function stripped(text) {
  return text.replace(ENDS, "");
}

// ---------------------------------------------------------------- letters

/**
 * Plain text: half-width, no unseen signs, single spaces, none at the ends.
 * @param {string} text
 */
export function plain(text) {
  const narrow = text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return narrow.replace(UNSEEN, "").split(BLANKS).filter(Boolean).join(" ").normalize("NFC");
}

/** @param {string} text */
function packed(text) {
  return plain(text).replaceAll(" ", "");
}

/** @param {string} text */
function saysNothing(text) {
  return NOTHING.has(packed(text).toLowerCase());
}

// ---------------------------------------------------------------- names

const DOT = "\u00b7";
const DOTS = "\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u25cf\u2e31\u02d9\u0387";
const STROKES = ".\u3002\uff61\\-\u2010\u2011\u2012\u2013\u2014\u2212_";
const ANY_DOT = new RegExp(` *[${DOTS}]+ *`, "gu");
const STROKE_IN_HAN = new RegExp(`(?<=[${HAN}]) *[${STROKES}]+ *(?=[${HAN}])`, "gu");
const SPACE_IN_HAN = new RegExp(`(?<=[${HAN}]) (?=[${HAN}])`, "u");
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
  const name = without(dotted.replace(STROKE_IN_HAN, DOT), NAME_ENDS);
  const parts = name.split(SPACE_IN_HAN);
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

// ---------------------------------------------------------------- telephones

const BETWEEN = /[/\\、,，;；|\n]|或者|或|以及|及|和/u;
const B = `[${BLANK}]`;
const MOBILE = new RegExp(
  `(?<![\\p{Nd}*])(?:\\(?(?:\\+|00)?86\\)?(?:-|${B})?)?(1(?:(?:[-.]|${B})?\\p{Nd}){10})(?![\\p{Nd}*])`,
  "gu",
);
const LANDLINE = new RegExp(
  `(?<![\\p{Nd}*])\\(?(0(?:10|2\\p{Nd}|[3-9]\\p{Nd}{2}))\\)?(?:-|${B})?(\\p{Nd}{7,8})` +
    `(?:(?:-|${B}|转|-转)(\\p{Nd}{1,5}))?(?![\\p{Nd}*])`,
  "gu",
);
const LOCAL = /(?<![\p{Nd}*])([2-9]\p{Nd}{6,7})(?![\p{Nd}*])/gu;
const JOINED = /(?<!\p{Nd})((?:1\p{Nd}{10}){2,3})(?!\p{Nd})/gu;
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
  const text = lines.replace(JOINED, (run) => (run.match(/1\p{Nd}{10}/gu) ?? []).join("/"));
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
  const rest = piece
    .replace(MOBILE, (_, number) => take(onlyDigits(number)))
    .replace(LANDLINE, (_, area, number, extension) => take(`${area}-${number}${extension ? `-${extension}` : ""}`))
    .replace(LOCAL, (_, number) => take(onlyDigits(number)));
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

// ---------------------------------------------------------------- identity numbers

const IN_WORDS = new RegExp(
  `(?<!\\p{Nd})(\\p{Nd}{6}(?:-|${B})?\\p{Nd}{8}(?:-|${B})?\\p{Nd}{3}(?:\\p{Nd}|[Xx])|\\p{Nd}{15})(?!\\p{Nd})`,
  "gu",
);

/**
 * Tells whether an identity number stands in a text, right or wrong by its check digit.
 * @param {string} text
 */
export function holdsIdentityNumber(text) {
  const narrow = text.replace(/[\uff10-\uff19\uff38\uff58]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return [...narrow.replaceAll("\u3000", " ").matchAll(IN_WORDS)].some(([found]) => {
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
