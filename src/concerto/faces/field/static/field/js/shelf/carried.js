// A file of envelopes that another phone saved, as it is read here.
import { fromBase64 } from "./bytes.js";
import { Refusal } from "./refusal.js";

/** @import { Envelope } from "./envelopes.js" */

const POINT = 65;
const MOST = 5000;

/**
 * @param {string} text
 * @returns {{ device?: string, ticket?: string, envelopes: Envelope[] }}
 */
export function readFile(text) {
  let told;
  try {
    told = JSON.parse(text);
  } catch {
    throw new Refusal("not_a_file_of_envelopes");
  }
  if (told?.concerto !== "envelopes" || !Array.isArray(told.envelopes)) throw new Refusal("not_a_file_of_envelopes");
  if (told.version !== 1) throw new Refusal("file_of_another_version");
  const whole = (/** @type {any} */ one) => typeof one?.id === "string" && typeof one.box === "string" && isBox(one.box);
  if (told.envelopes.length > MOST || !told.envelopes.every(whole)) throw new Refusal("not_a_file_of_envelopes");
  if (told.envelopes.length === 0) throw new Refusal("file_without_envelopes");
  return { device: told.device ?? undefined, ticket: told.ticket ?? "", envelopes: told.envelopes };
}

/** @param {string} box */
function isBox(box) {
  try {
    return fromBase64(box).length > POINT;
  } catch {
    return false;
  }
}
