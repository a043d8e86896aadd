// Own entries as their writer reads them: what each says, which belong together, which another one stands for.
import { partDigest } from "../shelf/ids.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { EntryRow } from "../shelf/shelf.js"
 */

/**
 * One entry of the outbox, opened: `said` as it was written.
 * @typedef {{ row: EntryRow, said: any, shows: any, first: string, replaced: Told | null }} Told
 * All that was said of one thing here: the first (which may lie elsewhere), then corrections and what took it back.
 * @typedef {{ first: string, all: Told[] }} Strand
 * @typedef {{ all: Told[], of: Map<string, Told>, strands: Map<string, Strand>, parts: Record<string, Part> }} Own
 */

/** What has not been decided, or was decided in its favour. */
const LIVE = new Set(["waiting", "pending", "sent"]);

/** @type {WeakMap<object, Promise<[string, Part][]>>} */
const digested = new WeakMap();

/**
 * @param {EntryRow[]} rows in the order of their numbers
 * @returns {Promise<Own>}
 */
export async function readOwn(rows) {
  /** @type {Told[]} */
  const all = [];
  /** @type {Record<string, Part>} */
  const parts = {};
  for (const row of rows) {
    if (!row.item) continue;
    const said = JSON.parse(row.item.said);
    for (const [digest, part] of await partsOf(row.item)) parts[digest] = part;
    all.push({ row, said, shows: row.shows ?? {}, first: said.corrects ?? said.id, replaced: null });
  }
  const of = new Map(all.map((told) => [told.said.id, told]));
  /** @type {Map<string, Strand>} */
  const strands = new Map();
  for (const told of all) {
    for (const id of told.said.instead_of ?? []) {
      const other = of.get(id);
      if (other && !cameLate(told.row)) other.replaced = told;
    }
    const strand = strands.get(told.first) ?? { first: told.first, all: [] };
    strand.all.push(told);
    strands.set(told.first, strand);
  }
  return { all, of, strands, parts };
}

/** @param {NonNullable<EntryRow["item"]>} item */
function partsOf(item) {
  const before = digested.get(item);
  if (before) return before;
  const made = Promise.all(item.sealed.map(async (part) => /** @type {[string, Part]} */ ([await partDigest(part), part])));
  digested.set(item, made);
  return made;
}

/**
 * Whether something was let stand of which a part was settled before: that closed nothing, and the rest is open still.
 * @param {EntryRow} row
 */
function cameLate({ outcome, code }) {
  return outcome === "known" && code === "already";
}

/** Whether an entry holds in its writer's eyes. @param {Told} told */
export function isLive(told) {
  return LIVE.has(told.row.state) && !told.replaced;
}

/** @param {Told} told */
export function isUnsent(told) {
  return told.row.state === "waiting" || told.row.state === "pending";
}

/**
 * The last wording that holds; a body of null took it back.
 * @param {Strand} strand
 * @returns {Told | undefined}
 */
export function lastOf(strand) {
  return strand.all.filter(isLive).at(-1);
}

/** What a thing is, by which its fields are named. @param {any} said */
export function thingOf(said) {
  const body = said.body ?? {};
  return body.resident ?? body.household ?? "";
}

/** What a body says that is no field of the thing: which it is, and where the writer knows it from. */
const BESIDES = new Set(["household", "resident", "told_by"]);

/** The fields of a thing that an entry says. @param {any} said @returns {string[]} */
export function fieldsOf(said) {
  return Object.keys(said.body ?? {}).filter((name) => !BESIDES.has(name));
}

/**
 * Own entries that rest on this one, or on what it stands for, and are not filed: those that saw its wording, and theirs;
 * corrections of it too.
 * @param {Own} own
 * @param {Told} told
 * @returns {Told[]}
 */
export function restingOn(own, told) {
  const names = new Set([told.said.id, ...(told.said.instead_of ?? [])]);
  const open = own.all.filter((other) => other !== told && other.row.state !== "sent" && other.row.state !== "settled" && !other.replaced);
  /** @type {Set<Told>} */
  const found = new Set();
  // A later entry may stand for an earlier one, on which again an earlier one rests: until nothing is added.
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const other of open) {
      const seen = Object.values(other.said.saw ?? {});
      if (found.has(other) || (!names.has(other.said.corrects) && !seen.some((id) => names.has(/** @type {string} */ (id))))) continue;
      found.add(other);
      for (const id of [other.said.id, ...(other.said.instead_of ?? [])]) names.add(id);
    }
  }
  return open.filter((other) => found.has(other));
}

/**
 * All ids that an entry standing in for these closes: what they stood for and is open still, then they themselves. What
 * was settled, or taken in itself after all, is closed.
 * @param {Own} own
 * @param {Told[]} tolds
 */
export function standingFor(own, tolds) {
  const named = new Set(tolds.flatMap(({ said }) => [...(said.instead_of ?? []), said.id]));
  const isOpen = (/** @type {string | undefined} */ state) => state !== "settled" && state !== "sent";
  return [...named].filter((id) => isOpen(own.of.get(id)?.row.state)).slice(0, 50);
}
