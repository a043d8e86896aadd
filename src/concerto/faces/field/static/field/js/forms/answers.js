// Answers as they are meant: what keyboards hid is taken out, and what is missing or can't be meant is named.
// The desk reads them in Python; a test on random input holds the two equal.
import { holdsIdentityNumber, isDay } from "./identity.js";
import { holds } from "./sheet.js";
import { lettersOf, plain, stripped } from "./letters.js";

/**
 * @import { Answers, Ask, Check, Sheet } from "./sheet.js"
 * @typedef {{ field: string, code: string, facts?: Record<string, any> }} Fault
 * @typedef {(given: string[], ask: Ask, today: string) => string[]} Reader
 */

const FIRST_DAY = "1949-01-01";
const OLDEST = "1890-01-01";

export class Unfit extends Error {}

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

/** Readers that only some forms need. @param {Record<string, Reader>} more */
export function learnReaders(more) {
  Object.assign(READERS, more);
}

/** Whether these answers can be read by now. @param {Sheet} sheet @param {Answers} raw */
export function canRead(sheet, raw) {
  return !sheet.people && Object.entries(sheet.asks).every(([name, { read = "one" }]) => read in READERS || !raw[name]);
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
      const given = READERS[ask.read ?? "one"]?.(raw[prefix + name] ?? [], ask, today);
      if (given?.length > 0) answers[prefix + name] = given;
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
 * @param {Check} check
 * @param {Answers} answers
 */
function isMissing({ of, when, values, among, least, unless }, answers) {
  if (when && !holds(when, answers)) return false;
  if (unless && holds(unless, answers)) return false;
  const given = answers[of] ?? [];
  if (values?.length) return !given.some((one) => values.includes(one));
  if (among) return !given.some((one) => (answers[among] ?? []).includes(one));
  return given.length < (least ?? 1);
}

/** @type {Record<string, Reader>} */
const READERS = {
  one: (given) => given.slice(0, 1).filter(Boolean),
  many: (given) => [...new Set(given)].filter(Boolean),
  words: (given, ask) => fits(given.slice(0, 1).map((text) => stripped(text).replaceAll("\r\n", "\n")), ask),
  plain: (given, ask) => fits(given.slice(0, 1).map(plain), ask),
  day: (given, _, today) => day(given, today, "future", FIRST_DAY, "too_long_ago"),
  ahead: (given) => day(given, "9999-12-31", "not_a_day", FIRST_DAY, "too_long_ago"),
  born: (given, _, today) => day(given, today, "not_born_then", OLDEST, "not_born_then"),
  whole: (given, { least = 0, most = 0 }) => {
    const text = stripped(given[0] ?? "");
    if (!text) return [];
    if (!/^\d{1,6}$/.test(text) || Number(text) < least || Number(text) > most) throw new Unfit("not_a_number");
    return [String(Number(text))];
  },
  time: (given) => {
    const text = stripped(given[0] ?? "");
    if (text && !/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new Unfit("not_a_time");
    return text ? [text] : [];
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

/**
 * @param {string[]} texts
 * @param {Ask} ask
 */
export function fits(texts, ask) {
  if (texts.some((text) => lettersOf(text) > (ask.most ?? 0))) throw new Unfit("too_many_letters");
  if (ask.free && texts.some(holdsIdentityNumber)) throw new Unfit("identity_number_not_kept");
  return texts.filter(Boolean);
}
