// Somebody is hurt or afraid: noted once, for the township's centre. It keeps no draft, shows nothing of it again, and
// leaves this phone with the server's answer, whatever that is.
import { knownOf } from "../forms/blanks.js";
import { hush, sayAt } from "../forms/mistakes.js";
import { stopWords } from "../forms/rules.js";
import { partDigest, salt, uuid7 } from "../shelf/ids.js";
import { willLeave } from "../shelf/letting_go.js";
import { blank } from "./blanks.js";
import { place } from "./dom.js";
import { orFull } from "./full.js";
import { whyOf } from "./names.js";
import { labels, say } from "./words.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @typedef {Record<string, string>} Answers
 */

export const KIND = "protected_case";
const ASKED = ["who", "summary", "contact", "how"];
const WORDS = ["summary", "how"];
const SEALED = [...WORDS, "name", "phone"];

/** Whether one may bring it here. @param {Phone} phone */
export function mayBring(phone) {
  return Boolean(phone.isOpen && phone.about?.grants?.some((/** @type {any} */ one) => one.records?.includes(KIND)));
}

/** @param {Stage} stage */
export function afraid(stage) {
  const main = stage.begin("afraid", { back: "#triage" });
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  form.addEventListener("change", ({ target }) => {
    const { name, value } = /** @type {HTMLInputElement} */ (target);
    if (name === "contact") place(main, "way").hidden = value !== "safe";
    if (name === "who") place(main, "report").hidden = value === "adult";
    hush(form, name);
  });
  const ids = new Map();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit(stage, form, ids);
  });
}

/** What was answered; a way and a number only where they may be reached. @param {HTMLFormElement} form @returns {Answers} */
function answersOf(form) {
  const given = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  return fitting(Object.fromEntries(given.filter(([, value]) => value !== "")));
}

/** @param {Answers} answers @returns {Answers} */
export function fitting({ how, phone, ...rest }) {
  return rest.contact === "safe" ? { ...rest, ...(how && { how }), ...(phone && { phone }) } : rest;
}

/**
 * What is missing or would not be taken, by question: of what the door refuses nothing would be left anywhere.
 * @param {Answers} answers
 * @param {string[]} [phrases]
 * @returns {[string, string, Record<string, string>?][]}
 */
export function mistakesIn(answers, phrases = []) {
  const missing = ASKED.filter((name) => !answers[name] && (name !== "how" || answers.contact === "safe"));
  const stopped = SEALED.flatMap((name) => {
    const found = answers[name] && stopWords(answers[name], WORDS.includes(name) ? phrases : []);
    return found ? [/** @type {[string, string, Record<string, string>?]} */ ([name, found.code, found.facts])] : [];
  });
  return [...missing.map((name) => /** @type {[string, string]} */ ([name, WORDS.includes(name) ? "missing" : "choose"])), ...stopped];
}

/** @param {Stage} stage @param {HTMLFormElement} form @param {Map<string, string>} ids chosen once: pressed again it is the same entry */
async function submit(stage, form, ids) {
  const { phone } = stage;
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  try {
    await blank("visit").catch(() => null); // it brings the phrases that are not kept
    const answers = answersOf(form);
    for (const name of [...ASKED, ...SEALED]) sayAt(form, name, "");
    const wrong = mistakesIn(answers, phrases());
    for (const [name, code, facts] of wrong) sayAt(form, name, labels("spot_wrong")[code] ?? whyOf({ code, facts }));
    if (wrong.length > 0) return void (/** @type {HTMLElement | null} */ (form.querySelector(".has-error :is(input, textarea)")))?.focus();
    const entry = await written(phone, answers, ids);
    await orFull(stage, async () => {
      await willLeave(phone.kept, entry.id); // first: killed in between, it leaves all the same
      await phone.kept.record(entry.write, {});
      form.reset();
      await phone.read();
      stage.tell(say("state_waiting"));
      phone.link?.now();
      stage.begin("afraid-left", { back: "#record" });
      scrollTo(0, 0);
    });
  } finally {
    delete form.dataset.going;
  }
}

/** @returns {string[]} */
function phrases() {
  try {
    return /** @type {any} */ (knownOf("visit").rules)?.phrases ?? [];
  } catch {
    return []; // the door looks too
  }
}

/**
 * The entry that these answers make: of the township, its words sealed for whoever handles it. What pages show of it is
 * that it is for the centre, and nothing else.
 * @param {Phone} phone
 * @param {Answers} answers
 * @param {Map<string, string>} ids
 */
export async function written(phone, answers, ids) {
  const now = phone.now();
  const once = (/** @type {string} */ name, make = () => uuid7(now)) => ids.get(name) ?? ids.set(name, make()).get(name) ?? "";
  const [id, found] = [once("entry"), once("case")];
  const said = SEALED.filter((name) => answers[name]);
  const texts = said.map((name) => (name === "name" || name === "phone" ? answers[name].split(/\s+/).join(" ") : answers[name]));
  const sealed = said.map((name, n) => /** @type {Part} */ ({ about: found, audience: "case", salt: once(`salt ${name}`, salt), text: texts[n] }));
  const digests = await Promise.all(sealed.map(partDigest));
  const body = { case: found, who: answers.who, contact: answers.contact, ...(answers.crime && { crime: true }), ...Object.fromEntries(said.map((name, n) => [name, digests[n]])) };
  const [day, recorded_at, log] = [phone.day(), new Date(now).toISOString(), phone.kept.log ?? ""];
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const told = { id, kind: KIND, version: 1, log, unit: log, author: phone.kept.account, device, number, happened_on: day, recorded_at, body, sealed: digests };
    return { id, item: { said: JSON.stringify(told), sealed }, shows: { kind: KIND, form: KIND, name: "", household: "", about: "", parts: [], on: day } };
  };
  return { id, write };
}
