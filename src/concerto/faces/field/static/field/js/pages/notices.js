// What one has to know, above whatever page is shown.
import { timeWords } from "./doors.js";
import { does, link, place, put, stamp } from "./dom.js";
import { refusalWords } from "./full.js";
import { lostNotices } from "./lost.js";
import { titleOf, whyOf } from "./names.js";
import { filledNotice, signIn } from "./stage.js";
import { count, facts, say } from "./words.js";

/**
 * @import { Head } from "./head.js"
 * @import { Link } from "./link.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const AN_HOUR = 3_600_000;
/** Pages on which news and releases are not announced. */
const OWN = new Set(["out", "lock", "start", "enrol", "wechat"]);
/** Pages with a form of their own on which what one has to know comes first. */
const DOORS = new Set([...OWN, "me", "carry"]);
let drawnLast = "";

/** Draw what is to be said; what says the same as before stays as it is. @param {Head} head */
export function notices(head) {
  const { phone, stage } = head;
  const wire = phone.link;
  /** @type {[string, HTMLElement][]} */
  const shown = [];
  const add = (/** @type {string} */ key, /** @type {HTMLElement} */ piece) => shown.push([key, piece]);
  if (wire?.ended) add(`ended ${wire.ended.state} ${wire.missed}`, endedNotice(wire.ended, wire.missed));
  // No lock hides it any more: it says to whoever holds the phone neither who recorded it nor of whom.
  if (wire?.missed) add("missed", filledNotice(stamp("n-plain"), { what: say("missed") }));
  if (wire?.alarm) add(`alarm ${wire.alarm.code} ${phone.isOpen} ${wire.alarm.cards.filter((id) => phone.cards.has(id)).length}`, alarmNotice(phone, wire));
  shown.push(...lostNotices(phone));
  const skew = phone.state.clockSkew ?? 0;
  if (phone.shelf && Math.abs(skew) > AN_HOUR) {
    const time = timeWords(Math.round(Math.abs(skew) / 1000));
    add(`clock ${skew < 0} ${time}`, put(stamp("n-clock"), { what: say(skew < 0 ? "clock_ahead" : "clock_behind", { time }) }));
  }
  if (wire?.session === "other") add("other", link(stamp("n-other_person"), { sign_out: "/accounts/logout/" }));
  if (wire?.session === "none" && phone.shelf) {
    const keeps = Boolean(phone.state.offering?.[0]); // what goes in no envelope
    const piece = link(stamp("n-signed_out"), { sign_in: signIn() });
    add(`none ${keeps}`, keeps ? put(piece, { more: say("give_again") }) : piece);
  }
  if (wire?.refused) add(`refused ${wire.refused}`, refusedNotice(wire.refused));
  if (wire?.certificate) add("certificate", stamp("n-certificate"));
  if (head.away >= 3) add(`ios ${head.away}`, put(stamp("n-ios"), { what: count("ios_days", head.away) }));
  if (head.release && !OWN.has(stage.view)) add("release", does(stamp("n-release"), { release: head.release }));
  const news = newsWords(head.news);
  if (news && !OWN.has(stage.view)) {
    add(`news ${news}`, does(put(stamp("n-receipts"), { what: news }), { heard: () => {
      head.news = {};
      head.draw();
    } }));
  }
  const drawn = [facts.language, ...shown.map(([key]) => key)].join("\n");
  if (drawn === drawnLast) return;
  drawnLast = drawn;
  inPlace(stage, () => document.getElementById("notices")?.replaceChildren(...shown.map(([, piece]) => piece)));
}

/**
 * A form that stands there keeps its place, whatever comes above it: else a tap meets the question beside the one that was
 * meant. What came is seen at its end, on the next page.
 * @param {Stage} stage
 * @param {() => void} work
 */
function inPlace({ main, view }, work) {
  const top = () => main.getBoundingClientRect().top;
  const before = top();
  work();
  if (DOORS.has(view) || !main.querySelector("form:not([role=search])")) return;
  const house = /** @type {HTMLElement} */ (document.querySelector(".house"));
  house.style.minBlockSize = `${scrollY + top() - before + innerHeight}px`; // a short form has nowhere to scroll to
  scrollBy({ top: top() - before, behavior: "instant" });
}

/** @param {Record<string, number>} news */
function newsWords({ sent = 0, back = 0, clash = 0, pending = 0 }) {
  const says = [sent && count("arrived", sent), back && count("came_back", back), clash && count("clashed", clash), pending && count("pended", pending)];
  return says.filter(Boolean).join(" ");
}

/** @param {string} code */
function refusedNotice(code) {
  return filledNotice(stamp("n-plain"), { what: refusalWords(code), code: say("code", { code }) });
}

/** @param {{ state: string, handed: number }} ended @param {boolean} missed */
function endedNotice({ state, handed }, missed) {
  return put(stamp("n-ended"), { what: say(state === "revoked" ? "revoked" : "ended"), handed: handed > 0 ? count("ended_handed", handed) : missed ? "" : say("handed_none") });
}

/** The way in again, on the first page, by how it ended. @param {HTMLElement} main @param {string} state */
export function wayBack(main, state) {
  const isRevoked = state === "revoked";
  put(main, { why: say(isRevoked ? "back_revoked" : "back_ended"), sign_in_words: say(isRevoked ? "sign_in_anew" : "sign_in") });
}

/** @param {Phone} phone @param {Link} wire */
function alarmNotice(phone, wire) {
  const cards = phone.isOpen ? (wire.alarm?.cards ?? []) : []; // which ones is for who has the PIN
  const piece = put(stamp("n-alarm"), {
    why: wire.alarm && whyOf({ ...wire.alarm, facts: wire.alarm }, "alarms"),
    cards: cards.map((id) => {
      const row = put(stamp("t-link"), { name: titleOf(phone.cards.get(id) ?? phone.raw.get(id)), what: document.createTextNode("") });
      row.querySelector("a")?.setAttribute("href", `#card/${id}`);
      return row;
    }),
  });
  if (cards.length === 0) place(piece, "went_back")?.remove();
  if (wire.alarm?.code === "given_again") place(piece, "told")?.remove(); // that is heard in a fetch
  return does(piece, { heard: () => wire.heard() });
}
