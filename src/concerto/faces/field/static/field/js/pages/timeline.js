// What was recorded of a household, upright on five lines; what has not been sent stands in it at once.
import { chord, here, link, mark, put, stamp } from "./dom.js";
import { chordWords } from "./names.js";
import { clause, count, day, label, month, say } from "./words.js";

/**
 * @import { Card } from "./overlay.js"
 * @import { Phone } from "./phone.js"
 */

const AT_FIRST = 15;

/**
 * @param {Phone} phone
 * @param {Card} card
 * @param {boolean} whole
 * @param {() => void} older
 * @returns {Node[]}
 */
export function timeline(phone, card, whole, older) {
  const lines = [...(card.lines ?? [])].sort((one, other) => (one.on < other.on ? 1 : one.on > other.on ? -1 : one.e < other.e ? 1 : -1));
  if (lines.length === 0) return [stamp("t-no-lines")];
  const list = stamp("t-entries");
  let last = "";
  for (const line of whole ? lines : lines.slice(0, AT_FIRST)) {
    const now = (line.on ?? "").slice(0, 7);
    if (now !== last) list.append(put(stamp("t-month"), { month: month(line.on) }));
    last = now;
    list.append(row(phone, line));
  }
  if (whole || lines.length <= AT_FIRST) return [list];
  const more = stamp("t-older");
  more.querySelector("button")?.addEventListener("click", older);
  return [list, more];
}

/** @param {Phone} phone @param {any} line */
function row(phone, line) {
  const own = line.own;
  const unsent = own && (own.row.state === "waiting" || own.row.state === "pending");
  const withdrawn = line.withdrawn || line.state === "withdrawn";
  const state = withdrawn ? "withdrawn" : unsent ? "waiting" : "met";
  const parts = line.parts ?? [];
  const mine = own || line.mine;
  const title = withdrawn && !line.kind ? say("withdrawn") : titleOf(line);
  const piece = put(stamp("t-line"), {
    chord: parts.length > 0 ? chord(parts, state, chordWords(parts, state)) : [mark(state), stamp("t-chord-none")],
    title: mine ? title : "",
    plain: mine ? "" : title,
    more: clause([withdrawn && line.kind && say("withdrawn"), phone.called(line.by), line.late && count("days_later", line.late)]),
    here: unsent ? here() : "",
    day: day(line.on),
  });
  piece.querySelector("time")?.setAttribute("datetime", line.on ?? "");
  piece.classList.toggle("is-struck", Boolean(withdrawn));
  return link(piece, { title: mine && `#entry/${own ? own.said.id : line.e}` });
}

/** @param {any} line */
function titleOf(line) {
  const channel = label("channels", line.kind) || label("channels", "visit");
  if (line.state === "withdrawn") return channel;
  const outcome = line.state && line.state !== "met" ? label("outcomes", line.state) : line.met ? count("met", line.met) : label("outcomes", line.state);
  return clause([channel, lower(outcome)]);
}

/** Only the first word of a line begins like a sentence. @param {string} text */
function lower(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

