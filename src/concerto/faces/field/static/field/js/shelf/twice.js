// Two homes of what was recorded: what one lacks the other gives. A full disk makes a browser drop the whole database, or
// the last of it, when it is started anew (docs/shelf.md).
import { salt } from "./ids.js";
import { lockUp } from "./locked.js";
import { digestsOf, liesSo } from "./outbox.js";
import { inPeople, people } from "./people.js";
import { Refusal } from "./refusal.js";
import { isFiled } from "./rows.js";
import { AT, placed, placeOf, putSecond, SECOND, second } from "./second.js";
import { found, nameOf, Store } from "./store.js";
import { alone } from "./tabs.js";

/** @import { Home, Outbox } from "./outbox.js" */
/** @import { Shelf } from "./person.js" */
/** @import { EntryRow, Row } from "./rows.js" */

/**
 * What of `about` is needed to begin again: whose, how the server knows the phone, the key wrapped under the PIN. The key
 * that signs can be laid nowhere else.
 * @typedef {Record<string, any>} Begun
 */
const NEEDED = /^(who|device|lock(-\d+)?|number)$/;
const BEGUN = `${AT}begun/`;

const isBegun = (/** @type {Request} */ { url }) => url.includes(BEGUN);

/**
 * Lay in the second home what it lacks, take out what is no longer so, and bring back what the database lacks.
 * @param {Home} home
 */
export function keepTwice(home) {
  return alone(home.store.name, async () => {
    const { rows, begun, number } = await inDatabase(home);
    const cache = await second(home.account);
    const keys = await cache.keys();
    const given = Math.max(0, ...(await begunIn(cache, keys)).map((one) => one?.number ?? 0));
    if (given > number) {
      // The database went back, and the row that bore the last number has left both.
      begun.number = given;
      await home.store.write(["about"], ({ about }) => about.put(given, "number"));
    }
    const there = keys.filter((key) => !isBegun(key));
    const own = new Map(rows.map((row) => [row.id, row]));
    await bringRows(home, await rowsIn(cache, there.filter(({ url }) => !own.has(placed(url)[1]))));
    home.whole = true;
    const places = new Set(there.map(({ url }) => placed(url).join()));
    const once = rows.filter((row) => row.box && !places.has(placed(placeOf(row)).join()));
    for (const row of [...once]) {
      const lies = await putSecond(home.account, row, () => liesSo(home, row)).then(() => true, () => false);
      if (lies) once.splice(once.indexOf(row), 1);
    }
    for (const { url } of there) {
      const row = own.get(placed(url)[1]);
      if (row && (!row.box || (!url.endsWith(placeOf(row)) && !once.includes(row)))) await cache.delete(url);
    }
    home.once.clear();
    for (const row of once) if (!isFiled(row)) home.once.add(row.id);
    await layBegun(cache, keys.filter(isBegun), JSON.stringify(begun)).catch(() => home.once.add(""));
  });
}

/** @param {Cache} cache @param {readonly Request[]} keys @returns {Promise<(Begun | null)[]>} */
function begunIn(cache, keys) {
  return Promise.all(keys.filter(isBegun).map(async (key) => (await cache.match(key))?.json().catch(() => null)));
}

/** @param {Home} home @returns {Promise<{ rows: Row[], begun: Begun, number: number }>} */
async function inDatabase({ store }) {
  /** @type {{ rows: Row[], names: IDBValidKey[], values: any[] }} */
  const { rows, names, values } = await store.read(["about", "entries"], ({ about, entries }, done) => {
    found(entries.getAll(), (rows) => found(about.getAllKeys(), (names) => found(about.getAll(), (values) => done({ rows, names, values }))));
  });
  const begun = Object.fromEntries(names.map((name, n) => /** @type {const} */ ([String(name), values[n]])).filter(([name]) => NEEDED.test(name)));
  if (!begun.who) throw new Refusal("no_shelf"); // begun again by halves
  const { pair: _stays, ...device } = begun.device;
  const { number = 0 } = begun;
  // Its row tells it, as long as that can't leave before the number was laid here.
  if (rows.some((row) => row.box && !isFiled(row) && row.number >= begun.number)) delete begun.number;
  return { rows, number, begun: { ...begun, device, lock: { ...begun.lock, tries: 0, tried_at: 0 } } };
}

