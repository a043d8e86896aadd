// Entries that are written without a form: taking back, and letting stand.
import { freshId } from "../forms/fill.js";
import { kindOf } from "./names.js";
import { lastOf, restingOn, standingFor } from "./told.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Told } from "./told.js"
 */

/**
 * @param {Phone} phone
 * @param {Record<string, any>} more what this entry says beside who, when and by which device
 * @param {any} shows
 */
function writing(phone, more, shows) {
  const now = new Date(phone.now()).toISOString();
  const id = freshId(now);
  return (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const { kind, version, log, unit, body, ...others } = more;
    const said = {
      id, kind, version, log, unit,
      author: phone.kept.account, device, number,
      happened_on: phone.day(), recorded_at: now, body, ...others,
    };
    return { id, item: { said: JSON.stringify(said), sealed: [] }, shows };
  };
}

/**
 * Take an entry back: it stands beside it, and nothing is wiped.
 * @param {Phone} phone
 * @param {Pick<Told, "said" | "shows" | "first">} told
 * @param {string} last the last wording of it
 */
export function withdrawal(phone, told, last) {
  const { kind, version, log, unit } = told.said;
  const shows = { ...told.shows, answers: undefined, channel: told.said.body?.channel ?? told.shows.channel, on: phone.day() };
  const saw = { [`${told.first}.wording`]: last };
  return phone.kept.record(writing(phone, { kind, version, log, unit, body: null, corrects: told.first, saw }, shows));
}

/** The last wording of something own, as its writer sees it. @param {Phone} phone @param {Told} told */
export function lastWording(phone, told) {
  const strand = phone.own.strands.get(told.first);
  const last = strand ? lastOf(strand) : undefined;
  return last?.said.id ?? told.said.id;
}

/**
 * Let something go that was not taken, or let stand what is there, with all that rests on it.
 * @param {Phone} phone
 * @param {Told} told
 */
export function letting(phone, told) {
  const { log, unit } = told.said;
  const shows = { ...told.shows, answers: undefined, act: undefined, parts: [], kind: "settled", name: told.shows.name || kindOf(told), on: phone.day() };
  const instead_of = standingFor(phone.own, [told, ...restingOn(phone.own, told)]);
  return phone.kept.record(writing(phone, { kind: "settled", version: 1, log, unit, body: {}, instead_of }, shows));
}

/**
 * A new entry of the same kind that says what is kept of mine, against the card without those it stands for.
 * @param {Phone} phone
 * @param {Told} told
 * @param {{ body: Record<string, any>, sealed: any[], digests: string[], saw: Record<string, string | null>, instead_of: string[] }} kept
 */
export function settling(phone, told, { body, sealed, digests, saw, instead_of }) {
  const { kind, version, log, unit, corrects, counts_for } = told.said;
  const more = {
    kind, version, log, unit, body,
    ...(digests.length > 0 ? { sealed: digests } : {}),
    ...(corrects ? { corrects } : {}),
    instead_of,
    ...(Object.keys(saw).length > 0 ? { saw } : {}),
    ...(counts_for ? { counts_for } : {}),
  };
  const write = writing(phone, more, { ...told.shows, on: told.said.happened_on });
  return phone.kept.record((given) => {
    const made = write(given);
    const said = { ...JSON.parse(made.item.said), happened_on: told.said.happened_on };
    return { ...made, item: { said: JSON.stringify(said), sealed } };
  });
}
