// Files of papers go behind the entries that name them, in pieces, in their person's session. Each answer says how much is
// there, so that a cut line goes on where it stopped; a box leaves this phone once a copy off the server holds its file.
import { base64 } from "../shelf/bytes.js";
import { dropFile, filesOf } from "../shelf/papers.js";
import { Refusal } from "../shelf/refusal.js";

/**
 * @import { Shelf } from "../shelf/shelf.js"
 * @import { Kept } from "../shelf/papers.js"
 * @import { Wire } from "./wire.js"
 */

const PIECE = 96 * 1024;
/** What no later try makes good: the words were erased, the file is not what they say, or its box opens for no key there. */
const FOR_GOOD = new Set(["file_not_named", "file_differs", "file_tells_more", "file_damaged", "file_too_large", "file_of_no_such_sort", "file_runs", "envelope_not_opened"]);

/** @param {Shelf} shelf @param {Wire} wire */
export async function sendFiles(shelf, wire) {
  for (const file of await filesOf(shelf.account)) {
    const row = await shelf.entry(file.entry);
    if (row && row.state !== "sent") continue; // its entry is not in the book yet
    try {
      if (await sent(shelf, wire, file)) await dropFile(shelf.account, file.digest);
    } catch (wrong) {
      if (!(wrong instanceof Refusal)) throw wrong;
      if (!FOR_GOOD.has(wrong.code)) continue;
      await shelf.putState({ untaken: { code: wrong.code, facts: wrong.facts } }); // first: nothing else will say so
      await dropFile(shelf.account, file.digest);
    }
  }
}

/** Send what is missing there; true once a copy has it. @param {Shelf} shelf @param {Wire} wire @param {Kept} file */
async function sent({ device, ticket, account }, wire, { log, digest, box }) {
  const told = { device, ticket, account, log, digest };
  let stands = await wire.ask("attach", told);
  while (!stands.whole) {
    const piece = box.subarray(stands.have, stands.have + PIECE);
    if (piece.length === 0) return false;
    const next = await wire.ask("attach", { ...told, begins: stands.have, piece: base64(piece) });
    if (!next.whole && next.have <= stands.have) return false; // another tab was there; the next round goes on
    stands = next;
  }
  return Boolean(stands.copied);
}
