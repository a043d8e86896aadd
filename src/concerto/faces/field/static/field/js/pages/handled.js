// The cases that lie on this phone, with what was recorded here laid over them: the life is the server's own table.
import { isLive, lastOf } from "./told.js";

/**
 * @import { Own, Told } from "./told.js"
 * @typedef {{ id: string, side: string, name?: string, phone?: string, minor?: boolean, speaks?: string, said?: Record<string, string>, told?: string[] }} Party
 * @typedef {{ id: string, form: string, on: string, parties: string[], missing?: string[], for_no_court?: boolean }} Agreed
 * @typedef {{ id: string, what?: string, who?: string, by?: string, amount?: number, how?: string }} Thing
 * @typedef {{ on: string, record?: string, interim?: string }} Talk
 * @typedef {{ id: string, name: string, account?: string, holds_seal?: boolean, far?: boolean }} OnPanel
 * `here` are the own entries that were laid over it; `units` where a new one may be taken in.
 * @typedef {{ id: string, records: string, village: string, stage: string, sort: string, opened_on: string, last_on: string, number?: string, summary?: string, parties?: Party[], agreement?: Agreed, items?: Thing[], talk?: Talk, next_on?: string, due?: { title: Record<string, string>, day: string }, mediator?: string, channel?: string, panel?: OnPanel[], for_no_court?: boolean, away?: boolean, visited?: boolean, saw?: Record<string, string>, here?: Told[], units?: [string, string][] }} Case
 * @typedef {{ digest: string, at: number, rows?: Case[], more?: number }} Cases
 * @typedef {{ turns: Record<string, Record<string, string>>, follow: Record<string, string>, open: string }} Table
 */

/** What only a confirmation is asked or done for, once an agreement is in effect. */
const OF_A_COURT = new Set(["consent", "apply", "court"]);

/** @param {Case} one */
export function takingPart({ parties = [] }) {
  return parties.filter(({ side, said }) => side !== "third" && said?.mediation !== "refused");
}

/** Whether each side is there, and everybody who takes part wants mediation. @param {Case} one */
export function allAgreed(one) {
  const there = takingPart(one);
  return new Set(there.map(({ side }) => side)).size === 2 && there.every(({ said }) => said?.mediation === "agreed");
}

/** Whether everybody of a side refused. @param {Case} one */
export function isRefused({ parties = [] }) {
  const sides = ["a", "b"].map((side) => parties.filter((party) => party.side === side));
  return sides.some((side) => side.length > 0 && side.every(({ said }) => said?.mediation === "refused"));
}

/**
 * What stands on this phone, with what was recorded here and the server had not seen when it told of it.
 * @param {Case} row
 * @param {number} at the number of the log at which it was told
 * @param {Own} own
 * @param {Table} table
 * @returns {Case}
 */
export function laidOver(row, at, own, table) {
  /** @type {Case} */
  let now = { ...row, here: [] };
  for (const told of own.all) {
    const { said, row: { state, seq } } = told;
    if (said.body?.case !== row.id || said.corrects || !isLive(told) || (state === "sent" && (seq ?? 0) <= at)) continue;
    const strand = own.strands.get(told.first);
    if (strand && lastOf(strand)?.said.body === null) continue;
    now = after(now, said, (digest) => own.parts[digest]?.text ?? "", table);
    now.here?.push(told);
  }
  return now.stage === row.stage ? now : { ...now, due: undefined }; // its clock was that of the stage before
}

/**
 * One step further, as the server will live it.
 * @param {Case} one
 * @param {any} said
 * @param {(digest: string) => string} text
 * @param {Table} table
 * @returns {Case}
 */
