// Every word the page says by itself: data of the shell, filled with what a sentence speaks of.

/** @typedef {Record<string, string | number | null | undefined>} Facts */

const read = (/** @type {string} */ id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

/** @type {Record<string, any>} */
const words = read("words");
/** More words, of the rest of the shell. @param {Record<string, any>} more */
export function learn(more) {
  Object.assign(words, more);
  setPatterns();
}

/** What the shell says of itself: language, addresses. @type {Record<string, string>} */
export const facts = read("facts");

const zone = "Asia/Shanghai";

/**
 * A sentence by its name; gaps are filled, and a gap without a fact says so.
 * @param {string} name
 * @param {Facts} [given]
 * @returns {string}
 */
export function say(name, given = {}) {
  return fill(words[name] ?? name, given);
}

/**
 * The sentence for a number of things.
 * @param {string} name
 * @param {number} n
 * @param {Facts} [given]
 */
export function count(name, n, given = {}) {
  const [one, other] = words[name] ?? [name, name];
  return fill(n === 1 ? one : other, { ...given, n });
}

/**
 * One code of a kind of codes in words; an unknown one says itself.
 * @param {string} kind
 * @param {string | null | undefined} code
 * @returns {string}
 */
export function label(kind, code) {
  return code ? (words[kind]?.[code] ?? code) : "";
}

/** @param {string} kind @returns {Record<string, string>} */
export function labels(kind) {
  return words[kind] ?? {};
}

/**
 * @param {string} text
 * @param {Facts} given
 */
function fill(text, given) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(given[name] ?? "…"));
}

/** What is said of one thing in one line. @param {(string | null | undefined | false)[]} parts */
export function clause(parts) {
  return parts.filter(Boolean).join(words.clause);
}

/** Whole sentences, one after the other. @param {(string | null | undefined | false)[]} parts */
export function sentences(parts) {
  return parts.filter(Boolean).join(facts.language === "en" ? " " : "");
}

/** A list read aloud. @param {(string | null | undefined)[]} parts */
export function listed(parts) {
  return parts.filter(Boolean).join(words.list);
}

// ---------------------------------------------------------------- days

/** The day it is in the office's zone, whatever zone the phone is in. @param {number} [now] */
export function today(now = Date.now()) {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** How days and hours are written in the language of the page. @type {Record<"day" | "year" | "month" | "short" | "hour", Intl.DateTimeFormat>} */
let as;

function setPatterns() {
  const isEnglish = facts.language === "en";
  const pattern = (/** @type {Intl.DateTimeFormatOptions} */ options) => new Intl.DateTimeFormat(isEnglish ? "en-GB" : "zh-CN", options);
  const ofDay = /** @type {const} */ ({ timeZone: "UTC", day: "numeric", month: isEnglish ? "short" : "long" });
  as = {
    day: pattern(ofDay),
    year: pattern({ ...ofDay, year: "numeric" }),
    month: pattern({ timeZone: "UTC", month: "long", year: "numeric" }),
    short: pattern({ timeZone: "UTC", month: isEnglish ? "short" : "numeric" }),
    hour: pattern({ timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false }),
  };
}
setPatterns();

/** A day, with its year when it is not this one. @param {string | null | undefined} text */
export function day(text) {
  if (!text) return "";
  const at = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return text;
  return as[text.slice(0, 4) === today().slice(0, 4) ? "day" : "year"].format(at);
}

/** @param {string} text */
export function month(text) {
  return as.month.format(new Date(`${text.slice(0, 7)}-01T00:00:00Z`));
}

/** @param {number} number */
export function monthOf(number) {
  return as.short.format(new Date(Date.UTC(2001, number - 1, 1)));
}

/** A day and an hour. @param {string | null | undefined} text */
export function instant(text) {
  if (!text) return "";
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : `${day(today(at.getTime()))} ${as.hour.format(at)}`;
}

/** @param {string | number} at */
export function clock(at) {
  return as.hour.format(new Date(at));
}

/** From when to when. @param {string | null | undefined} since @param {string | null | undefined} until */
export function span(since, until) {
  if (since && until) return say("from_to", { first: day(since), last: day(until) });
  return since ? say("since", { day: day(since) }) : until ? say("until", { day: day(until) }) : "";
}