/** The new one first: a full disk takes none of the old. @param {Cache} cache @param {Request[]} before @param {string} text */
async function layBegun(cache, before, text) {
  const texts = await Promise.all(before.map(async (key) => (await cache.match(key))?.text()));
  if (!texts.includes(text)) await cache.put(BEGUN + salt(), new Response(text));
  for (const [n, { url }] of before.entries()) if (texts[n] !== text) await cache.delete(url);
}

/**
 * The database has lost these and holds others: it went back by a few.
 * @param {Home} home
 * @param {Row[]} rows
 */
async function bringRows(home, rows) {
  if (rows.length === 0) return;
  await home.store.write(["about", "entries"], (stores) => putBack(stores, rows, { all: false }));
  home.tell("entries");
  home.tell("state");
}

/** @param {Cache} cache @param {readonly Request[]} keys @returns {Promise<Row[]>} */
async function rowsIn(cache, keys) {
  const read = keys.map(async (key) => (await cache.match(key))?.json().catch(() => null));
  const rows = (await Promise.all(read)).filter((row) => row?.id && row.box && row.number > 0);
  // One that lies there as before and after an answer counts with its answer.
  rows.sort((one, other) => Number(other.state === "waiting") - Number(one.state === "waiting"));
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

/**
 * @param {Record<string, IDBObjectStore>} stores
 * @param {Row[]} rows
 * @param {{ all: boolean, here?: boolean }} lost whether nothing else was left; whether a page that is open knew the rest
 */
function putBack({ about, entries }, rows, { all, here = false }) {
  for (const row of rows) entries.put(row);
  found(about.get("number"), (number) => about.put(Math.max(number ?? 0, ...rows.map((row) => row.number)), "number"));
  const unfiled = rows.filter((row) => !isFiled(row)).length;
  if (!all && unfiled === 0) return;
  found(about.get("state"), (state) => {
    const before = state?.lost ?? { all: false, entries: 0 };
    about.put({ ...state, lost: { all: all || before.all, ...(here && { here }), entries: before.entries + unfiled } }, "state");
  });
}

/** Begin the shelves anew that the database has lost whole. Whether there were any. */
export async function bringBack() {
  if (!globalThis.caches) return false;
  const here = new Set((await people()).map(({ account }) => account));
  const names = (await caches.keys()).filter((name) => name.startsWith(SECOND));
  let back = false;
  for (const name of names) {
    const account = name.slice(SECOND.length);
    if (!here.has(account) && (await beginAgain(account))) back = true;
  }
  return back;
}

/**
 * What lies beside no shelf and can begin none: rows by the cache they lie in. One that holds nothing goes.
 * @returns {Promise<{ cache: Cache, rows: Row[] }[]>}
 */
export async function leftOver() {
  if (!globalThis.caches) return [];
  const here = new Set((await people()).map(({ account }) => account));
  const names = (await caches.keys()).filter((name) => name.startsWith(SECOND) && !here.has(name.slice(SECOND.length)));
  const found = [];
  for (const name of names) {
    const cache = await caches.open(name);
    const rows = await rowsIn(cache, (await cache.keys()).filter((key) => !isBegun(key)));
    if (rows.length > 0) found.push({ cache, rows });
    else await caches.delete(name);
  }
  return found;
}

/** They have arrived, and leave. @param {Cache} cache @param {Set<string>} ids */
export async function letGo(cache, ids) {
  for (const { url } of await cache.keys()) if (ids.has(placed(url)[1])) await cache.delete(url);
}

/**
 * What a page that is open knows beside what lies apart: the device with the key that signs, how it stood with the server,
 * the last number it saw given, what lay in the database alone, and what is being written.
 * @typedef {{ device: any, state: Record<string, any>, number: number, alone: Row[], drafts: { key: string, at: string, under: number, locked: string }[] }} Known
 */

/**
 * The database is gone while its page is open: it is begun again in place. False where nothing lies apart, as after a wipe;
 * where another page has begun it, nothing is added.
 * @param {Shelf} shelf
 * @param {{ rows: EntryRow[], state: Record<string, any>, held: Map<string, { at: string, answers: any }>, fill: () => Promise<void> }} seen what the page had read last, and what is being written in it; `fill` lays there what else it knows
 */
export async function beginHere(shelf, { rows, state, held, fill }) {
  if (!globalThis.caches) return false;
  const lent = shelf.lend(async (home, outbox) => {
    if (!(await caches.keys()).includes(SECOND + home.account)) return false;
    const { device, ticket, serverKey } = shelf;
    const pair = home.pair();
    const number = Math.max(0, ...rows.map((row) => row.number));
    const alone = await Promise.all(rows.filter(({ id, item }) => item && home.once.has(id)).map((row) => madeAnew(home, outbox, row)));
    const key = home.held();
    const drafts = key ? await Promise.all([...held].map(async ([name, { at, answers }]) => ({ key: name, at, under: key.under, locked: await lockUp(key, answers, { small: true }) }))) : [];
    const known = { device: { device, ticket, serverKey, ...(pair && { pair }) }, state, number, alone, drafts };
    const begun = await beginAgain(home.account, known);
    home.whole = false;
    if (begun === "begun") await fill();
    if (begun) for (const what of ["entries", "state"]) home.tell(what);
    return Boolean(begun);
  });
  return lent.catch((wrong) => {
    throw wrong instanceof DOMException ? new Refusal("disk_full") : wrong;
  });
}

/** What lay once only and is still shown, under its id and number. @param {Home} home @param {Outbox} outbox @param {EntryRow} shown @returns {Promise<Row>} */
async function madeAnew(home, outbox, { item, shows, why: _told, ...row }) {
  const held = home.need();
  const mine = /** @type {NonNullable<typeof item>} */ (item);
  const texts = await outbox.texts(row.id, mine, shows, held);
  return { ...row, ...texts, facts: {}, under: held.under, digests: await digestsOf(mine), forget: [], told: "", told_under: 0 };
}

/** Whether there was anything to begin with, or it is there by now. @param {string} account @param {Known} [known] @returns {Promise<"" | "begun" | "there">} */
async function beginAgain(account, known) {
  const cache = await second(account);
  const keys = await cache.keys();
  const begun = (await begunIn(cache, keys)).filter((one) => one?.who?.account === account).at(-1);
  if (!begun) return "";
  const apart = await rowsIn(cache, keys.filter((key) => !isBegun(key)));
  const rows = [...(known?.alone ?? []).filter(({ id }) => apart.every((row) => row.id !== id)), ...apart];
  if (known) Object.assign(begun, { device: known.device, number: Math.max(begun.number ?? 0, known.number) });
  const store = new Store(nameOf(account), { make: true });
  /** @type {"begun" | "there"} */
  let how;
  try {
    how = await alone(store.name, () => store.write(["about", "entries", "drafts"], (stores, done) => {
      found(stores.about.get("who"), (who) => {
        if (who) return done("there"); // only its place in the list was lost
        for (const [name, value] of Object.entries({ ...begun, ...(known && { state: known.state }) })) stores.about.put(value, name);
        for (const draft of known?.drafts ?? []) stores.drafts.put(draft); // never after its entry
        putBack(stores, rows, { all: true, here: Boolean(known) });
        done("begun");
      });
    }));
  } finally {
    store.close();
  }
  await inPeople((list) => list.put(begun.who));
  return how;
}
