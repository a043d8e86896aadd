// Finding a household: to read its card, to record something of it.
import { here, mark, place, put, stamp } from "./dom.js";
import { findIn, isHelped, livingIn } from "./find.js";
import { titleOf } from "./names.js";
import { clause, count, instant, label, listed, say } from "./words.js";

/**
 * @import { Found } from "./find.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

/** What was looked for stays in memory while the page lives, and nowhere else. */
const looked = { list: "", record: "", calls: "" };
const AT_ONCE = 60;

/**
 * @param {Stage} stage
 * @param {"list" | "record" | "calls"} name
 * @param {(found: Found[], text: string) => Node[]} draw
 */
export function searching(stage, name, draw) {
  const { main, phone } = stage;
  const box = /** @type {HTMLInputElement} */ (main.querySelector("input[type=search]"));
  const rows = place(main, "rows");
  const said = place(main, "said");
  box.value = looked[name];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const show = () => {
    looked[name] = box.value;
    const found = findIn(phone.cards.values(), box.value, phone.villages().map(({ id }) => id));
    rows.replaceChildren(...draw(found, box.value.trim()));
    if (box.value.trim()) said.textContent = count("found", found.length);
    stage.later.then(({ sayUnread }) => sayUnread(phone, rows, box.value));
  };
  box.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(show, 80);
  });
  box.form?.addEventListener("submit", (event) => event.preventDefault());
  show();
  return show;
}

/**
 * Rows in the groups of their villages; the first ones at once, the others as the eye comes near.
 * @param {Phone} phone
 * @param {Found[]} found
 * @param {(found: Found) => HTMLElement} row
 */
function byVillage(phone, found, row) {
  /** @type {Map<string, Found[]>} */
  const groups = new Map();
  for (const one of found) groups.set(one.card.village, [...(groups.get(one.card.village) ?? []), one]);
  const names = new Map(phone.villages().map(({ id, name }) => [id, name]));
  let shown = 0;
  return [...groups].map(([village, ones]) => {
    const section = put(stamp("t-village"), { name: names.get(village) || say("village_unnamed"), count: count("households", ones.length) });
    const list = place(section, "rows");
    const now = ones.slice(0, Math.max(0, AT_ONCE - shown));
    shown += now.length;
    list.append(...now.map(row));
    if (ones.length > now.length) inPieces(list, ones.slice(now.length), row);
    return section;
  });
}

/**
 * @param {HTMLElement} list
 * @param {Found[]} rest
 * @param {(found: Found) => HTMLElement} row
 */
function inPieces(list, rest, row) {
  let at = 0;
  const step = () => {
    if (!list.isConnected && at > 0) return;
    list.append(...rest.slice(at, at + AT_ONCE).map(row));
    at += AT_ONCE;
    if (at < rest.length) setTimeout(step, 16);
  };
  setTimeout(step, 16);
}

/**
 * @param {Phone} phone
 * @param {Found} found
 * @param {string} address
 */
function houseRow(phone, { card, met }, address) {
  const helped = isHelped(card, phone.day());
  const row = put(stamp("t-house"), {
    title: titleOf(card),
    met: listed(met),
    what: clause([card.group, count("people", livingIn(card).length), helped && say("helped")]),
    number: card.number,
    here: isMarked(card) ? here() : "",
  });
  row.querySelector("a")?.setAttribute("href", address);
  return row;
}

/** Whether something of it is only on this phone. @param {any} card */
function isMarked(card) {
  const people = card.people?.some((/** @type {any} */ one) => one.isNew || one.here?.length);
  return card.isNew || card.here?.length > 0 || people || card.lines?.some((/** @type {any} */ line) => line.own && line.own.row.state !== "sent");
}

/** @param {Phone} phone @param {Found[]} found @param {string} text @param {(found: Found) => HTMLElement} row */
export function drawn(phone, found, text, row) {
  if (found.length > 0) return byVillage(phone, found, row);
  return [stamp(text || phone.cards.size > 0 ? "t-nothing-fits" : "t-no-cards")];
}

