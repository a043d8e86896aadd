// The second home of what was recorded: each row in a file of its own, outside the database, which a full disk can take
// whole (docs/shelf.md). twice.js holds the two together, and brings back.
/** @import { Row } from "./rows.js" */

export const SECOND = "concerto-kept-";
export const AT = "/kept/";
const PATIENCE = 5000;

/** @param {string} account */
export function second(account) {
  return caches.open(SECOND + account);
}

/** Its number, id and state are told without opening it. @param {Pick<Row, "number" | "id" | "state">} row */
export function placeOf({ number, id, state }) {
  return `${AT}${number}/${id}/${state}`;
}

/** @param {string} url @returns {string[]} number, id and state */
export function placed(url) {
  return url.slice(url.indexOf(AT) + AT.length).split("/");
}

/** Where a browser has no such home there is none to miss. @param {any} wrong */
function unlessNone(wrong) {
  if (!(wrong instanceof ReferenceError) && wrong?.name !== "SecurityError") throw wrong;
}

/** One waits for it, though not for ever. @template T @param {Promise<T>} what @returns {Promise<T>} */
function soon(what) {
  /** @type {ReturnType<typeof setInterval>} */
  let timer;
  return Promise.race([what, new Promise((_, late) => (timer = setInterval(late, PATIENCE)))]).finally(() => clearInterval(timer));
}

/**
 * One that is no longer waited for may end once its shelf was wiped, or its row is another: what then lies here leaves again.
 * @param {string} account
 * @param {Row} row
 * @param {() => Promise<boolean>} isSo whether the database holds it so
 */
export async function putSecond(account, row, isSo) {
  let isLate = false;
  const put = async () => {
    const cache = await second(account);
    await cache.put(placeOf(row), new Response(JSON.stringify(row)));
    if (!isLate || (await isSo())) return;
    await cache.delete(placeOf(row));
    if ((await cache.keys()).length === 0) await wipeSecond(account);
  };
  const going = put();
  await soon(going).catch((wrong) => {
    isLate = true;
    going.catch(() => undefined);
    unlessNone(wrong);
  });
}

/**
 * The last number that was given, as far as this home knows: the database may have gone back.
 * @param {string} account
 */
export async function lastSecond(account) {
  const keys = async () => (await second(account)).keys();
  return Math.max(0, ...(await soon(keys()).catch(() => [])).map(({ url }) => Number(placed(url)[0]) || 0));
}

/**
 * These leave it: before they change in the database or leave it, since what is missing here is laid here again.
 * @param {string} account
 * @param {string[]} ids
 */
export async function dropSecond(account, ids) {
  const drop = async () => {
    const cache = await second(account);
    for (const { url } of await cache.keys()) if (ids.includes(placed(url)[1])) await cache.delete(url);
  };
  await drop().catch(() => wipeSecond(account));
}

/** @param {string} account */
export async function wipeSecond(account) {
  const wipe = async () => caches.delete(SECOND + account);
  await wipe().catch(unlessNone);
}
