// A case in one's hands, from top to bottom: what happened, who is part of it, what is agreed, what is next.
import { readCases } from "../shelf/owed.js";
import { phoneWords } from "./calls.js";
import { fact, mark, put, stamp, words } from "./dom.js";
import { isAllAsked, isRefused, laidOver, mayFollow, maySign } from "./handled.js";
import { outRow } from "./rows.js";
import { lost } from "./stage.js";
import { isUnsent } from "./told.js";
import { clause, count, day, facts, label, labels, listed, say } from "./words.js";

/**
 * @import { Case, Cases, Party, Table, Thing } from "./handled.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const HEARD = new Set(["owed", "entries"]);
/** What a phone records of a case; all else is recorded at the desk. */
export const HERE = new Set(["accept", "not-accept", "consent", "tell", "session", "agree", "sign", "perform", "visit", "mediator", "party", "end"]);
/** A case that is taken in here: its kind, and where its form is. */
export const KIND = "case";
export const INTAKE = "case/new/intake";
/** What is asked of one party stands with each of them. */
const OF_ONE = new Set(["consent", "tell"]);

/** @returns {Table} */
function table() {
  return { turns: /** @type {any} */ (labels("case_turns")), follow: labels("case_follow"), open: /** @type {any} */ (labels("case_open")) };
}

/** The cases as they stand on this phone, and how many there are besides. @param {Phone} phone @returns {Promise<{ rows: Case[], more: number }>} */
export async function casesOn(phone) {
  const told = /** @type {Cases | null} */ ((await phone.kept.lend?.(readCases).catch(() => null)) ?? null);
  const life = table();
  return { rows: (told?.rows ?? []).map((row) => laidOver(row, told?.at ?? 0, phone.own, life)), more: told?.more ?? 0 };
}

/** @param {Phone} phone @param {string} id @returns {Promise<Case | undefined>} */
export async function caseOn(phone, id) {
  return (await casesOn(phone)).rows.find((one) => one.id === id);
}

/** For which villages one may take a case in here. @param {Phone} phone @returns {[string, string][]} */
export function takesInFor(phone) {
  const grants = phone.isOpen ? (phone.about?.grants ?? []) : [];
  return grants.filter((/** @type {any} */ one) => one.records?.includes(KIND)).map((/** @type {any} */ { id, name }) => [id, name]);
}

/** What may be done with it on this phone, and what at the desk alone. @param {Phone} phone @param {Case} one */
export function actsOf(phone, one) {
  const may = mayFollow(one, table());
  const isOpen = (/** @type {string} */ act) => act !== "sign" || maySign(one, phone.kept.account).length > 0;
  return { here: may.filter((act) => HERE.has(act) && isOpen(act)), there: may.filter((act) => !HERE.has(act)) };
}

/** @param {Case} one */
export function caseTitle(one) {
  const sides = ["a", "b"].map((side) => listed((one.parties ?? []).filter((party) => party.side === side).map(nameOf)));
  return sides[0] && sides[1] ? say("case_between", { a: sides[0], b: sides[1] }) : label("spot_sorts", one.sort);
}

/** @param {Party} party */
export function nameOf(party) {
  return party.name || label("case_sides", party.side);
}

/** @param {Case} one */
function sortOf({ sort }) {
  return labels("spot_sorts")[sort] ?? label("spot_family", sort);
}

/** On Today, under a head of their own: whose next step is due first. @param {Phone} phone @returns {Promise<HTMLElement[]>} */
export async function caseSection(phone) {
  const { rows, more } = await casesOn(phone);
  if (rows.length === 0) return [];
  const drawn = rows.map((one) => {
    const row = put(stamp("t-owed"), {
      mark: [stamp("clef-disputes"), mark("open", "disputes")],
      title: caseTitle(one), plain: "",
      meta: clause([sortOf(one), one.village, nextWords(one)]),
      settled: one.here?.some(isUnsent) ? [mark("waiting", "disputes"), words(say("state_waiting"))] : "",
      due: day(one.due?.day ?? one.next_on), left: "",
    });
    row.querySelector("a")?.setAttribute("href", `#case/${one.id}`);
    return row;
  });
  const section = put(stamp("t-owed-group"), { name: say("cases_here"), count: count("cases_count", rows.length), rows: drawn });
  if (more > 0) section.append(Object.assign(document.createElement("p"), { className: "meta", textContent: count("cases_more", more) }));
  if (takesInFor(phone).length > 0) {
    const keys = Object.assign(document.createElement("p"), { className: "buttons" });
    keys.append(actKey(`#${INTAKE}`, label("kinds", KIND)));
    section.append(keys);
  }
  return [section];
}

/** @param {Case} one */
function nextWords(one) {
  if (one.stage === "agreed") return say("case_missing", { what: listed(missingIn(one)) });
  if (isRefused(one) && table().open.split(" ").includes(one.stage)) return label("case_next", "refused_side");
  return one.stage === "in_effect" && isAllAsked(one) ? say("case_all_asked") : label("case_next", one.stage);
}

