// What leaves the outbox: erased words at once, and entries that the server and a copy of it have had long enough. The
// sync asks for it; a shelf that lives in a page alone keeps neither for long.
import { partDigest } from "./ids.js";
import { openUp } from "./locked.js";
import { isFiled } from "./rows.js";
import { dropSecond } from "./second.js";
import { alone } from "./tabs.js";

/** @import { Held } from "./locked.js" */
/** @import { Home, Outbox } from "./outbox.js" */
/** @import { Shelf } from "./person.js" */
/** @import { At, Row } from "./rows.js" */

const DAY = 86_400_000;
const THIRTY_DAYS = 30 * DAY;
/** On which day a shelf was last looked through for leads. @type {WeakMap<Shelf, number>} */
const looked = new WeakMap();

/**
 * While no other tab writes: what is missing in the second home is laid there again.
 * @template T
 * @param {Shelf} shelf
 * @param {(home: Home, outbox: Outbox) => Promise<T>} work
 */
async function within(shelf, work) {
  return shelf.lend?.((home, outbox) => alone(home.store.name, () => work(home, outbox)));
}

/**
 * Erased words leave. Which rows hold them is written first: killed in the middle, it goes on at the next opening.
 * @param {Shelf} shelf
 * @param {string[]} digests
 */
export function forgetWords(shelf, digests) {
  const erased = new Set(digests);
  return within(shelf, async (home, outbox) => {
    const rows = (await outbox.rows()).filter((row) => row.digests.some((digest) => erased.has(digest)));
    if (rows.length === 0) return 0;
    await dropSecond(home.account, rows.filter(isFiled).map(({ id }) => id));
    await outbox.change(rows.map(({ id }) => id), (row) => {
      const forget = [...new Set([...row.forget, ...row.digests.filter((digest) => erased.has(digest))])];
      return isFiled(row) ? { ...row, forget, box: "", sig: "" } : { ...row, forget };
    });
    await mendIn(home, outbox);
    return rows.length;
  });
}

/** Make anew what holds erased words, without them: where the shelf is open. @param {Shelf} shelf */
export function mend(shelf) {
  return within(shelf, mendIn);
}

/** @param {Home} home @param {Outbox} outbox */
async function mendIn(home, outbox) {
  const held = home.held();
  if (!held) return;
  for (const row of (await outbox.rows()).filter(({ forget }) => forget.length > 0)) {
    const gone = new Set(row.forget);
    const digests = row.digests.filter((digest) => !gone.has(digest));
    // Under a PIN that was forgotten nothing can be made anew: what the server has goes, what it lacks is still sent.
    const older = row.under !== held.under;
    if (older && !isFiled(row)) continue;
    const texts = older ? { locked: "", box: "", sig: "" } : await outbox.texts(row.id, ...(await spared(row, gone, held)), held);
    await dropSecond(home.account, [row.id]);
    await outbox.change([row.id], (now) => (now.locked === row.locked ? { ...now, ...texts, digests, forget: [] } : now));
  }
}

/**
 * Item and view without the erased words.
 * @param {Row} row
 * @param {Set<string>} gone
 * @param {Held} held
 * @returns {Promise<[any, any]>}
 */
async function spared({ locked }, gone, held) {
  const { item, shows } = await openUp(held, locked);
  const named = await Promise.all(item.sealed.map(partDigest));
  const sealed = item.sealed.filter((/** @type {any} */ _part, /** @type {number} */ n) => !gone.has(named[n]));
  const words = item.sealed.flatMap((/** @type {any} */ part, /** @type {number} */ n) => (gone.has(named[n]) ? [part.text] : []));
  return [{ ...item, sealed }, without(shows, words)];
}

/**
 * Take the erased words out of what a page shows of an entry.
 * @param {any} shown
 * @param {string[]} texts
 * @returns {any}
 */
function without(shown, texts) {
  if (typeof shown === "string") return texts.reduce((text, words) => (words ? text.replaceAll(words, "") : text), shown);
  if (Array.isArray(shown)) return shown.map((one) => without(one, texts));
  if (!shown || typeof shown !== "object") return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, one]) => [name, without(one, texts)]));
}

