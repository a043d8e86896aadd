// What a page asks of the server by itself: who is signed in, to be a device, to take in a file.
import { gzip, utf8 } from "../shelf/bytes.js";
import { Refusal } from "../shelf/shelf.js";

/** @import { readFile } from "../shelf/carried.js" */

const AT_ONCE = 50;

/**
 * @param {string} what
 * @param {any} told
 */
async function post(what, told) {
  const text = utf8(JSON.stringify(told));
  const small = text.length > 1000 ? await gzip(text).catch(() => null) : null;
  const headers = { "Content-Type": "application/json", "X-Concerto": "1", ...(small ? { "Content-Encoding": "gzip" } : {}) };
  const answer = await fetch(`${location.pathname}${what}/`, { method: "POST", body: small ?? text, headers, credentials: "same-origin", cache: "no-store" });
  const said = await answer.json();
  if (answer.ok) return said;
  throw new Refusal(said.refused?.code ?? "not_understood", { ...said.refused?.facts, why: said.refused?.why });
}

/** Who is there. @returns {Promise<{ now: string, server_key: any, signed_in: { account: string, called: string, log: string, language: string, posted: boolean } | null }>} */
export function hello() {
  return post("hello", {});
}

/** @param {{ name: string, key: string }} told @returns {Promise<any>} */
export function enrol(told) {
  return post("enrol", told);
}

/** @param {ReturnType<typeof readFile>} file @returns {Promise<any[]>} */
export async function carry({ device, ticket, envelopes }) {
  const receipts = [];
  for (let at = 0; at < envelopes.length; at += AT_ONCE) {
    receipts.push(...(await post("carry", { device, ticket, envelopes: envelopes.slice(at, at + AT_ONCE) })).receipts);
  }
  return receipts;
}
