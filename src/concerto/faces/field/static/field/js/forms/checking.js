// What the door would refuse of a form's entries, said at the question that it comes from.
import { brokenIn, stopWords } from "./rules.js";
import { filled, knownOf } from "./blanks.js";
import { brokenInMeeting } from "./meeting.js";
import { sayAt } from "./mistakes.js";
import { askedIn, holds } from "./sheet.js";

/**
 * @import { Known, Mistake } from "./blanks.js"
 * @import { Answers, Composed, Sheet } from "./sheet.js"
 * @import { Told } from "../pages/told.js"
 */

/**
 * What these entries may not say; nothing where an older blank brought no rules.
 * @param {Known} known
 * @param {Answers} answers
 * @param {Composed[]} told the form's own entry first, then one for each row of people
 * @param {{ since?: string, written?: Told[] }} [writing] `since` when what it is about was first told of, `written` what this phone holds
 * @returns {Mistake[]}
 */
export function mistakesIn({ sheet, sheets, rules }, answers, told, { since, written } = {}) {
  const twice = givenTwice(told, written ?? []);
  if (twice.length > 0 || !rules) return twice;
  const [{ body: { until }, happened_on }] = told;
  if (since && happened_on < since) return [{ field: answers.on ? "on" : "day", code: "before_it_was_told" }];
  if (sheet.kind === "need_step" && until && until <= happened_on) return [{ field: "until", code: "until_passed" }];
  const prefixes = ["", ...prefixesOf(sheet, answers)];
  return told.flatMap((composed, at) => {
    const own = at > 0 && sheet.people ? sheets[sheet.people.sheet] : sheet;
    if (composed.kind !== own.kind) return []; // a slip that was left says nothing that could be meant otherwise
    const prefix = prefixes[at];
    const shape = rules.bodies[own.kind];
    const broken = shape ? brokenIn(shape, composed.body) : null;
    const unkept = Object.entries(own.asks).flatMap(([name, ask]) => {
      const [text] = (ask.free && answers[prefix + name]) || [];
      const wrong = text && composed.sealed.some((part) => part.text === text) ? stopWords(text, rules.phrases) : null;
      return wrong ? [{ field: prefix + name, ...wrong }] : [];
    });
    if (!broken) return own.kind === "meeting" ? [...unkept, ...inMeeting(own, answers, composed)] : unkept;
    const { at: path, ...wrong } = broken;
    const asked = questionOf(own, answers, composed.body, path.split("."));
    return [...unkept, { field: asked && prefix + asked, ...wrong }];
  });
}

/**
 * Slips that this phone noted for another household already, or this form for another need: on paper it lies in one.
 * What came back and is not taken in leaves its slip free.
 * @param {Composed[]} told
 * @param {Told[]} written
 * @returns {Mistake[]}
 */
function givenTwice(told, written) {
  const noted = written.filter(({ said, row }) => said.kind === "matter_slip" && said.body && !["back", "settled"].includes(row.state));
  const given = new Map(noted.map(({ said: { body } }) => [body.slip, body.matter]));
  return told.filter(({ kind }) => kind === "matter_slip").flatMap(({ body: { slip, matter }, asked }) => {
    const other = given.get(slip) ?? matter; // pressed again it is the same need
    given.set(slip, other);
    return other === matter ? [] : { field: asked ?? "", code: "slip_given_already" };
  });
}

/**
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Composed} composed
 * @returns {Mistake[]}
 */
function inMeeting(sheet, answers, { body, happened_on }) {
  const asked = (/** @type {string} */ field, /** @type {number} */ at, /** @type {string} */ inner) => questionOf(sheet, answers, body, [field, String(at), inner]);
  const later = (body.left_out ?? []).findIndex((/** @type {any} */ one) => one.approved_on > happened_on);
  if (later >= 0) return [{ field: asked("left_out", later, "approved_on"), code: "left_out_without_adoption" }];
  /** @type {Map<string, string>} */
  const stood = new Map((body.attendance ?? []).map((/** @type {any} */ { member, how }) => [member, how]));
  const isHere = (/** @type {string} */ member) => ["present", "observer"].includes(stood.get(member) ?? "");
  const came = (body.left_out ?? []).findIndex((/** @type {any} */ { member }) => isHere(member));
  if (came >= 0) return [{ field: asked("left_out", came, "member"), code: "left_out_is_there" }];
  const away = ["chair", "recorder"].find((role) => stood.has(body[role]) && !isHere(body[role]));
  if (away) return [{ field: questionOf(sheet, answers, body, [away]), code: "chaired_from_away" }];
  const broken = brokenInMeeting(body);
  if (!broken) return [];
  const { item, left, ...wrong } = broken;
  if (left !== undefined) return [{ ...wrong, field: asked("left_out", left, "adopted_by") }];
  const figures = wrong.code.includes("vote"); // what is wrong with them is said at the first of them
  return [{ ...wrong, field: item === undefined ? "" : asked("items", item, figures ? "votes" : "sort") }];
}

/**
 * Says while something is written freely that it will not be kept, and takes it back when it is mended.
 * @param {HTMLFormElement} form
 */
export function watchWords(form) {
  /** @type {Map<string, string>} */
  const told = new Map();
  form.addEventListener("input", ({ target }) => {
    const { name = "", value = "" } = /** @type {Partial<HTMLTextAreaElement>} */ (target);
    const { sheet, rules, words } = knownOf(form.dataset.form ?? "");
    if (!rules || !sheet.asks[name]?.free) return;
    const wrong = stopWords(value, rules.phrases);
    const text = wrong ? filled(words[wrong.code] ?? wrong.code, wrong.facts ?? {}) : "";
    if (text === (told.get(name) ?? "")) return;
    told.set(name, text);
    sayAt(form, name, text);
  });
}

/**
 * How the questions of each row begin that names somebody.
 * @param {Sheet} sheet
 * @param {Answers} answers
 */
function prefixesOf({ people }, answers) {
  if (!people) return [];
  const all = [...Array(people.most).keys()].map((n) => people.prefix.replaceAll("{n}", String(n)));
  return all.filter((prefix) => answers[prefix + people.somebody]?.length);
}

/**
 * The question that says this field of a body; empty where none does.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Record<string, any>} body
 * @param {string[]} path
 */
function questionOf(sheet, answers, body, [field, at, inner]) {
  const value = sheet.fields[field];
  if (!value) return "";
  if (value.type !== "slots" || at === undefined) return askedIn(value)[0] ?? "";
  const filled = value.slots.filter((/** @type {string} */ slot) => holds(value.filled, answers, slot));
  const slot = filled[Number(at) - (body[field].length - filled.length)];
  const asked = (value.of[inner] && askedIn(value.of[inner])[0]) || value.filled.of;
  return slot === undefined ? "" : asked.replaceAll("{n}", slot);
}
