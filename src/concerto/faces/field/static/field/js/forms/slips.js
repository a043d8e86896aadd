// Which slip was left for what a visit wrote down: its number as it is typed, and the entry that says so.
import { learnReaders, Unfit } from "./answers.js";
import { learnSlips } from "./compose.js";
import { packed, stripped } from "./letters.js";
import { holds } from "./sheet.js";
import { hex, utf8 } from "../shelf/bytes.js";

/** @import { Reader } from "./answers.js" */

const PRIME = 11;

/** @type {Record<string, Reader>} */
export const SLIPS = {
  serial: (given) => {
    if (!stripped(given[0] ?? "")) return [];
    const digits = packed([...given[0]].slice(0, 200).join("")).replace(/[-‐‑–—－_.·]/gu, "");
    const weighed = [...digits].reduce((sum, digit, at) => sum + (at + 2) * Number(digit), 0);
    if (!/^[0-9]{7,9}$/.test(digits) || weighed % PRIME) throw new Unfit("serial_wrong");
    return [digits];
  },
};
learnReaders(SLIPS);

/** The key that follows from a serial: whoever has a slip in hand can name it without signal. @param {string} log @param {string} serial */
export async function slipKey(log, serial) {
  const space = Uint8Array.from(log.replaceAll("-", "").match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-1", Uint8Array.of(...space, ...utf8(`matter slip ${serial}`)))).slice(0, 16);
  bytes[6] = 0x50 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

learnSlips(async (sheet, answers, own, log) => {
  const { slots, filled } = sheet.fields.needs;
  const there = slots.filter((/** @type {string} */ slot) => holds(filled, answers, slot));
  const told = [];
  for (const [at, { need, household }] of (own.body.needs ?? []).entries()) {
    const asked = (sheet.slips ?? "").replace("{n}", there[at]);
    for (const serial of answers[asked] ?? []) {
      const slip = await slipKey(log, serial);
      const body = { slip, matter: need, what: "need", household };
      told.push({ ...own, asked, kind: "matter_slip", version: 1, body, sealed: [], digests: [], saw: { [`${slip}.given`]: null } });
    }
  }
  return told;
});