export function after(one, { id, kind, body, happened_on }, text, { turns }) {
  const turned = (/** @type {Case} */ now, /** @type {string} */ step) => ({ ...now, stage: turns[step]?.[now.stage] ?? now.stage });
  const party = (/** @type {(party: Party) => Partial<Party>} */ changed) =>
    (one.parties ?? []).map((each) => (each.id === body.party ? { ...each, ...changed(each) } : each));
  const decided = { ...one, saw: { ...one.saw, state: id } };
  const follow = (/** @type {Case} */ now) => {
    if (now.stage === "accepted" && allAgreed(now)) return turned(now, "willing");
    if (now.stage === "agreed" && now.agreement?.parties?.some((/** @type {string} */ key) => now.parties?.find(({ id }) => id === key)?.said?.mediation !== "agreed")) return { ...turned(now, "unwilling"), agreement: undefined, items: [] };
    if (["willing", "talking"].includes(now.stage) && !allAgreed(now)) return turned(now, "unwilling");
    return now.stage === "agreed" && !now.agreement?.missing?.length ? turned(now, "in_effect") : now;
  };
  switch (kind) {
    case "case_consent":
      return follow({ ...one, parties: party(({ said }) => ({ said: { ...said, [body.to]: body.answer } })) });
    case "case_party":
      return follow({ ...one, parties: [...(one.parties ?? []), { ...body.party, id: body.party.party, name: text(body.party.name), phone: text(body.party.phone), speaks: text(body.party.represented_by) }] });
    case "case_session":
      return { ...turned(one, "session"), next_on: body.next_on, talk: { on: happened_on, record: text(body.record), interim: text(body.interim) } };
    case "case_agreement": {
      const now = allAgreed(one) ? turned(one, "agreement") : one;
      if (now.stage !== "agreed") return one;
      const missing = body.form === "written" ? [...body.parties.map((/** @type {string} */ key) => `party:${key}`), "mediator", "seal"] : [];
      const agreement = { id: body.agreement, form: body.form, on: happened_on, parties: body.parties, missing, for_no_court: body.form !== "written" || Boolean(body.settles?.length) };
      const items = body.items.map((/** @type {any} */ item) => ({ ...item, id: item.item, what: text(item.what) }));
      return follow({ ...now, saw: decided.saw, agreement, items, next_on: undefined });
    }
    case "case_signature": {
      const whose = body.signed === "party" ? `party:${body.party}` : body.signed;
      const { agreement } = one;
      if (agreement?.id !== body.agreement || !agreement) return one;
      return follow({ ...one, agreement: { ...agreement, missing: agreement.missing?.filter((each) => each !== whose) } });
    }
    case "case_performance":
      return { ...one, items: one.items?.map((item) => (item.id === body.item ? { ...item, how: body.how } : item)) };
    case "case_return_visit":
      return { ...one, visited: true };
    case "case_step":
      if (body.step === "told") return { ...one, parties: party(({ told = [] }) => ({ told: [...told, body.told_of] })) };
      if (body.step === "mediator") return { ...one, mediator: body.mediator, saw: { ...one.saw, mediator: id } };
      if (body.how === "between_themselves") return { ...turned(decided, body.how), agreement: undefined, items: [] };
      return ["accepted", "not_accepted", "ended"].includes(body.step) ? follow(turned(decided, body.how ?? body.step)) : one;
    default:
      return one;
  }
}

/**
 * What may be done next, the likeliest first, as the desk offers it.
 * @param {Case} one
 * @param {Table} table
 * @returns {string[]}
 */
export function mayFollow(one, { follow }) {
  const { stage, items = [], away, agreement } = one;
  const noCourt = stage === "in_effect" && (one.for_no_court || agreement?.for_no_court);
  const acts = (follow[stage] ?? "").split(" ").filter((act) =>
    act && !(act === "perform" && items.length === 0) && !(act === "agree" && !allAgreed(one)) && !(act === "hand" && away) && !(noCourt && OF_A_COURT.has(act)));
  const asked = acts.includes("visit") && isAllAsked(one);
  return asked ? ["visit", ...acts.filter((act) => act !== "visit")] : acts;
}

/** Whether it was asked of everything that was agreed whether it is done. @param {Case} one */
export function isAllAsked({ items = [] }) {
  return items.length > 0 && items.every(({ how }) => how);
}

/**
 * Whose signature is missing, as far as it may be recorded here: of the seal only one's own, or of whoever has no account.
 * @param {Case} one
 * @param {string} account
 * @returns {[string, OnPanel | Party][]} by what stands in the entry
 */
export function maySign({ agreement, parties = [], panel = [], mediator }, account) {
  return (agreement?.missing ?? []).flatMap((each) => {
    const [signed, whose] = each.split(":");
    const found = parties.filter(({ id }) => signed === "party" && id === whose);
    const lines = panel.filter((line) =>
      signed === "mediator" ? (mediator ? line.id === mediator : !line.far) : signed === "seal" && line.holds_seal && (!line.account || line.account === account));
    return [...found, ...lines].map((one) => /** @type {[string, OnPanel | Party]} */ ([`${signed}:${one.id}`, one]));
  });
}
