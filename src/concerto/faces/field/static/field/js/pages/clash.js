// Two versions side by side: field by field where a thing changed, whole where something was said anew; settled by one entry.
import { fact, place, put, stamp } from "./dom.js";
import { factsOf } from "./facts.js";
import { orFull } from "./full.js";
import { entryTitle, onCard, personName, valueWords } from "./names.js";
import { needNow } from "./needs.js";
import { outRow, whyWords } from "./rows.js";
import { lineOf, settleFields, settleWhole } from "./settling.js";
import { filledNotice, noticeIn } from "./stage.js";
import { fieldsOf, restingOn, thingOf } from "./told.js";
import { clause, count, day, instant, label, say } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 */

/**
 * @typedef {{ field: string, mine: any, theirs: any, mineWords: string, theirsWords: string, wording: string | null, both: boolean }} Difference
 * @typedef {{ told: Told, chain: Told[], card: any, thing: string, body: Record<string, any>, asked: Difference[], alone: Difference[] }} Found
 */

const LISTS = new Set(["phones", "aliases", "places"]);
const BY_FIELD = new Set(["household_change", "resident_change"]);

/** @param {Stage} stage @param {string} id */
export async function clash(stage, id) {
  const { phone } = stage;
  const isOpen = () => phone.own.of.get(id)?.row.state === "clash" && !phone.own.of.get(id)?.replaced;
  const away = () => stage.go(`#entry/${id}`, { instead: true });
  if (!isOpen()) return away();
  let isSettling = false;
  const settle = (/** @type {() => Promise<unknown>} */ record) => orFull(stage, async () => {
    isSettling = true;
    try {
      await record();
    } catch (wrong) {
      isSettling = false;
      throw wrong;
    }
    await phone.read();
    stage.tell(say("settled_now"));
    phone.link?.now();
    stage.go("#out", { instead: true });
  });
  let shown = await sidesOf(phone, id);
  draw(stage, shown, settle);
  return {
    // Who wrote the other side, and how it stands now, comes with a fetch behind the receipt.
    changed: async (/** @type {string} */ what) => {
      if (isSettling || (what !== "entries" && what !== "cards" && what !== "about")) return;
      if (!isOpen()) return away();
      const { turn } = stage;
      const now = await sidesOf(phone, id);
      if (turn !== stage.turn || isSettling || textOf(now) === textOf(shown)) return;
      if (isAlike(shown, now)) {
        sayAnew(stage, shown, now);
        shown = { ...now, fields: shown.fields };
        return;
      }
      const chosen = keptOf(shown);
      shown = now;
      draw(stage, shown, settle);
      chooseAgain(shown, chosen);
    },
  };
}

/**
 * What both sides say, drawn.
 * @typedef {{ told: Told, found: Found, byField: boolean, fields: HTMLElement[], rests: HTMLElement[], alone: HTMLElement[] }} Sides
 * @param {Phone} phone
 * @param {string} id
 * @returns {Promise<Sides>}
 */
async function sidesOf(phone, id) {
  const told = /** @type {Told} */ (phone.own.of.get(id));
  const by = phone.called(told.row.facts?.by) || say("nobody_knows");
  const found = lookAt(phone, told);
  const byField = BY_FIELD.has(told.said.kind) && !told.said.corrects && told.said.body !== null && found.card !== null;
  return {
    told, found, byField,
    fields: byField ? found.asked.map((each) => fieldOf(phone, told, each, by)) : [await wholeOf(phone, told, by)],
    rests: restingOn(phone.own, told).map((other) => outRow(phone, other.row, { acts: false })),
    alone: (byField ? found.alone : []).map((each) => fact(label("fields", each.field), each.mineWords)),
  };
}

/** @param {Sides} sides */
function textOf({ told, fields, rests, alone }) {
  return JSON.stringify([told.row.code, ...[fields, rests, alone].map((ones) => ones.map(({ textContent }) => textContent))]);
}

/**
 * Whether both sides are what they were: then what stands beside them is said anew, and no choice goes from under a finger.
 * @param {Sides} one
 * @param {Sides} other
 */
function isAlike(one, other) {
  const sides = (/** @type {Sides} */ { told, fields, rests, alone }) =>
    JSON.stringify([told.row.code, fields.map(sidesIn), ...[rests, alone].map((ones) => ones.map(({ textContent }) => textContent))]);
  return sides(one) === sides(other);
}

