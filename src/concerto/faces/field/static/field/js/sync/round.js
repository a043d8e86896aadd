// One round with the server: bring what waits, fetch what changed, hear how the device stands. Only one tab of a person
// is in a round at a time.
import { lapse, letGoOfCases, mend } from "../shelf/leaving.js";
import { letGo, unreached } from "../shelf/letting_go.js";
import { Refusal } from "../shelf/refusal.js";
import { alone } from "../shelf/tabs.js";
import { keepTwice } from "../shelf/twice.js";
import { sendFiles } from "./files.js";
import { headsToAsk, pull } from "./pull.js";
import { offerAtTheEnd, push } from "./push.js";

/**
 * @import { Shelf } from "../shelf/shelf.js"
 * @import { Found } from "./push.js"
 * @import { Wire } from "./wire.js"
 */

const ENDED = new Set(["revoked", "ended"]);

/**
 * @typedef {{
 *   session?: Found["session"], thorough?: boolean,
 *   busy?: (what: "" | "sending" | "fetching") => void,
 * }} How
 * `ended` says how a device stands whose shelf was wiped; `handed` how many were handed over before that; `missed` whether
 * something went with it that reached nobody.
 * @typedef {{ session: Found["session"], ended: string, handed: number, missed: boolean }} Outcome
 */

/**
 * @param {Shelf} shelf
 * @param {Wire} wire
 * @param {How} [how]
 * @returns {Promise<Outcome>}
 */
export function round(shelf, wire, how = {}) {
  return alone(`concerto-${shelf.account}-sync`, () => roundAlone(shelf, wire, how));
}

/** @param {Shelf} shelf @param {Wire} wire @param {How} how @returns {Promise<Outcome>} */
async function roundAlone(shelf, wire, { session = "", thorough = false, busy = () => {} }) {
  await mend(shelf).catch(unlessKept);
  await lapse(shelf, Date.now() + (wire.behind ?? 0)).catch(unlessKept);
  await shelf.lend?.(keepTwice).catch(unlessKept);
  /** @type {Found} */
  const found = { session, device: "", arrived: 0 };
  const bring = async (/** @type {boolean} */ again) => {
    const { waiting } = await shelf.count();
    if (waiting > 0) busy("sending");
    await push(shelf, wire, found, { thorough: again });
    await letGo(shelf).catch(unlessKept);
  };
  const asking = await headsToAsk(shelf);
  // In a session a fetch tells how those stand that wait for another; without one they have to be sent to hear it.
  await bring(thorough && (!shelf.isOpen || session === "none" || session === "other"));
  let asked = false;
  if (shelf.isOpen && !ENDED.has(found.device)) {
    busy("fetching");
    const before = found.session;
    for (let turn = 0; turn < 3; turn += 1) {
      const again = await pull(shelf, wire, found, asking);
      asked = found.session === "mine";
      const { offering = [] } = await shelf.state();
      if (offering.length > 0) await bring(false);
      if (!again) break;
    }
    // Somebody signed in meanwhile, on a phone that seals nothing without them.
    if (before !== "mine" && found.session === "mine" && !shelf.ticket) await bring(false);
  }
  // Nothing went and nothing came: asked so, without session or PIN, a server that was put back in another epoch says so.
  if (!asked && !found.device && shelf.ticket) await push(shelf, wire, found, { asks: true });
  if (ENDED.has(found.device)) {
    await offerAtTheEnd(shelf);
    await push(shelf, wire, found);
    await letGo(shelf).catch(unlessKept);
  } else if (found.device === "in_use" && (await shelf.state()).parting) await shelf.putState({ parting: false });
  const missed = ENDED.has(found.device) && (await unreached(shelf)); // read first: the end takes it along
  const ended = ENDED.has(found.device) && (await end(shelf)) ? found.device : "";
  if (!ended) await met(shelf, wire);
  if (!ended) await letGoOfCases(shelf).catch(unlessKept);
  if (!ended && found.session === "mine") await sendFiles(shelf, wire).catch(unlessKept);
  return { session: found.session, ended, handed: found.arrived, missed: Boolean(ended) && missed };
}

/** What a full disk or the second home refuses keeps nothing from being sent. @param {unknown} wrong */
function unlessKept(wrong) {
  if (!(wrong instanceof Refusal || wrong instanceof DOMException || wrong instanceof ReferenceError)) throw wrong;
}

/** Everything of them leaves, if nothing has still to be handed over. @param {Shelf} shelf */
async function end(shelf) {
  return shelf.wipe(async () => {
    const { offering = [] } = await shelf.state();
    const { waiting } = await shelf.count();
    return waiting === 0 && offering.length === 0;
  });
}

/** When one last met, and how wrong the phone's clock is. @param {Shelf} shelf @param {Wire} wire */
async function met(shelf, wire) {
  if (wire.behind === null) return;
  await shelf.putState({ lastContact: new Date(Date.now() + wire.behind).toISOString(), clockSkew: wire.behind });
}
