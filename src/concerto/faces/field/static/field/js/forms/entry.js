// From the answers of a form to entries that wait for their number: the very bytes that are sent.
import { answersOf as givenOf, posted } from "../../../desk/js/preview.js";
import { composeAll } from "./compose.js";
import { idsOf } from "./showing.js";
import { knownOf } from "./blanks.js";
import { askedIn } from "./sheet.js";
import { canRead, readAnswers } from "./answers.js";
import { salt, uuid7 } from "../shelf/ids.js";
import { sawOf, shownOf, tableFor } from "./card.js";

/**
 * @import { Before, Card, Entry, Known, Mistake, ToWrite, Writing } from "./blanks.js"
 * @import { Answers, Composed, Context, Part, Sheet } from "./sheet.js"

 */

/**
 * The one entry of a form that makes one; of a form that makes several, the first, with the others in `more`.
 * @param {string} name
 * @param {Answers} answers
 * @param {Writing} writing
 * @returns {Promise<{ errors: Mistake[] } | (Entry & { more: ToWrite[] })>}
 */
export async function composeEntry(name, answers, writing) {
  const told = await entriesOf(name, answers, writing);
  if ("errors" in told) return told;
  const [first, ...more] = told.entries;
  const { id, item, shows } = first.write({ number: writing.number ?? 1, device: writing.device ?? "" });
  return { id, ...item, shows, more };
}

/**
 * The entries that answers make, each waiting for its number and device, or what is missing or wrong.
 * @param {string} name
 * @param {Answers} raw
 * @param {Writing} writing
 * @returns {Promise<{ errors: Mistake[] } | { entries: ToWrite[] }>}
 */
export async function entriesOf(name, raw, writing) {
  const one = knownOf(name);
  const { sheet, sheets } = one;
  const today = writing.today ?? dayIn(writing.now);
  const { answers, faults } = readAnswers(sheet, raw, today, sheets);
  if (faults.length > 0) return { errors: faults };
  const shown = unsaid(sheet, shownOf(sheet, writing.card, writing.about), writing.before);
  const names = namesOf(sheet, answers, writing);
  const told = await composeAll(sheet, answers, (at) => contextOf(one, writing, { today, shown, names, at }), sheets);
  const saysNothing = sheet.changes && fieldsIn(sheet, told[0].body).length === 0;
  if (saysNothing) return { errors: [{ field: "", code: "nothing_changed" }] };
  const wrong = writing.check?.(one, answers, told, writing) ?? [];
  if (wrong.length > 0) return { errors: wrong };
  return { entries: told.map((composed, at) => entryOf(one, composed, writing, { id: names(at, "first"), raw, at })) };
}

/** Whether these answers can be read before all that comes behind the first pages is there. @param {string} name @param {Answers} raw */
export function isReadable(name, raw) {
  return canRead(knownOf(name).sheet, raw);
}

/**
 * What was shown of fields that a correction says again counts as unsaid: it restates the whole entry.
 * @param {Sheet} sheet
 * @param {Answers} shown
 * @param {Before | null | undefined} before
 * @returns {Answers}
 */
function unsaid(sheet, shown, before) {
  const restated = before?.first ? Object.keys(before.body).filter((field) => field in sheet.fields) : [];
  const names = new Set(restated.flatMap((field) => askedIn(sheet.fields[field])));
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !names.has(name)));
}

/**
 * Ids by entry and name: those of what is mended stay, so that what waits for them finds them.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Writing} writing
 */
function namesOf(sheet, answers, { before, now, newId }) {
  const kept = before?.instead_of ? idsOf(sheet, before.body, (digest) => before.parts[digest]) : {};
  /** @type {Map<string, string>} */
  const given = new Map();
  return (/** @type {number} */ at, /** @type {string} */ name) => {
    const key = `${at} ${name}`;
    const id = given.get(key) ?? (at === 0 ? kept[name] : undefined) ?? newId?.(at, name) ?? freshId(now);
    given.set(key, id);
    return id;
  };
}

/**
 * @param {Known} one
 * @param {Writing} writing
 * @param {{ today: string, shown: Answers, names: (at: number, name: string) => string, at: number }} more
 * @returns {Context}
 */
function contextOf({ sheet }, writing, { today, shown, names, at }) {
  const { card, about, before } = writing;
  const first = before?.first ?? names(at, "first");
  /** @type {Record<string, string>} */
  const things = { first, log: writing.log };
  if (card) Object.assign(things, { household: card.id, village: card.village });
  if (sheet.about === "village") things.village = about ?? writing.unit ?? "";
  if (["resident", "need"].includes(sheet.about) && about) things[sheet.about] = about;
  return {
    things: sheet.kind === "resident" && at === 0 ? { ...things, resident: names(at, "resident") } : things,
    today,
    newId: (name) => names(at, name),
    saltOf: (name) => writing.saltOf?.(at, name) ?? salt(),
    before: before ?? null,
    shown,
  };
}

