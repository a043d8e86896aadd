// Where a dispute belongs, asked before any name and without signal: the rulebook's own questions. Nothing of it is kept:
// no shelf, no draft and no address holds an answer, and it stands open before a locked phone as well.
import { mayBring } from "./afraid.js";
import { takesInFor } from "./case.js";
import { does, put, stamp, words } from "./dom.js";
import { clause, labels, say } from "./words.js";

/**
 * @import { Stage } from "./stage.js"
 * @typedef {Record<string, string[]>} Situation
 * @typedef {{ id: string, asks: string, when: Situation, answers: [string, string][] }} Question
 * @typedef {{ id: string, when: Situation[], title: string, says: string[], keeps: string, routes: string[], ours: boolean, quiet: boolean }} End
 * @typedef {{ questions: Question[], ends: End[], routes: Record<string, [string, string, string]> }} Triage
 * @typedef {Record<string, string>} Answers
 */

/**
 * What follows from some answers, as the server says it: what was not asked counts for nothing.
 * @param {Triage} triage
 * @param {Answers} answers
 * @returns {{ given: Answers, question?: Question, end?: End }}
 */
export function stepOf({ questions, ends }, answers) {
  /** @type {Answers} */
  const given = {};
  const holds = (/** @type {Situation} */ when) => Object.entries(when).every(([of, some]) => some.includes(given[of]));
  for (const question of questions) {
    if (!holds(question.when)) continue;
    const answer = question.answers.find(([id]) => id === answers[question.id]);
    if (!answer) return { given, question };
    given[question.id] = answer[0];
    const end = ends.find(({ when }) => when.some(holds));
    if (end) return { given, end };
  }
  return { given: {}, question: questions[0] };
}

/** A question, or where it ends; the answers lie in this page alone. @param {Stage} stage */
export function triage(stage) {
  const all = /** @type {Triage} */ (/** @type {unknown} */ (labels("triage")));
  draw(stage, all, {});
}

/** One end by itself, where another form comes to it: nothing was asked, so there is no way back but to begin. @param {Stage} stage @param {string} id */
export function ended(stage, id) {
  const all = /** @type {Triage} */ (/** @type {unknown} */ (labels("triage")));
  const end = all.ends.find((one) => one.id === id);
  if (end) put(told(stage, all, end), { so_far: "", steps: "" });
  scrollTo(0, 0);
  document.getElementById("heading")?.focus({ preventScroll: true });
}

/** @param {Stage} stage @param {Triage} all @param {Answers} answers */
function draw(stage, all, answers) {
  const { given, question, end } = stepOf(all, answers);
  const main = question ? asked(stage, all, question, given) : told(stage, all, /** @type {End} */ (end));
  const before = Object.fromEntries(Object.entries(given).slice(0, -1));
  const answered = Object.entries(given).map(([of, id]) => wordsOf(all, of, id));
  put(main, { so_far: clause(answered), ...(answered.length === 0 && { steps: "" }) });
  const anew = (/** @type {Answers} */ from) => () => turned(stage, () => draw(stage, all, from));
  does(main, { back: answered.length > 0 && anew(before), again: answered.length > 0 && anew({}) });
}

/** @param {Stage} stage @param {Triage} all @param {Question} question @param {Answers} given */
function asked(stage, all, question, given) {
  const main = stage.begin("triage", { title: question.asks, sub: say("triage_kept"), back: "#record" });
  const keys = question.answers.map(([id, text]) => {
    const key = stamp("t-triage-answer");
    key.append(words(text));
    key.addEventListener("click", () => turned(stage, () => draw(stage, all, { ...given, [question.id]: id })));
    return key;
  });
  put(main, { answers: keys }).querySelector("[role=group]")?.setAttribute("aria-label", question.asks);
  return main;
}

/** @param {Stage} stage @param {Triage} all @param {End} end */
function told(stage, all, { title, says, keeps, routes, ours, quiet }) {
  const sub = say(ours ? "triage_ours" : quiet ? "triage_quiet" : "triage_not_ours");
  const main = stage.begin("triage-end", { title, sub, back: "#record" });
  const line = (/** @type {string} */ text) => put(stamp("t-triage-says"), { words: text });
  const bring = quiet && mayBring(stage.phone);
  const takeIn = ours && takesInFor(stage.phone).length > 0;
  return put(main, { says: says.map(line), keeps, routes: routes.map((route) => routed(all.routes[route])), ...(!bring && { bring: "" }), ...(!takeIn && { take_in: "" }) });
}

/** @param {[string, string, string]} route */
function routed([name, what, phone]) {
  const row = stamp("t-triage-route");
  row.querySelector("a")?.setAttribute("href", `tel:${phone}`);
  return put(row, { name, what, phone });
}

/** @param {Triage} all @param {string} of @param {string} id */
function wordsOf({ questions }, of, id) {
  return questions.find((one) => one.id === of)?.answers.find(([answer]) => answer === id)?.[1];
}

/** The next question stands at the top, and whoever hears the page hears it. @param {Stage} stage @param {() => void} work */
function turned(stage, work) {
  if (stage.view !== "triage") return;
  work();
  scrollTo(0, 0);
  document.getElementById("heading")?.focus({ preventScroll: true });
}