/** @param {Case} one */
function missingIn({ agreement, parties = [] }) {
  return (agreement?.missing ?? []).map((each) => {
    const party = parties.find(({ id }) => each === `party:${id}`);
    return party ? nameOf(party) : say(each === "mediator" ? "case_mediator_signs" : "case_seal");
  });
}

/** @param {Stage} stage @param {string} id */
export async function caseOf(stage, id) {
  const { phone } = stage;
  const { turn } = stage;
  const draw = async () => {
    const one = await caseOn(phone, id);
    if (turn !== stage.turn) return;
    if (!one) return lost(stage);
    const main = stage.begin("case", { title: caseTitle(one), sub: clause([label("case_stages", one.stage), one.number]), back: "#today" });
    fill(phone, main, one);
  };
  await draw();
  return { changed: (/** @type {string} */ what) => HEARD.has(what) && turn === stage.turn && draw() };
}

/** @param {Phone} phone @param {HTMLElement} main @param {Case} one */
function fill(phone, main, one) {
  const { talk, items = [], agreement, parties = [], here = [] } = one;
  const { here: mine, there } = actsOf(phone, one);
  const title = one.due?.title[facts.language === "en" ? "en" : "zh"] ?? "";
  /** @type {[string, string][]} */
  const known = [
    [say("case_stands"), label("case_stages", one.stage)],
    [say("case_about"), clause([sortOf(one), one.village])],
    [say("case_number"), one.number ?? ""],
    [say("case_brought_on"), day(one.opened_on)],
    [say("case_next_talk"), day(one.next_on)],
    [say("case_due"), one.due ? clause([day(one.due.day), title]) : ""],
  ];
  const interim = talk?.interim ? [fact(label("case_asks", "interim"), talk.interim)] : [];
  put(main, {
    summary: one.summary,
    facts: known.filter(([, said]) => said).map(([term, said]) => fact(term, said)),
    parties: parties.map((party) => partyRow(one, party, mine)),
    talk_on: talk ? say("case_talk_on", { day: day(talk.on) }) : "",
    record: talk?.record,
    talk: interim,
    items: items.map((item) => fact(item.what || "…", thingWords(one, item))),
    missing: one.stage === "agreed" ? say("case_missing", { what: listed(missingIn(one)) }) : "",
    next: nextWords(one),
    away: one.away ? say("case_away") : "",
    case_acts: mine.filter((act) => !OF_ONE.has(act)).map((act) => actKey(`#case/${one.id}/${act}`, label("case_acts", act))),
    at_the_desk: there.length > 0 ? say("case_at_the_desk", { acts: listed(there.map((act) => label("case_acts", act))) }) : "",
    own: here.map((told) => outRow(phone, told.row, { acts: false })),
    ...(talk ? {} : { talk_part: "" }), ...(agreement || items.length > 0 ? {} : { agreed_part: "" }), ...(here.length > 0 ? {} : { own_part: "" }),
  });
}

/** @param {string} address @param {string} text */
function actKey(address, text) {
  const key = stamp("t-case-act");
  key.setAttribute("href", address);
  key.textContent = text;
  return key;
}

/** @param {Case} one @param {Thing} item */
function thingWords({ parties = [] }, { who, by, amount, how }) {
  const party = parties.find(({ id }) => id === who);
  return clause([party ? nameOf(party) : say("case_everybody"), day(by), amount ? (amount / 100).toFixed(2) : "", how ? label("case_kept", how) : say("case_unasked")]);
}

/** @param {Case} one @param {Party} party @param {string[]} acts */
function partyRow(one, party, acts) {
  const { id, side, said, told = [], phone, minor, speaks } = party;
  const asked = side !== "third";
  const willing = said?.mediation === "agreed" ? "case_wants" : said?.mediation === "refused" ? "case_no" : "case_unasked";
  const row = put(stamp("t-case-party"), {
    name: nameOf(party),
    more: clause([party.name && label("case_sides", side), minor && say("case_minor"), speaks && say("case_speaks", { who: speaks })]),
    phone: phone ? [callTo(phone)] : "",
    said: asked ? clause([say(willing), told.includes("rights") && say("case_rights")]) : "",
    acts: asked ? acts.filter((act) => OF_ONE.has(act)).map((act) => actKey(`#case/${one.id}/${act}/${id}`, act === "consent" ? say("case_ask_them") : label("case_acts", act))) : [],
  });
  return row;
}

/** @param {string} phone */
function callTo(phone) {
  const call = document.createElement("a");
  call.href = `tel:${phone}`;
  call.append(...phoneWords(phone));
  return call;
}

/** Where an entry of a case leads back to. @param {{ shows: any }} told */
export function caseBehind({ shows }) {
  return shows.act ? `#case/${shows.case}` : "";
}