/**
 * @param {Known} one
 * @param {Composed} composed
 * @param {Writing} writing
 * @param {{ id: string, raw: Answers, at: number }} more
 * @returns {ToWrite}
 */
function entryOf({ sheet, table }, composed, writing, { id, raw, at }) {
  const { account, log, now, before, card } = writing;
  const thing = sheet.changes ? composed.body[sheet.changes] : "";
  const fields = fieldsIn(sheet, composed.body);
  /** @type {Record<string, string | null>} */
  const seen = thing ? sawOf(thing, fields, card, writing.own ?? new Map()) : (writing.seen ?? {});
  const wording = before?.first ? { [`${before.first}.wording`]: before.last ?? before.first } : null;
  const saw = composed.saw ?? wording ?? { ...seen, ...kept(before, seen) };
  const { household, households, home } = composed.body;
  const lines = at === 0 && table ? posted(tableFor(table, card, composed.happened_on), givenOf(pairsOf(raw))) : null;
  const shows = {
    kind: composed.kind,
    form: composed.saw ? composed.kind : sheet.name, // a slip that was left has no form of its own
    name: titleOf(card, composed),
    household: household ?? households?.[0] ?? home?.household ?? card?.id ?? "",
    about: thing || (composed.body.resident ?? ""),
    parts: [...(lines?.keys() ?? [])],
    on: composed.happened_on,
  };
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const said = {
      id,
      kind: composed.kind,
      version: composed.version,
      log,
      unit: composed.unit,
      author: account,
      device,
      number,
      happened_on: composed.happened_on,
      recorded_at: new Date(now).toISOString(),
      body: composed.body,
      ...(composed.digests.length > 0 ? { sealed: composed.digests } : {}),
      ...(before?.first ? { corrects: before.first } : {}),
      ...(at === 0 && before?.instead_of?.length ? { instead_of: before.instead_of } : {}),
      ...(Object.keys(saw).length > 0 ? { saw } : {}),
      ...(/^\d/.test(raw.counts_for?.[0] ?? "") ? { counts_for: raw.counts_for[0] } : {}),
    };
    return { id, item: { said: JSON.stringify(said), sealed: carriedToo(composed, before) }, shows };
  };
  return { id, write };
}

/** The fields that a change says: neither of which thing, nor where they are known from. @param {Sheet} sheet @param {Record<string, any>} body */
function fieldsIn({ changes }, body) {
  return Object.keys(body).filter((field) => field !== changes && field !== "told_by");
}

/**
 * What was sent back had seen some of these fields: that view is kept.
 * @param {Before | null | undefined} before
 * @param {Record<string, string | null>} seen
 */
function kept(before, seen) {
  const had = Object.entries(before?.saw ?? {});
  return Object.fromEntries(had.filter(([key]) => key in seen || key.endsWith(".wording")));
}

/**
 * Words of what was never filed travel again with what stands for it: the server has not kept them.
 * @param {Composed} composed
 * @param {Before | null | undefined} before
 * @returns {Part[]}
 */
function carriedToo(composed, before) {
  const again = before?.instead_of ? composed.digests.flatMap((digest) => before.parts[digest] ?? []) : [];
  return [...composed.sealed, ...again];
}

/**
 * @param {Card | null | undefined} card
 * @param {Composed} composed
 */
function titleOf(card, composed) {
  const people = card?.people ?? [];
  const whom = people.find((/** @type {any} */ one) => one.id === composed.body.resident) ??
    people.find((/** @type {any} */ one) => one.id === card?.head) ?? people[0];
  const named = composed.kind === "resident" ? composed.sealed[0]?.text : undefined;
  return named ?? whom?.name ?? card?.number ?? "";
}

/**
 * @param {Answers} answers
 * @returns {[string, string][]}
 */
function pairsOf(answers) {
  return Object.entries(answers).flatMap(([name, given]) => given.map((one) => pair(name, one)));
}

/**
 * @param {string} name
 * @param {string} one
 * @returns {[string, string]}
 */
function pair(name, one) {
  return [name, one];
}

/** @param {string} now */
function dayIn(now) {
  return new Date(new Date(now).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * An id that sorts by the instant it was made at.
 * @param {string} now
 */
export function freshId(now) {
  return uuid7(new Date(now).getTime());
}