/** @param {Stage} stage @param {Sides} shown @param {Sides} now */
function sayAnew({ main, phone }, shown, now) {
  const told = (/** @type {HTMLElement} */ field) => field.querySelectorAll(".version > span");
  for (const [n, field] of shown.fields.entries()) {
    const fresh = told(now.fields[n]);
    for (const [at, side] of told(field).entries()) side.replaceWith(fresh[at]);
  }
  put(main, { lead: leadWords(phone, now.told) || undefinedOr(main) });
}

/** What was chosen, by what it was chosen between. @param {Sides} sides @returns {Map<string, string>} */
function keptOf({ fields }) {
  const chosen = fields.map((field) => [sidesIn(field), field.querySelector("input:checked")?.getAttribute("value")]);
  return new Map(/** @type {[string, string][]} */ (chosen.filter(([, value]) => value)));
}

/** The two values themselves: a name that came to one of them changes no choice. @param {HTMLElement} field */
function sidesIn(field) {
  return JSON.stringify([field.id, ...["mine", "theirs"].map((side) => place(field, side)?.textContent)]);
}

/** @param {Sides} sides @param {Map<string, string>} chosen */
function chooseAgain({ fields }, chosen) {
  for (const field of fields) {
    const input = field.querySelector(`input[value="${chosen.get(sidesIn(field))}"]`);
    if (input) /** @type {HTMLInputElement} */ (input).checked = true;
  }
}

/**
 * @param {Stage} stage
 * @param {Sides} sides
 * @param {(record: () => Promise<unknown>) => Promise<void>} settle
 */
function draw(stage, { told, found, byField, fields, rests, alone }, settle) {
  const { phone } = stage;
  const at = document.activeElement;
  const main = stage.begin("clash", { sub: entryTitle(phone, told), back: "#out", dock: stamp("t-clash-dock") });
  put(main, {
    fields, rests, alone,
    lead: leadWords(phone, told) || undefinedOr(main),
  });
  if (rests.length === 0) place(main, "rests_part")?.remove();
  if (alone.length === 0) place(main, "alone_part")?.remove();
  const form = /** @type {HTMLFormElement} */ (place(main, "form"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = choicesIn(form, byField ? found.asked.map(({ field }) => field) : ["all"]);
    if (chosen) settle(async () => (byField ? settleFields(phone, found, chosen) : settleWhole(phone, told, chosen.all)));
  });
  if (at instanceof HTMLInputElement && at.name) /** @type {HTMLElement | null} */ (form.querySelector(`[name="${at.name}"][value="${at.value}"]`))?.focus({ preventScroll: true });
}

/** @param {Phone} phone @param {Told} told */
function leadWords(phone, told) {
  return told.row.code === "already" ? whyWords(phone, told.row) || say("settled_already") : leadOf(phone, told);
}

/** Who wrote it differently, as far as it is known. @param {Phone} phone @param {Told} told */
function leadOf(phone, told) {
  if (isOwn(phone, told)) return say("both_mine");
  const other = phone.called(told.row.facts?.by);
  return other && say("both_of", { other });
}

/** Whether both sides are of one person: another entry of theirs, from here or elsewhere. @param {Phone} phone @param {Told} told */
function isOwn(phone, told) {
  return told.row.facts?.by === phone.shelf?.account;
}

/** @param {Phone} phone @param {Told} told @param {string} by */
function whoWrote(phone, told, by) {
  if (isOwn(phone, told)) return say("wrote_before");
  return told.row.facts?.by ? say("wrote", { who: by }) : say("is_there");
}

/** The words of the shell stay. @param {HTMLElement} main */
function undefinedOr(main) {
  return place(main, "lead")?.textContent ?? "";
}

/**
 * What each side says of the thing that both changed.
 * @param {Phone} phone
 * @param {Told} told
 * @returns {Found}
 */
