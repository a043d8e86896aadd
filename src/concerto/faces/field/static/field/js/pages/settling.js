// Settling two versions: one new entry that says what is kept, against the card without those it stands for.
import { digestsIn } from "../forms/sheet.js";
import { partDigest, salt } from "../shelf/ids.js";
import { askedOf } from "./needs.js";
import { letting, settling } from "./restating.js";
import { restingOn, standingFor } from "./told.js";

/**
 * @import { Difference, Found } from "./clash.js"
 * @import { Phone } from "./phone.js"
 * @import { Told } from "./told.js"
 */

/** The line on a card that the entry says anew. @param {Phone} phone @param {Told} told */
export function lineOf(phone, told) {
  for (const card of phone.raw.values()) {
    const line = card.lines?.find((/** @type {any} */ one) => one.e === told.first);
    if (line) return line;
  }
  return null;
}

/**
 * @param {Phone} phone
 * @param {Found} found
 * @param {Record<string, string>} chosen
 */
export async function settleFields(phone, { told, chain, thing, body, asked, alone }, chosen) {
  const kept = [...alone, ...asked.filter(({ field }) => chosen[field] !== "theirs")];
  if (kept.length === 0) return letting(phone, told);
  const key = told.said.kind === "resident_change" ? "resident" : "household";
  /** @type {Record<string, any>} */
  const said = { [key]: thing };
  /** @type {any[]} */
  const fresh = [];
  for (const each of kept) {
    said[each.field] = chosen[each.field] === "both" ? await bothOf(phone, body, each, thing, fresh) : body[each.field];
  }
  const digests = digestsIn(said);
  const sealed = [...fresh, ...digests.flatMap((/** @type {string} */ digest) => phone.own.parts[digest] ?? [])];
  const saw = Object.fromEntries(kept.map(({ field, wording }) => /** @type {[string, string | null]} */ ([`${thing}.${field}`, wording])).sort(([one], [other]) => (one < other ? -1 : 1)));
  return settling(phone, told, { body: said, sealed, digests, saw, instead_of: standingFor(phone.own, chain) });
}

/**
 * Both lists, each value once: mine as they are sealed, theirs sealed anew.
 * @param {Phone} phone
 * @param {Record<string, any>} body
 * @param {Difference} each
 * @param {string} thing
 * @param {any[]} fresh
 */
async function bothOf(phone, body, { field, mine, theirs }, thing, fresh) {
  const words = (/** @type {any} */ one) => (typeof one === "string" ? one : JSON.stringify(one));
  const known = new Set(mine.map(words));
  const values = [...body[field]];
  for (const one of (theirs ?? []).filter((/** @type {any} */ other) => !known.has(words(other)))) {
    const part = { about: thing, audience: "place", salt: salt(), text: typeof one === "string" ? one : one.words };
    if (!part.text) continue;
    fresh.push(part);
    const digest = await partDigest(part);
    values.push(typeof one === "string" ? digest : { season: one.season, from_month: one.from, to_month: one.to, words: digest });
  }
  return values;
}

/** @param {Phone} phone @param {Told} told @param {string} chosen */
export function settleWhole(phone, told, chosen) {
  if (chosen === "theirs") return letting(phone, told);
  const { said } = told;
  const last = lineOf(phone, told)?.last ?? told.row.facts?.meets ?? said.corrects;
  const now = said.body?.need && askedOf(phone, told.shows.household, said.body.need, said.body.step ?? "word")?.seen;
  const saw = said.corrects ? { [`${said.corrects}.wording`]: last } : { ...said.saw, ...now };
  const instead_of = standingFor(phone.own, [told, ...restingOn(phone.own, told)]);
  return settling(phone, told, { body: said.body, sealed: told.row.item?.sealed ?? [], digests: said.sealed ?? [], saw, instead_of });
}
