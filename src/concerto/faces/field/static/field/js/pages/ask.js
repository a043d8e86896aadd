// What a page asks of the server by itself: who is signed in, to be a device.
import { gzip, utf8 } from "../shelf/bytes.js";
import { Refusal } from "../shelf/shelf.js";

/**
 * @param {string} what
 * @param {any} told
 */
export async function post(what, told) {
  const text = utf8(JSON.stringify(told));
  const small = text.length > 1000 ? await gzip(text).catch(() => null) : null;
  const headers = { "Content-Type": "application/json", "X-Concerto": "1", ...(small ? { "Content-Encoding": "gzip" } : {}) };
  const answer = await fetch(`${location.pathname}${what}/`, { method: "POST", body: small ?? text, headers, credentials: "same-origin", cache: "no-store" });
  const said = await answer.json();
  if (answer.ok) return said;
  throw new Refusal(said.refused?.code ?? "not_understood", { ...said.refused?.facts, why: said.refused?.why });
}

/** Who is there. @returns {Promise<{ now: string, server_key: any, signed_in: { account: string, called: string, log: string, language: string, posted: boolean, why?: string } | null }>} */
export function hello() {
  return post("hello", {});
}

/** @param {{ name: string, key: string }} told @returns {Promise<any>} */
export function enrol(told) {
  return post("enrol", told);
}
