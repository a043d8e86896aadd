// A branch as this phone knows it: its roll on a day, drawn as the rows of a meeting, and its members by name.
import { markOthers } from "../../../desk/js/others.js";
import { watchRoll } from "../../../desk/js/roll.js";
import { countedIn, watchVotes } from "../../../desk/js/votes.js";
import { readForm, showErrors, stamped } from "../forms/fill.js";
import { dayBefore } from "../forms/sheet.js";
import { drawAnew } from "./anew.js";
import { calledOf } from "./names.js";
import { clause, say } from "./words.js";

/**
 * @import { Answers } from "../forms/sheet.js"
 * @import { Before, Named } from "../forms/blanks.js"
 * @import { Asked } from "./asking.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @typedef {{ id: string, name: string, hasVote: boolean, isExempt: boolean, group: string, hasSeat: boolean }} OnRoll
 */

/** @param {Phone} phone */
function branches(phone) {
  return (phone.about?.grants ?? []).flatMap((/** @type {any} */ grant) => grant.branches ?? []);
}

/** @param {any} one @param {string} day */
function holds({ since, until }, day) {
  return (!since || since <= day) && (!until || day <= until);
}

/** Whose membership it is; an id that is nobody's stays what it is. @param {Phone} phone @param {string} member */
export function residentOf(phone, member) {
  for (const { roll } of branches(phone)) {
    const found = roll?.members?.find((/** @type {any} */ one) => one.id === member);
    if (found) return found.resident;
  }
  return member;
}

/** @param {Phone} phone @param {string} id */
export function groupNamed(phone, id) {
  for (const { roll } of branches(phone)) {
    const found = roll?.groups?.find((/** @type {any} */ one) => one.of === id);
    if (found) return found.name;
  }
  return "";
}

/**
 * Who stood on the roll of a branch on a day, as what: the register as this phone last heard of it.
 * @param {Phone} phone
 * @param {string} branch
 * @param {string} day
 * @returns {OnRoll[]}
 */
export function rollOn(phone, branch, day) {
  const { members = [], seats = [], resting = [] } = branches(phone).find((/** @type {any} */ one) => one.id === branch)?.roll ?? {};
  const held = (/** @type {any[]} */ some) => new Set(some.filter((one) => holds(one, day)).map(({ of }) => of));
  const [seated, without] = [held(seats), held(resting)];
  const people = new Map([...phone.cards.values()].flatMap((card) => card.people ?? []).map((one) => [one.id, one]));
  return toldApart(phone, members.filter((/** @type {any} */ one) => holds(one, day)).map((/** @type {any} */ { id, resident, standing, exempt = false, group = "" }) => {
    const person = people.get(resident);
    const hasVote = standing === "full" && !without.has(id);
    return { id, resident: person?.restricted ? "" : resident, name: person?.name ? calledOf(person) : "", hasVote, isExempt: exempt, group: group ?? "", hasSeat: seated.has(id) };
  }));
}

/** Of members of one name it says which household they are of. @param {Phone} phone @param {(OnRoll & { resident: string })[]} roll @returns {OnRoll[]} */
function toldApart(phone, roll) {
  const isAlone = (/** @type {string} */ name) => roll.filter((one) => one.name === name).length < 2;
  const numberOf = (/** @type {string} */ resident) => [...phone.cards.values()].find(({ people = [] }) => people.some((/** @type {any} */ one) => one.id === resident))?.number;
  return roll.map(({ resident, ...one }) => {
    const number = one.name && !isAlone(one.name) && numberOf(resident);
    return number ? { ...one, name: clause([one.name, say("household_number", { number })]) } : one;
  });
}

/**
 * Who and what can be chosen on a form of a branch, by name.
 * @param {Phone} phone
 * @param {{ unit?: string, before?: Before | null }} asked
 * @returns {Record<string, Named[]>}
 */
export function membersOf(phone, { unit = "", before }) {
  const day = before?.happened_on ?? phone.day();
  const named = rollOn(phone, unit, day).filter(({ name }) => name);
  const groups = branches(phone).find((/** @type {any} */ one) => one.id === unit)?.roll?.groups ?? [];
  const standing = groups.filter((/** @type {any} */ one) => holds(one, day)).map((/** @type {any} */ { of, name }) => ({ id: of, name }));
  return { members: named, named, voters: named.filter(({ hasVote }) => hasVote), groups: standing };
}

/**
 * Draws the roll into a meeting, anew when another day is chosen; says each vote while it is written, and who is counted.
 * Nobody is present before somebody has tapped it.
 * @param {Stage} stage
 * @param {Asked} asked
 * @param {HTMLFormElement} form
 * @param {Answers | null} draft
 */
