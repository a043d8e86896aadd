// Open needs of a household without signal: how far each is, and the steps that may follow, each one tap from its form.
import { ask } from "./asking.js";
import { put, stamp } from "./dom.js";
import { standing } from "./life.js";
import { lost } from "./stage.js";
import { clause, day, label, labels, say } from "./words.js";

/**
 * @import { Need, Turns } from "./life.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const STEPS = /** @type {Record<string, string>} */ ({ own: "owned", doing: "doing", done: "done" });

/** @param {Phone} phone @param {any} card @returns {Need[]} */
function needsOf(phone, card) {
  return standing(card?.needs ?? [], phone.own, /** @type {Turns} */ (/** @type {unknown} */ (labels("need_turns"))));
}

/** @param {Phone} phone @param {any} card */
export function needRows(phone, card) {
  const may = new Set(phone.about?.grants?.find((/** @type {any} */ one) => one.id === card.village)?.records ?? []);
  return needsOf(phone, card).map((need) => {
    const acts = label("need_follow", need.state).split(" ").filter((act) => may.has(act === "word" ? "need_word" : "need_step") && label("need_acts", act) !== act);
    const row = put(stamp("t-need"), {
      what: label("need_sorts", need.sort),
      meta: clause([label("need_states", need.state), need.owner && say("need_owner", { name: phone.called(need.owner) || say("helper_unnamed") }), day(need.on)]),
      here: need.here ? say("state_waiting") : "",
      acts: acts.map((act) => {
        const way = stamp("t-need-act");
        way.setAttribute("href", `#need/${card.id}/${need.id}/${act}`);
        way.textContent = label("need_acts", act);
        return way;
      }),
    });
    return row;
  });
}

/** A step on a need, or its household's word. @param {Stage} stage @param {string} house @param {string} id @param {string} act */
export function need(stage, house, id, act) {
  const { phone } = stage;
  const one = needsOf(phone, phone.cards.get(house)).find((need) => need.id === id);
  if (!one) return lost(stage);
  const people = Object.entries(phone.about?.people ?? {}).map(([key, name]) => ({ id: key, name: String(name) }));
  const self = phone.shelf?.account;
  people.sort((a, b) => Number(b.id === self) - Number(a.id === self));
  const outcomes = labels("need_ends")[one.sort] ?? labels("need_ends").other;
  const members = {
    steps: [{ id: STEPS[act] ?? "", name: "" }],
    owners: act === "own" ? people : [],
    outcomes: act === "done" ? outcomes.split(" ").map((code) => ({ id: code, name: label("need_outcomes", code) })) : [],
  };
  // What is recorded now comes behind what was seen of its path, also within one day.
  const seen = { ...(one.last ? { [`${id}.path`]: one.last } : {}), ...(act === "own" ? { [`${id}.owner`]: one.owned ?? null } : {}) };
  return ask(stage, { form: act === "word" ? "need_word" : "need_step", key: `need/${house}/${id}/${act}`, house, about: id, back: `#card/${house}`, title: label("need_acts", act), members, seen });
}
