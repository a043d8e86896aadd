// The way back: from what was said to the answers that said it, for a correction and for mending what was sent back.

/**
 * @import { Answers, Sheet, Value } from "./sheet.js"
 */

/** @typedef {(digest: string) => { text: string, audience?: string } | null | undefined} Texts */

/**
 * The answers that would say this body. What is not said of a change is not among them.
 * @param {Sheet} sheet
 * @param {Record<string, any>} body
 * @param {Texts} texts
 * @param {{ happened_on?: string, today?: string }} [days]
 * @returns {Answers}
 */
export function answersOf(sheet, body, texts, { happened_on, today } = {}) {
  /** @type {Answers} */
  const found = {};
  const fields = Object.entries(sheet.fields).filter(([name]) => !sheet.changes || name in body);
  for (const [name, value] of fields) if (value.type !== "among") show(found, value, body[name], texts, "");
  for (const [name, value] of fields) {
    if (value.type !== "among" || found[value.of]?.length) continue;
    found[value.of] = [body[name] === value.otherwise ? value.shown : String(body[name])];
  }
  if (sheet.happened === "asked" && happened_on) {
    Object.assign(found, happened_on === today ? { day: ["today"] } : { day: ["other"], on: [happened_on] });
  }
  return Object.fromEntries(Object.entries(found).filter(([, given]) => given.length > 0));
}

/**
 * The ids that a body opened, by the names under which they are asked for.
 * @param {Sheet} sheet
 * @param {Record<string, any>} body
 * @param {Texts} texts
 * @returns {Record<string, string>}
 */
export function idsOf(sheet, body, texts) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const [name, value] of Object.entries(sheet.fields)) {
    if (value.type === "new" && body[name]) found[value.name] = body[name];
    if (value.type !== "slots" || !value.opens) continue;
    for (const [at, record] of read(value, body[name] ?? [], texts)) {
      found[value.of[value.opens].name.replaceAll("{n}", at)] = record[value.opens];
    }
  }
  return found;
}

/**
 * The slots with the records whose words may be read.
 * @param {Value} value
 * @param {Record<string, any>[]} records
 * @param {Texts} texts
 * @returns {[string, Record<string, any>][]}
 */
function read(value, records, texts) {
  const shown = records.filter((one) => isShown(one, value.words, (digest) => Boolean(texts(digest))));
  return shown.slice(0, value.slots.length).map((record, at) => [value.slots[at], record]);
}

/**
 * @param {Answers} found
 * @param {Value} value
 * @param {any} said
 * @param {Texts} texts
 * @param {string} slot
 */
function show(found, value, said, texts, slot) {
  const give = (/** @type {string} */ of, /** @type {string[]} */ given) => {
    found[of.replaceAll("{n}", slot)] = given;
  };
  switch (value.type) {
    case "one": {
      const shown = said ?? value.otherwise ?? "";
      return give(value.of, shown === "" || (value.blank && shown === value.otherwise) ? [] : [String(shown)]);
    }
    case "whole":
      return give(value.of, said || (value.nought && said === 0) ? [String(said)] : []);
    case "clock":
      return give(value.of, typeof said === "number" ? [[Math.floor(said / 60), said % 60].map((one) => String(one).padStart(2, "0")).join(":")] : []);
    case "nth":
      return give(value.of, value.slots[said] ? [value.slots[said]] : []);
    case "many":
      return give(value.of, (said ?? []).map(String));
    case "tick":
      return give(value.of, said ? ["on"] : []);
    case "sealed": {
      const words = said ? texts(said) : null;
      give(value.of, words?.text ? [words.text] : []);
      if (value.chosen) give(value.chosen, [words ? (words.audience ?? "place") : (value.to ?? "place")]);
      return;
    }
    case "sealed_each":
      return give(value.of, (said ?? []).flatMap((/** @type {string} */ digest) => texts(digest)?.text || []));
    case "record":
      for (const [name, one] of Object.entries(value.of)) show(found, one, said?.[name], texts, slot);
      return;
    case "slots":
      for (const [at, record] of read(value, said ?? [], texts)) {
        if (value.filled.values?.length) found[value.filled.of.replaceAll("{n}", at)] = [value.filled.values[0]];
        show(found, { type: "record", of: value.of }, record, texts, at);
      }
  }
}

/**
 * @param {Record<string, any>} record
 * @param {string} words
 * @param {(digest: string) => boolean} isRead
 */
export function isShown(record, words, isRead) {
  return !words || !record[words] || isRead(record[words]);
}