function lookAt(phone, told) {
  const thing = thingOf(told.said);
  const rests = restingOn(phone.own, told).filter((one) => one.said.kind === told.said.kind && thingOf(one.said) === thing && one.said.body);
  const chain = [told, ...rests];
  const { cards } = phone.without(new Set(chain.map(({ said }) => said.id)));
  const card = [...cards.values()].find((one) => one.id === thing || one.people?.some((/** @type {any} */ person) => person.id === thing)) ?? null;
  const holder = told.said.kind === "resident_change" ? card?.people.find((/** @type {any} */ one) => one.id === thing) : card;
  const body = Object.assign({}, ...chain.map(({ said }) => said.body));
  // Of several own changes of a field the first one read what the other side changed; the later ones read their own.
  const seen = Object.assign({}, ...chain.map(({ said }) => said.saw).reverse());
  const own = new Set(chain.map(({ said }) => said.id));
  // A second settling had seen all that was said, and is shown what the first one let stand.
  const isSecond = told.row.code === "already";
  /** @type {Difference[]} */
  const asked = [];
  /** @type {Difference[]} */
  const alone = [];
  for (const field of fieldsOf({ body })) {
    const wording = holder?.w?.[field] ?? holder?.w?.[""] ?? null;
    const theirs = field === "home" ? { relation: holder?.relation } : holder?.[field];
    const mine = onCard(field, body[field], (digest) => phone.own.parts[digest]);
    const nameOf = (/** @type {string} */ id) => personName(phone, id);
    const [mineWords, theirsWords] = [valueWords(field, mine, nameOf), valueWords(field, theirs, nameOf)];
    const each = { field, mine, theirs, mineWords, theirsWords, wording, both: LISTS.has(field) };
    const saw = seen[`${thing}.${field}`] ?? null;
    if (!isSecond && (saw === wording || own.has(saw))) alone.push(each);
    else if (mineWords !== theirsWords) asked.push(each);
  }
  return { told, chain, card: card && holder ? card : null, thing, body, asked, alone };
}

/** @param {Phone} phone @param {Told} told @param {Difference} each @param {string} by */
function fieldOf(phone, told, { field, mineWords, theirsWords, both }, by) {
  const piece = put(stamp("t-version-field"), {
    label: label("fields", field),
    mine: mineWords || "—",
    mine_when: instant(told.said.recorded_at ?? told.row.made_at),
    who: whoWrote(phone, told, by),
    theirs: theirsWords || "—",
    theirs_when: day(told.row.facts?.happened_on),
  });
  if (!both) place(piece, "both").remove();
  named(piece, field);
  return piece;
}

/**
 * Something that was said as a whole: mine as it is, or what is there as it is.
 * @param {Phone} phone
 * @param {Told} told
 * @param {string} by
 */
async function wholeOf(phone, told, by) {
  const { said } = told;
  const mine = said.body === null ? say("whole_withdrawn") : (await factsOf(phone, said, told.shows)).map(([term, words]) => clause([term, words])).join("\n");
  const line = lineOf(phone, told);
  const there = line
    ? clause([label("channels", line.kind), line.state === "met" ? label("outcomes", "met") : label("outcomes", line.state), day(line.on)])
    : needNow(phone, told) || say("whole_changed");
  const known = line?.mine?.body ? (await factsOf(phone, { ...line.mine, id: line.e }, told.shows)).map(([term, words]) => clause([term, words])).join("\n") : there;
  const piece = put(stamp("t-version-field"), {
    label: say("question_all"),
    mine: mine || say("whole_mine"),
    mine_when: instant(told.said.recorded_at ?? told.row.made_at),
    who: whoWrote(phone, told, by),
    theirs: known,
    theirs_when: "",
  });
  place(piece, "both").remove();
  named(piece, "all");
  return piece;
}

/** @param {HTMLElement} piece @param {string} name */
function named(piece, name) {
  piece.id = `keep-${name}`;
  for (const input of piece.querySelectorAll("input")) input.name = `keep-${name}`;
}

/**
 * What was chosen for each; null when something is still open, and the page says where.
 * @param {HTMLFormElement} form
 * @param {string[]} names
 * @returns {Record<string, string> | null}
 */
function choicesIn(form, names) {
  for (const old of form.querySelectorAll(".error-words")) old.remove();
  const data = new FormData(form);
  const open = names.filter((name) => !data.get(`keep-${name}`));
  for (const field of form.querySelectorAll("fieldset")) field.classList.toggle("has-error", open.some((name) => field.id === `keep-${name}`));
  for (const name of open) document.getElementById(`keep-${name}`)?.querySelector("legend")?.after(stamp("t-version-error"));
  if (open.length > 0) {
    noticeIn(form, filledNotice(stamp("n-plain"), { what: count("places_open", open.length), safe: say("nothing_lost"), acts: [] }));
    return null;
  }
  return Object.fromEntries(names.map((name) => [name, String(data.get(`keep-${name}`))]));
}