/**
 * Words of leads leave on the thirty-first day after it happened, of what the server has: nobody has to say so, and no
 * signal is needed. What it lacks is still sent as it was told. The shelf is looked through once a day, while it is open.
 * @param {Shelf} shelf
 * @param {number} now in milliseconds
 */
export async function lapse(shelf, now) {
  const here = new Date(now);
  const today = Date.UTC(here.getFullYear(), here.getMonth(), here.getDate());
  if (!shelf.isOpen || looked.get(shelf) === today) return 0;
  const lapsed = await within(shelf, async (home, outbox) => {
    const held = home.held();
    if (!held) return [];
    const rows = (await outbox.rows()).filter((row) => isFiled(row) && row.digests.length > 0 && row.under === held.under);
    const told = await Promise.all(rows.map(({ locked }) => openUp(held, locked)));
    return told.flatMap(({ item }) => leadsIn(JSON.parse(item.said), today));
  });
  looked.set(shelf, today);
  return lapsed?.length ? forgetWords(shelf, lapsed) : 0;
}

/** What is of a case; of a paper of one only what describes the file is kept, until that is whole there. */
const OF_CASES = /^(?:spot_settlement|case(?:$|_(?!attachment)))/;
/** Which rows of a shelf were looked into for a case's words. @type {WeakMap<Shelf, Set<string>>} */
const opened = new WeakMap();

/**
 * Words of a case leave once the server has it and a copy off its machine does: who recorded a settlement need not be who
 * handles it, but until then they are nowhere else. Each row is opened once, while this page is there.
 * @param {Shelf} shelf
 */
export async function letGoOfCases(shelf) {
  if (!shelf.isOpen) return 0;
  const known = opened.get(shelf) ?? new Set();
  opened.set(shelf, known);
  const { copied } = await shelf.state();
  const found = await within(shelf, async (home, outbox) => {
    const held = home.held();
    if (!held) return [];
    const rows = (await outbox.rows()).filter((row) => isCopied(row, copied) && row.digests.length > 0 && row.under === held.under && !known.has(row.id));
    const told = await Promise.all(rows.map(({ locked }) => openUp(held, locked)));
    return rows.filter(({ id }, n) => known.add(id) && OF_CASES.test(JSON.parse(told[n].item.said).kind)).flatMap(({ digests }) => digests);
  });
  return found?.length ? forgetWords(shelf, found) : 0;
}

/**
 * The digests of the leads that an entry told of, once they have lapsed.
 * @param {{ happened_on: string, body: { leads?: { words: string }[] } | null }} said
 * @param {number} today
 * @returns {string[]}
 */
function leadsIn({ happened_on, body }, today) {
  return today - Date.parse(happened_on) > THIRTY_DAYS ? (body?.leads ?? []).map(({ words }) => words) : [];
}

/**
 * Let go what the server has had for thirty days and a copy off its machine holds.
 * @param {Shelf} shelf
 * @param {{ copied?: At | null, now: number }} told `now` by the server's clock
 */
export function prune(shelf, { copied, now }) {
  return within(shelf, async (home, outbox) => {
    const going = (await outbox.rows()).filter((row) => mayGo(row, copied, now)).map(({ id }) => id);
    if (going.length === 0) return 0;
    await dropSecond(home.account, going);
    await home.store.write(["entries"], ({ entries }) => going.forEach((id) => entries.delete(id)));
    home.tell("entries");
    return going.length;
  });
}

/**
 * Whether a row may leave the phone: filed, thirty days ago by the server's clock, and in a copy of this very epoch.
 * One of an older epoch waits until it was offered again.
 * @param {Row} row
 * @param {At | null | undefined} copied
 * @param {number} now the server's clock, in milliseconds
 */
function mayGo(row, copied, now) {
  return now - Date.parse(row.received_at) > THIRTY_DAYS && isCopied(row, copied);
}

/** @param {Row} row @param {At | null | undefined} copied */
function isCopied(row, copied) {
  return isFiled(row) && Boolean(copied) && row.seq > 0 && row.epoch === copied?.epoch && row.seq <= copied.seq;
}
