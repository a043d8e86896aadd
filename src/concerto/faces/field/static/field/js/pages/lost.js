// What the browser lost, as after a full disk: what was kept apart is shown again, its user is told, and a phone that lost
// the key with which it signs becomes a device of theirs anew.
import { fileOf } from "../shelf/envelopes.js";
import { newSigningKey } from "../shelf/shelf.js";
import { beginHere } from "../shelf/twice.js";
import { does, put, stamp } from "./dom.js";
import { saveAt } from "./files.js";
import { whyOf } from "./names.js";
import { count, say } from "./words.js";

/**
 * @import { Link } from "./link.js"
 * @import { Phone } from "./phone.js"
 */

/** A shelf was begun again: where none was open it is the one to show. @param {Link} link */
export async function found({ phone, head }) {
  if (phone.shelf) return;
  await phone.start();
  await head.stage.show();
}

/**
 * The browser dropped the database while this page is open: what lies apart is in it again, and what the page still knows,
 * drafts and cards among it. Whether it is there now; a shelf that was wiped stays gone.
 * @param {Phone} phone
 */
export async function bringHere(phone) {
  const { shelf, rows, state, raw, about, held } = phone;
  if (!shelf?.lend || phone.denied) return false;
  const cards = shelf.isOpen ? [...raw.values()] : [];
  // A number counts only with the cards it reaches: where these are not known, they are asked for from the first.
  const cursors = Object.fromEntries(Object.entries(state.cursors ?? {}).filter(([grant]) => cards.some(({ village }) => village === grant)));
  const { standingAt: _gone, ...stood } = state;
  return beginHere(shelf, {
    rows,
    state: { ...stood, cursors: {}, aboutDigest: "" },
    held,
    fill: async () => {
      if (!shelf.isOpen) return;
      if (cards.length > 0) await shelf.putPage(cursors, /** @type {any} */ (cards));
      if (about) await shelf.putAbout(about);
    },
  });
}

/** In a session of their own, once all that was written under the old name has arrived. @param {Phone} phone */
export async function enrolAgain({ shelf, ask }) {
  if (!shelf?.isOpen || shelf.signs !== false || (await shelf.count()).waiting > 0) return;
  const { pair, raw } = await newSigningKey();
  const { who, device, ticket, server_key: serverKey } = await ask.enrol({ name: say("own_name"), key: raw });
  if (who.account === shelf.account) await shelf.putDevice({ device, ticket, serverKey, pair });
}

/** What is to be said, and what it is known by. @param {Phone} phone @returns {[string, HTMLElement][]} */
export function lostNotices(phone) {
  const { shelf, state } = phone;
  /** @type {[string, HTMLElement][]} */
  const told = [];
  const { lost } = shelf ? state : {};
  if (lost) {
    const entries = lost.entries > 0 ? count("lost_entries", lost.entries) : say("lost_no_entries");
    const piece = put(stamp("n-lost"), { what: lost.all ? say("lost_all") : say("lost_last"), entries, more: lost.all ? say(lost.here ? "lost_here" : "lost_more") : "" });
    told.push([`lost ${entries}`, does(piece, { lost: () => shelf?.putState({ lost: null }) })]);
  }
  // Behind the lock it would tell whoever holds the phone that somebody spoke: it is kept until they open it.
  if (shelf?.isOpen && state.unreached) {
    const piece = put(stamp("n-receipts"), { what: say("unreached") });
    told.push(["unreached", does(piece, { heard: () => shelf.putState({ unreached: false }) })]);
  }
  if (shelf?.isOpen && state.untaken) {
    const piece = put(stamp("n-receipts"), { what: say("untaken", { why: whyOf(state.untaken) }) });
    told.push([`untaken ${state.untaken.code}`, does(piece, { heard: () => shelf.putState({ untaken: null }) })]);
  }
  const once = shelf?.once?.size ?? 0;
  if (once > 0) told.push([`once ${once}`, stamp("n-once")]);
  if (phone.link) told.push(...leftNotices(phone.link));
  return told;
}

/** Of a shelf that is gone. @param {Link} link @returns {[string, HTMLElement][]} */
function leftNotices(link) {
  const { left: { devices, envelopes }, arrived } = link;
  /** @type {[string, HTMLElement][]} */
  const told = [];
  if (arrived > 0) {
    const heard = () => {
      link.arrived = 0;
      link.head.draw();
    };
    told.push([`arrived ${arrived}`, does(put(stamp("n-receipts"), { what: count("left_arrived", arrived) }), { heard })]);
  }
  if (envelopes.length > 0) {
    const file = () => fileOf({ ...(devices.length === 1 && { device: devices[0] }), envelopes });
    const save = (/** @type {Event} */ event) => saveAt(link.head.stage, event, Promise.resolve().then(file));
    told.push([`left ${envelopes.length}`, does(put(stamp("n-left"), { what: count("left_here", envelopes.length) }), { save })]);
  }
  return told;
}
