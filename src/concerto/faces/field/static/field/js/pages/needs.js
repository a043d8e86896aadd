// Open needs of a household without signal: how far each is, and the steps that may follow, each one tap from its form.
import { ask } from "./asking.js";
import { put, stamp } from "./dom.js";
import { isUnanswered, standing } from "./life.js";
import { lost } from "./stage.js";
import { clause, day, label, labels, say } from "./words.js";

/**
 * @import { Need, Turns } from "./life.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

/** Steps that decide how it stands. */
const DECIDED = new Set(["no_answer", "not_ours"]);
/** Steps with which nothing is noted in words. */
const WORDLESS = new Set(["asked", "no_answer"]);

/** @param {Phone} phone @param {any} card @returns {Need[]} */
function needsOf(phone, card) {
  const [turns, tells] = /** @type {[Turns, string[]]} */ (/** @type {unknown} */ ([labels("need_turns"), labels("need_tells")]));
  return standing(card?.needs ?? [], phone.own, turns, tells);
}

/** What is known of the village of a card. @param {Phone} phone @param {any} card */
function grantOf(phone, card) {
  return phone.about?.grants?.find((/** @type {any} */ one) => one.id === card?.village);
}

/** What may follow, as far as this phone may record it. @param {Phone} phone @param {any} card @param {Need} need */
function followOf(phone, card, need) {
  const may = new Set(grantOf(phone, card)?.records ?? []);
  const self = phone.shelf?.account ?? "";
  return (labels("need_follow")[need.state] ?? "").split(" ").filter((step) =>
    step && may.has(step === "word" ? "need_word" : "need_step") && (step !== "no_answer" || isUnanswered(need, self)));
}

/** How far it is, and who sees to it. @param {Phone} phone @param {Need} need */
function standsAs(phone, need) {
  return [label("need_states", need.state), need.owner && say("need_owner", { name: phone.called(need.owner) || say("helper_unnamed") })];
}

/** What a card says now of the need of an entry; nothing where it is not open any more. @param {Phone} phone @param {{ said: any, shows: any }} told */
export function needNow(phone, { said, shows }) {
  const need = phone.raw.get(shows.household)?.needs?.find((/** @type {any} */ one) => one.id === said.body?.need);
  return need ? clause(standsAs(phone, need)) : "";
}

/** @param {Phone} phone @param {any} card */
export function needRows(phone, card) {
  return needsOf(phone, card).map((need) => put(stamp("t-need"), {
    what: label("need_sorts", need.sort),
    meta: clause([...standsAs(phone, need), day(need.on)]),
    here: need.here ? say("state_waiting") : "",
    acts: followOf(phone, card, need).map((step) => {
      const way = stamp("t-need-act");
      way.setAttribute("href", `#need/${card.id}/${need.id}/${step}`);
      way.textContent = actWords(need, step);
      return way;
    }),
  }));
}

/** Whoever has it already takes nothing on by naming another. @param {Need} need @param {string} step */
function actWords(need, step) {
  return step === "owned" && need.owner ? say("need_owner_who") : label("need_acts", step);
}

/** A step on a need, or its household's word. @param {Stage} stage @param {string} house @param {string} id @param {string} step */
export function need(stage, house, id, step) {
  const { phone } = stage;
  const asked = askedOf(phone, house, id, step);
  if (!asked || !labels("need_acts")[step]) return lost(stage);
  return ask(stage, { ...asked, form: step === "word" ? "need_word" : "need_step", key: `need/${house}/${id}/${step}`, house, about: id, back: `#card/${house}` });
}

/** What its form asks besides, and what was seen of it; none where the need is not open here. @param {Phone} phone @param {string} house @param {string} id @param {string} step */
export function askedOf(phone, house, id, step) {
  const one = needsOf(phone, phone.cards.get(house)).find((need) => need.id === id);
  if (!one) return null;
  const self = phone.shelf?.account;
  const there = grantOf(phone, phone.cards.get(house))?.workers;
  const people = Object.entries(phone.about?.people ?? {}).filter(([key]) => !there || key === self || there.includes(key)).map(([key, name]) => ({ id: key, name: String(name) }));
  people.sort((a, b) => Number(b.id === self) - Number(a.id === self));
  const ends = labels("need_ends")[one.sort] ?? labels("need_ends").other;
  const only = (/** @type {boolean} */ is) => (is ? [{ id: "", name: "" }] : []);
  const members = {
    steps: [{ id: step, name: "" }],
    owners: step === "owned" ? people : [],
    outcomes: step === "done" ? ends.split(" ").map((code) => ({ id: code, name: label("need_outcomes", code) })) : [],
    tells: only(step === "told"),
    ways: only(step === "told" || step === "asked"),
    routes: only(step === "not_ours"),
    notes: only(!WORDLESS.has(step)),
  };
  // What is recorded now comes behind what was seen of its path, also within one day; a decision rests on what it decides.
  const seen = {
    ...(one.last ? { [`${id}.path`]: one.last } : {}),
    ...(step === "owned" ? { [`${id}.owner`]: one.owned ?? null } : {}),
    ...(DECIDED.has(step) ? { [`${id}.state`]: one.stated ?? null } : {}),
  };
  return { title: actWords(one, step), members, seen, since: one.on };
}