export function open(stage, asked, form, draft) {
  const { phone } = stage;
  const { form: name, unit = "", before, group } = asked;
  drawAnew(stage, asked.key, form, () => [membersOf(phone, asked), rollOn(phone, unit, before?.happened_on ?? phone.day())]);
  const holder = /** @type {HTMLElement | null} */ (form.querySelector("[data-votes]"));
  const row = /** @type {HTMLTemplateElement | null} */ (form.querySelector("template[data-roll]"));
  if (name !== "meeting" || !holder || !row) return;
  if (group && !before && !draft) meets(form, group);
  const taps = draft ? tapsIn(draft) : new Map((before?.body.attendance ?? []).map((/** @type {any} */ one) => [one.member, one.how]));
  let drawn = "";
  const draw = () => {
    const day = dayIn(form, phone.day());
    if (day === drawn) return;
    drawn = day;
    for (const old of holder.querySelectorAll("[data-how]")) old.remove();
    const roll = rollOn(phone, unit, day);
    row.before(...roll.map((one, n) => rowOf(row, one, n, taps.get(one.id))));
    holder.querySelector(":scope > p.soft")?.toggleAttribute("hidden", roll.length > 0);
  };
  const count = () => {
    const answers = new FormData(form);
    const base = countedIn(holder, answers).map(({ dataset }) => dataset.member ?? "").sort();
    for (const old of form.querySelectorAll("input[name=base]")) old.remove();
    row.before(...base.map(counted));
  };
  const changed = () => {
    for (const [member, how] of tapsIn(readForm(form))) taps.set(member, how);
    draw();
    count();
  };
  draw();
  count();
  for (const fold of /** @type {NodeListOf<HTMLDetailsElement>} */ (form.querySelectorAll("details.more:not([data-rest])"))) fold.open ||= isAsked(fold, before);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    changed();
    askOnce(form, event);
  });
  watchRoll(holder);
  markOthers(holder);
  watchVotes(holder);
}

/** Whoever records a meeting without a mark on the roll is asked once whether it is so. @param {HTMLFormElement} form @param {Event} event */
function askOnce(form, event) {
  const hows = tapsIn(readForm(form));
  const isAsked = form.dataset.nobody === "asked";
  delete form.dataset.nobody;
  if (hows.size === 0 || [...hows.values()].some(Boolean)) return;
  form.dataset.nobody = "asked";
  if (isAsked) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  showErrors(form, [{ field: "", code: "nobody_marked" }]);
}

/** Chooses the group whose meeting was asked for. @param {HTMLFormElement} form @param {string} group */
function meets(form, group) {
  const which = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=form][value=group]"));
  const choice = /** @type {HTMLSelectElement | null} */ (form.querySelector("[name=group]"));
  if (!which || !choice) return;
  which.checked = true;
  choice.value = group;
  which.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Whether a fold stands open: something is said in it, or a correction adds there what was not written at once. @param {HTMLElement} fold @param {Before | null | undefined} before */
function isAsked(fold, before) {
  if (before && fold.querySelector("[name=minutes]")) return true;
  const controls = /** @type {NodeListOf<HTMLInputElement>} */ (fold.querySelectorAll("[name]"));
  return [...controls].some(({ type, checked, value }) => (type === "radio" || type === "checkbox" ? checked : value !== ""));
}

/** How each on the roll stands, by member; a mark that was taken back is none. @param {Answers} answers @returns {Map<string, string>} */
function tapsIn(answers) {
  const rows = Object.entries(answers).filter(([name]) => name.startsWith("who_"));
  return new Map(rows.map(([name, [member]]) => [member, answers[name.replace("who_", "how_")]?.[0] ?? ""]));
}

/** The day that a form speaks of, as it stands. @param {HTMLFormElement} form @param {string} today */
export function dayIn(form, today) {
  const answers = readForm(form);
  if (answers.day?.[0] === "other") return answers.on?.[0] ?? today;
  return answers.day?.[0] === "yesterday" ? dayBefore(today) : today;
}

/** @param {HTMLTemplateElement} template @param {OnRoll} one @param {number} n @param {string | undefined} how */
function rowOf(template, one, n, how) {
  const piece = /** @type {DocumentFragment} */ (stamped(template, { id: one.id, name: one.name || say("unknown_thing"), n: String(n) }));
  const row = /** @type {HTMLElement} */ (piece.querySelector("[data-how]"));
  if (one.hasVote) row.dataset.hasVote = "";
  if (one.hasSeat) row.dataset.hasSeat = "";
  if (one.group) row.dataset.group = one.group;
  if (one.hasVote) row.querySelector("[data-tag=no-vote]")?.remove();
  if (!one.isExempt) row.querySelector("[data-tag=exempt]")?.remove();
  for (const tap of /** @type {NodeListOf<HTMLInputElement>} */ (row.querySelectorAll("input[type=radio]"))) {
    if (one.isExempt && tap.value !== "present") tap.closest("label")?.remove();
    else tap.checked = tap.value === how;
  }
  return row;
}

/** @param {string} member */
function counted(member) {
  return Object.assign(document.createElement("input"), { type: "hidden", name: "base", value: member });
}
