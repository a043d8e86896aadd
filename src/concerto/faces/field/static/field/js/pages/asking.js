// The forms: the desk's own blanks filled from a card, drafts kept on every pause, recorded into the shelf.
import { entriesOf, isReadable, openPage, readForm, showErrors } from "../forms/fill.js";
import { Refusal } from "../shelf/shelf.js";
import { blank } from "./blanks.js";
import { does } from "./dom.js";
import { isHelped } from "./find.js";
import { calledOf, titleOf } from "./names.js";
import { lost } from "./stage.js";
import { clause, clock, day, label, say } from "./words.js";

/**
 * @import { Before, Named, ToWrite } from "../forms/blanks.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

/**
 * What one form is opened with.
 * @typedef {{ form: string, key: string, house?: string, about?: string, unit?: string, before?: Before | null, but?: Set<string>, back: string, members?: Record<string, Named[]> }} Asked
 */

const PAUSE = 500;
const A_MOMENT = 300;
const OF_BRANCH = new Set(["study", "heart_talk", "meeting"]);

/** A route that opens a form about a household, or about somebody in it. @param {string} route @param {string} form */
export function about(route, form) {
  return (/** @type {Stage} */ stage, house = "", person = "") => {
    const key = [route, house, person].filter(Boolean).join("/");
    const back = house ? `#card/${house}` : "#list";
    return ask(stage, { form, key, house, about: person || undefined, back });
  };
}

/** @param {Stage} stage @param {string} village */
export function gathering(stage, village) {
  return ask(stage, { form: "gathering", key: `gathering/${village}`, about: village, unit: village, back: "#record" });
}

/** A route that opens a form of a branch, or of the place where one works. @param {string} route @param {string} form */
export function ofBranch(route, form) {
  return (/** @type {Stage} */ stage, unit = "") => ask(stage, { form, key: `${route}/${unit}`, about: unit, unit, back: "#record" });
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
  const draft = phone.denied ? null : await phone.kept.draft(asked.key).catch(() => null);
  const page = openPage(asked.form, { fragment, card, about: asked.about, today: phone.day(), before: asked.before, draft, each: eachOf(phone, asked) });
  const main = stage.begin("form", { title: asked.before ? say(asked.key.startsWith("mend") ? "mend" : "correct") : page.title, sub: subOf(phone, card, asked), back: asked.back, help: page.help, dock: page.dock });
  const holder = main.querySelector('[data-put="form"]');
  const lead = leadOf(phone, card, asked);
  if (lead) page.form.prepend(lead);
  holder?.append(page.form);
  main.querySelector('[data-put="aside"]')?.replaceWith(...(page.aside ? [...page.aside.childNodes].length > 0 ? [page.aside] : [] : []));
  if (!page.aside?.childNodes.length) main.querySelector(".two")?.classList.remove("two", "two-form");
  branch?.open(phone, asked, page.form, draft);
  const drafts = keepDraft(stage, page.form, asked.key, draft);
  stage.later.then(({ watchWords }) => watchWords(page.form));
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
  if (asked.form !== "gathering") return { colleagues, villages };
  const cards = [...phone.cards.values()].filter((card) => card.village === asked.unit && !card.left_on);
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

/**
 * A draft on every pause, and at once when the page goes away.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {string} key
 * @param {any} before
 */
function keepDraft(stage, form, key, before) {
  const { phone } = stage;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let kept = JSON.stringify(before ?? readForm(form));
  let over = false;
  const keep = async () => {
    clearTimeout(later);
    const answers = readForm(form);
    const text = JSON.stringify(answers);
    if (over || phone.denied || text === kept || !phone.isOpen) return;
    try {
      await phone.kept.putDraft(key, answers);
      kept = text;
      stage.aside = say("draft_kept", { at: clock(Date.now()) });
    } catch (wrong) {
      if (wrong instanceof Refusal && wrong.code === "disk_full") stage.aside = say("draft_not_kept");
    }
    stage.onAside();
  };
  const soon = () => {
    clearTimeout(later);
    later = setTimeout(keep, PAUSE);
  };
  const hidden = () => document.visibilityState === "hidden" && keep();
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  document.addEventListener("visibilitychange", hidden);
  if (phone.denied) {
    stage.aside = say("draft_only_here");
    stage.onAside();
  }
  return {
    stop: () => {
      over = true;
      clearTimeout(later);
    },
    left: () => {
      keep();
      document.removeEventListener("visibilitychange", hidden);
    },
  };
}

/**
 * @param {Stage} stage
 * @param {Asked} asked
 * @param {{ form: HTMLFormElement, card: any, saw: Map<string, string> }} opened
 * @param {{ stop: () => void }} drafts
 */
async function submit(stage, asked, { form, card, saw }, drafts) {
  const { phone } = stage;
  if (form.dataset.going) return;
  const unit = asked.unit;
  // Recording a visit waits for no line, and the door checks too; names and numbers are read by what comes behind.
  const came = isReadable(asked.form) ? await Promise.race([stage.later, null]).catch(() => null) : await behind(stage, form);
  const told = await entriesOf(asked.form, readForm(form), {
    about: asked.about, account: phone.kept.account, log: phone.kept.log ?? "", now: new Date(phone.now()).toISOString(), today: phone.day(),
    card, own: saw, before: asked.before, unit, check: came?.mistakesIn,
  });
  if ("errors" in told) return showErrors(form, told.errors, (code) => label("refusals", code));
  drafts.stop();
  await write(stage, form, told.entries, asked);
}

/** What comes behind the first pages, waited for with a word; a second press meanwhile records nothing twice. @param {Stage} stage @param {HTMLFormElement} form */
async function behind(stage, form) {
  const aside = (/** @type {string | null} */ words) => {
    stage.aside = words;
    stage.onAside();
  };
  const soon = setTimeout(() => aside(say("rest_coming")), A_MOMENT);
  form.dataset.going = "yes";
  try {
    return await stage.later;
  } finally {
    delete form.dataset.going;
    clearTimeout(soon);
    if (stage.aside === say("rest_coming")) aside(null);
  }
}

/**
 * Record one after the other; what is not recorded yet stays on the screen.
 * @param {Stage} stage
 * @param {HTMLFormElement} form
 * @param {ToWrite[]} entries
 * @param {Asked} asked
 */
async function write(stage, form, entries, asked) {
  const { phone } = stage;
  const waiting = [...entries];
  const go = async () => {
    form.dataset.going = "yes";
    try {
      while (waiting.length > 0) {
        await phone.kept.record(waiting[0].write, waiting.length === 1 ? { draft: asked.key } : {});
        waiting.shift();
      }
    } catch (wrong) {
      delete form.dataset.going;
      for (const old of form.querySelectorAll("[data-full]")) old.remove();
      const { full } = await stage.later;
      return full(stage, form, waiting, wrong, go);
    }
    await phone.read();
    stage.tell(say("state_waiting"));
    phone.link?.now();
    stage.go(`#done/${entries[0].id}/${entries.length - 1}`, { instead: true });
  };
  await go();
}
