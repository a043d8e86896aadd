// One row of the outbox, wherever it is listed: a mark, what it is, what became of it, what can be done.
import { link, mark, put, stamp } from "./dom.js";
import { entryTitle, personName, whyOf } from "./names.js";
import { clause, count, instant, label, listed, say, sentences } from "./words.js";

/**
 * @import { EntryRow } from "../shelf/shelf.js"
 * @import { Phone } from "./phone.js"
 * @import { Told } from "./told.js"
 */

/** @type {Record<string, string>} */
export const MARKS = { waiting: "waiting", pending: "waiting", sent: "met", back: "refused", clash: "clash", settled: "withdrawn" };

/**
 * @param {Phone} phone
 * @param {EntryRow} row
 * @param {{ acts?: boolean, linked?: boolean, hand?: (id: string) => unknown }} [how]
 */
export function outRow(phone, row, { acts = true, linked = true, hand } = {}) {
  const told = phone.own.of.get(row.id);
  const title = told ? entryTitle(phone, told) : say("lock_words", { at: instant(row.made_at) });
  /** @type {string[]} */
  const parts = told?.shows.parts ?? [];
  const withdrawal = told && told.said.body === null && row.state !== "back" && row.state !== "clash";
  const piece = put(stamp("t-out"), {
    mark: mark(withdrawal && row.state !== "waiting" && row.state !== "pending" ? "withdrawn" : MARKS[row.state], parts[0] ?? ""),
    title: linked && told ? title : "",
    plain: linked && told ? "" : title,
    state: stateWords(row, told?.replaced),
    when: clause([told && say("recorded_at", { at: instant(told.said.recorded_at ?? row.made_at) }), listed(parts.map((part) => label("lines", part)))]),
    why: told ? whyWords(phone, row) : "",
    code: told && row.state === "back" && row.code ? say("code", { code: row.code }) : "",
  });
  link(piece, { title: `#entry/${row.id}` });
  const deeds = acts && told && !told.replaced ? actsOf(row, told, hand) : [];
  put(piece, { acts: deeds });
  return piece;
}

/** Whether it has a form to say it again in. @param {Told} told */
export function isMendable({ said }) {
  return said.body !== null && said.kind !== "settled";
}

/**
 * @param {EntryRow} row
 * @param {Told} told
 * @param {((id: string) => unknown) | undefined} hand
 */
function actsOf(row, told, hand) {
  const act = (/** @type {string} */ name, /** @type {string} */ address) => {
    const key = stamp(`t-act-${name}`);
    if (address) key.setAttribute("href", address);
    return key;
  };
  if (row.state === "clash") return [act("look", `#clash/${row.id}`)];
  if (row.state !== "back") return [];
  const keys = [];
  if (isMendable(told)) keys.push(act("correct", `#mend/${row.id}`));
  if (!row.handed && hand) {
    const key = act("hand", "");
    key.addEventListener("click", () => hand(row.id));
    keys.push(key);
  }
  keys.push(act("withdraw", `#letgo/${row.id}`));
  return keys;
}

/**
 * What became of it: always in words.
 * @param {EntryRow} row
 * @param {Told | null} [replaced]
 */
export function stateWords(row, replaced) {
  if (replaced) return say("state_mended");
  if (row.state === "sent") return row.seq ? say("sent_number", { number: String(row.seq).padStart(4, "0") }) : say("sent");
  return say(`state_${row.state}`);
}

/** Why it stands so, and whom it waits for. @param {Phone} phone @param {EntryRow} row */
export function whyWords(phone, row) {
  if (row.state === "back") return sentences([whyOf(row), row.handed && say(row.handed === "given" ? "handed" : "handed_wanted")]);
  if (row.state === "settled") return row.by ? say("settled_by", { who: settledBy(phone, row) }) : "";
  if (row.state === "clash" && row.code !== "seen_differently") return whyOf(row);
  if (row.state !== "pending") return "";
  const other = phone.own.of.get(row.facts?.on);
  if (!other) {
    const known = row.facts?.on ? personName(phone, row.facts.on) : "";
    return known && known !== say("unknown_thing") ? say("waits_for", { what: known }) : say("waits_for_other");
  }
  return clause([say("waits_for", { what: entryTitle(phone, other) }), other.row.state === "back" && say("rests_on_back")]);
}

/** By an own entry, or by whom. @param {Phone} phone @param {EntryRow} row */
function settledBy(phone, row) {
  const own = phone.own.of.get(row.by);
  return own ? entryTitle(phone, own) : phone.called(row.facts?.who) || say("nobody_knows");
}

/** How many a file or a group holds. @param {HTMLElement} section @param {number} n */
export function counted(section, n) {
  const holder = section.querySelector(".count");
  if (holder) holder.textContent = count("entries", n);
}