/** Every household of one's villages. @param {Stage} stage */
export function list(stage) {
  const { phone } = stage;
  const sub = () => {
    const at = phone.state.lastContact;
    return clause([count("households", phone.cards.size), at && say("last_signal", { at: instant(at) })]);
  };
  stage.begin("list", { sub: sub() });
  const show = searching(stage, "list", (found, text) => drawn(phone, found, text, (one) => houseRow(phone, one, `#card/${one.card.id}`)));
  return {
    changed: (/** @type {string} */ what) => {
      stage.sub(sub()); // a contact that brought nothing new is one too
      if (what === "cards" || what === "entries" || what === "about") show();
    },
  };
}

/** Whom something is recorded of. @param {Stage} stage */
export async function record(stage) {
  const { phone } = stage;
  const main = stage.begin("record");
  const onDisk = (await phone.kept.drafts().catch(() => [])).filter(({ key, answers }) => answers && !phone.held.has(key));
  const drafts = [...onDisk, ...[...phone.held].map(([key, { at }]) => ({ key, at }))];
  put(main, {
    drafts_part: drafts.length > 0 && [...place(main, "drafts_part").childNodes].map((node) => /** @type {Node} */ (node)),
    drafts: drafts.map(({ key, at }) => draftRow(phone, key, at)),
    villages: phone.villages().map(({ id, name }) => linkRow(`#gathering/${id}`, name || say("village_unnamed"))),
  });
  const may = (/** @type {string} */ kind) => (phone.about?.grants ?? []).filter((/** @type {any} */ one) => one.records?.includes(kind));
  const rowsOf = (/** @type {string} */ kind, /** @type {string} */ route) => may(kind).map((/** @type {any} */ one) => linkRow(`#${route}/${one.id}`, one.name));
  const [deeds, screenings] = [rowsOf("deed", "deeds"), rowsOf("screening", "screening")];
  put(main, { branches: branchRows(phone), deeds, screenings });
  if (deeds.length === 0) place(main, "deeds_part").remove();
  if (screenings.length === 0) place(main, "screenings_part").remove();
  if (may("spot_settlement").length === 0) place(main, "spot").remove();
  const which = place(main, "which");
  const show = searching(stage, "record", (found, text) => {
    which.textContent = text ? "" : say("helped_ones");
    const shown = text ? found : found.filter(({ card }) => isHelped(card, phone.day()));
    return drawn(phone, shown.length > 0 || text ? shown : found, text, (one) => houseRow(phone, one, `#visit/${one.card.id}`));
  });
  return { changed: (/** @type {string} */ what) => what === "cards" && show() };
}

/** What is recorded of a branch and of oneself, where one may. @param {Phone} phone */
function branchRows(phone) {
  const grants = phone.about?.grants ?? [];
  const may = (/** @type {any} */ grant, /** @type {string} */ kind) => grant.records?.includes(kind);
  const own = grants.find((/** @type {any} */ grant) => may(grant, "own_study"));
  const rows = grants.flatMap((/** @type {any} */ grant) => (grant.branches ?? []).flatMap((/** @type {any} */ branch) => {
    const kinds = [["meeting", "meeting"], ["study", "study"], ["talk", "heart_talk"]].filter(([, kind]) => may(grant, kind));
    return kinds.map(([route, kind]) => put(linkRow(`#${route}/${branch.id}`, label("kinds", kind)), { what: branch.name }));
  }));
  return own ? [...rows, linkRow(`#own-study/${own.id}`, label("kinds", "own_study"))] : rows;
}

/** @param {Phone} phone @param {string} key @param {string} at */
function draftRow(phone, key, at) {
  const about = key.split("/")[1];
  const card = phone.cards.get(about);
  const name = card ? titleOf(card) : (phone.unitNamed(about) || say("form_title"));
  const row = linkRow(`#${key}`, name);
  put(row, { what: clause([say("draft_kept", { at: instant(at) })]) });
  row.querySelector("a")?.prepend(mark("open"));
  return row;
}

/** @param {string} address @param {string} name */
function linkRow(address, name) {
  const row = put(stamp("t-link"), { name });
  row.querySelector("a")?.setAttribute("href", address);
  return row;
}
