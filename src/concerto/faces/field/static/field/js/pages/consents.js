// Notice and consent on a card, without signal too: how each purpose stands, and one answer recorded at a time.
import { answersWith, isChild } from "./agreed.js";
import { ask } from "./asking.js";
import { here, link, put, stamp } from "./dom.js";
import { livingIn } from "./find.js";
import { calledOf } from "./names.js";
import { lost } from "./stage.js";
import { day, label, labels, say } from "./words.js";

/**
 * @import { Answer } from "./agreed.js"
 * @import { Card } from "./overlay.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

/** Who can be asked: who lives there and is not withheld. @param {Card} card */
function namedIn(card) {
  return livingIn(card).filter((person) => !person.restricted);
}

/** @param {Phone} phone @param {Card} card */
export function consentRows(phone, card) {
  const grant = phone.about?.grants?.find((/** @type {any} */ one) => one.id === card.village);
  const may = !card.left_on && grant?.records?.includes("consent");
  const answers = answersWith(card.consents ?? [], card.id, phone.own);
  return Object.entries(labels("purposes")).map(([purpose, words]) => {
    const said = answers.filter((one) => one.for === purpose);
    const house = said.find(({ who }) => !who) ?? { for: purpose, answer: "not_asked", on: "" };
    const people = namedIn(card).flatMap((person) => said.filter(({ who }) => who === person.id).map((one) => ({ ...one, name: calledOf(person) })));
    const row = put(stamp("t-consent"), { purpose: words });
    row.append(...[house, ...people].map((one) => answerRow(card, one, may)));
    return row;
  });
}

/** @param {Card} card @param {Answer & { name?: string }} one @param {boolean} may */
function answerRow(card, one, may) {
  const stands = one.answer === "agreed";
  const row = put(stamp("t-consent-answer"), {
    whose: one.name ?? "",
    answer: label("consent_answers", one.answer),
    on: day(one.on),
    here: one.here ? here() : "",
  });
  link(row, { act: may && `#consent/${card.id}/${one.for}/${one.who ?? ""}${stands ? "/back" : ""}` });
  const act = row.querySelector("a");
  if (act) act.append(say(stands ? "consent_take_back" : "consent_ask"), Object.assign(document.createElement("span"), { className: "hidden", textContent: ` ${label("purposes", one.for)}` }));
  return row;
}

/** One answer to one purpose: of the household or of one of its people; `back` where it is taken back. @param {Stage} stage @param {string} house @param {string} purpose @param {string} [who] @param {string} [back] */
export function consent(stage, house, purpose, who = "", back = "") {
  const words = labels("purposes")[purpose];
  const card = stage.phone.cards.get(house);
  if (!words || !card) return lost(stage);
  const only = (/** @type {any} */ is, id = "") => (is ? [{ id, name: "" }] : []);
  const members = {
    purposes: only(true, purpose),
    whose: only(who, who),
    asked_of: only(!who && !back),
    answers: only(!back),
    taken_back: only(back, "withdrawn"),
    people: namedIn(card).filter(({ born }) => !isChild(born ?? "", stage.phone.day())).map((person) => ({ id: person.id, name: calledOf(person) })),
  };
  const key = ["consent", house, purpose, who, back].join("/").replace(/\/+$/, "");
  return ask(stage, { form: "consent", key, house, back: `#card/${house}`, title: back ? say("kind_and_name", { kind: say("consent_take_back"), name: words }) : words, members });
}
