// The forms: the desk's own blanks filled from a card, drafts kept on every pause, recorded into the shelf.
import { openPage } from "../forms/fill.js";
import { blank } from "./blanks.js";
import { does } from "./dom.js";
import { draftOf, keepDraft } from "./drafting.js";
import { isHelped } from "./find.js";
import { calledOf, titleOf } from "./names.js";
import { lost } from "./stage.js";
import { clause, day, say } from "./words.js";
import { submit } from "./writing.js";

/**
 * @import { Before, Named } from "../forms/blanks.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

/**
 * What one form is opened with.
 * @typedef {{ form: string, key: string, house?: string, about?: string, unit?: string, before?: Before | null, turn?: string, group?: string, but?: Set<string>, back: string, members?: Record<string, Named[]>, title?: string, seen?: Record<string, string | null>, since?: string }} Asked
 */

const OF_BRANCH = new Set(["study", "heart_talk", "meeting"]);

/** A route that opens a form about a household, or about somebody in it. @param {string} route @param {string} form */
export function about(route, form) {
  return (/** @type {Stage} */ stage, house = "", person = "", turn = "") => {
    const key = [route, house, person].filter(Boolean).join("/");
    const back = house ? `#card/${house}` : "#list";
    return ask(stage, { form, key, house, about: person || undefined, turn, back });
  };
}

/** A route that opens a form about several households of a village. @param {string} form */
export function several(form) {
  return (/** @type {Stage} */ stage, village = "") => ask(stage, { form, key: `${form}/${village}`, about: village, unit: village, back: "#record" });
}

/** A route that opens a form of a branch, or of the place where one works. @param {string} route @param {string} form */
export function ofBranch(route, form) {
  return (/** @type {Stage} */ stage, unit = "", turn = "", group = "") => ask(stage, { form, key: `${route}/${unit}`, about: unit, unit, turn, group, back: "#record" });
}

/** @param {Stage} stage @param {Asked} asked */
export async function ask(stage, asked) {
  const { phone } = stage;
  const { cards, saw } = asked.but?.size ? phone.without(asked.but) : phone;
  const card = asked.house ? (cards.get(asked.house) ?? null) : null;
  if (asked.house && !card && !asked.before) return lost(stage);
  const { turn } = stage;
  const fragment = await blank(asked.form).catch(() => null);
  const branch = OF_BRANCH.has(asked.form) ? (await stage.later).branch : null;
  if (turn !== stage.turn) return;
  if (branch) asked = { ...asked, members: branch.membersOf(phone, asked) };
  if (!fragment) {
    const main = stage.begin("form-missing", { back: asked.back });
    does(main, { again: () => stage.show() });
    return;
  }
  const before = await draftOf(phone, asked.key);
  const draft = before ?? null;
  const page = openPage(asked.form, { fragment, card, about: asked.about, today: phone.day(), before: asked.before, draft, each: eachOf(phone, asked) });
  const turns = stage.later.then(({ askTurn }) => askTurn(phone, asked, page.form, draft));
  if (branch || asked.turn || asked.before || draft?.counts_for) await turns;
  if (turn !== stage.turn) return;
  const main = stage.begin("form", { title: asked.before ? say(asked.key.startsWith("mend") ? "mend" : "correct") : (asked.title ?? page.title), sub: subOf(phone, card, asked), back: asked.back, help: page.help, dock: page.dock });
  const holder = main.querySelector('[data-put="form"]');
  const lead = leadOf(phone, card, asked);
  if (lead) page.form.prepend(lead);
  holder?.append(page.form);
  main.querySelector('[data-put="aside"]')?.replaceWith(...(page.aside ? [...page.aside.childNodes].length > 0 ? [page.aside] : [] : []));
  if (!page.aside?.childNodes.length) main.querySelector(".two")?.classList.remove("two", "two-form");
  branch?.open(stage, asked, page.form, draft);
  const drafts = keepDraft(stage, page.form, asked.key, before);
  stage.later.then(({ opened }) => opened(stage, asked, { form: page.form, card, before, drafts }));
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(stage, asked, { form: page.form, card, saw }, drafts);
  });
  return { left: drafts.left };
}

/** Who and what can be chosen that does not stand on the card. @param {Phone} phone @param {Asked} asked @returns {Record<string, Named[]>} */
function eachOf(phone, asked) {
  const named = (/** @type {[string, string][]} */ pairs) => pairs.map(([id, name]) => ({ id, name }));
  const colleagues = named(Object.entries(phone.about?.people ?? {}).filter(([id]) => id !== phone.shelf?.account).map(([id, name]) => [id, String(name)]));
  const villages = phone.villages().map(({ id, name }) => ({ id, name: name || say("village_unnamed") }));
  if (asked.members) return { colleagues, ...asked.members };
  const isDone = asked.form === "deeds";
  if (asked.form !== "gathering" && !isDone) return { colleagues, villages };
  const cards = [...phone.cards.values()].filter((card) => card.village === asked.unit && !card.left_on && (!isDone || isHelped(card, phone.day())));
  const last = "\uffff";
  cards.sort((one, other) => (one.number || last).localeCompare(other.number || last, undefined, { numeric: true }));
  return { colleagues, villages, houses: named(cards.map((card) => [card.id, clause([card.number, titleOf(card)])])) };
}

/** @param {Phone} phone @param {any} card @param {Asked} asked */
function subOf(phone, card, asked) {
  if (!asked.house && asked.unit) return phone.unitNamed(asked.unit);
  const person = card?.people?.find((/** @type {any} */ one) => one.id === asked.about);
  return person ? clause([calledOf(person), titleOf(card)]) : card ? titleOf(card) : "";
}

/** What one should know before the first question. @param {Phone} phone @param {any} card @param {Asked} asked */
function leadOf(phone, card, asked) {
  if (asked.form !== "visit" || asked.before || !card) return null;
  const last = (card.lines ?? []).filter((/** @type {any} */ one) => !one.withdrawn && one.parts?.includes("visits")).map((/** @type {any} */ one) => one.on).sort().at(-1);
  const text = clause([isHelped(card, phone.day()) && say("helped"), last && say("last_time", { day: day(last) })]);
  if (!text) return null;
  const lead = document.createElement("p");
  lead.className = "soft";
  lead.textContent = text;
  return lead;
}
