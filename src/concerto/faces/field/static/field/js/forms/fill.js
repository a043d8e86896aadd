// The one form of page and phone: a blank from the desk is filled here, read, and becomes an entry.
//
// A blank is the answer of /forms/<name>/: parse it once with `blankOf(text)`, then
//   const { form, aside, dock, title, help } = openPage("visit", { fragment, card, today, each });
//   const answers = readForm(form);
//   const told = await entriesOf("visit", answers, { card, about, account, log, now });
//   if (told.errors) showErrors(form, told.errors);
//   else for (const entry of told.entries) await shelf.record(entry.write, { draft });
import { answersOf, composeAll, digestOf, idsOf, rowsAt } from "./compose.js";
import { keepAlone, showAsked } from "../../../desk/js/choices.js";
import { answersOf as givenOf, posted, watchPreview } from "../../../desk/js/preview.js";
import { readAnswers } from "./answers.js";

/**
 * @typedef {import("./compose.js").Answers} Answers
 * @typedef {import("./compose.js").Sheet} Sheet
 * @typedef {import("./compose.js").Part} Part
 * @typedef {import("./compose.js").Composed} Composed
 * @typedef {{ id: string, name: string }} Named
 * @typedef {{ field: string, code: string, facts?: Record<string, any> }} Mistake
 * @typedef {Record<string, any>} Card
 * What is corrected, or was sent back: its last wording as its writer may read it. `first` for a correction;
 * `instead_of` (all ids it stands for) and `saw` for what was never filed.
 * @typedef {{
 *   first?: string, last?: string, instead_of?: string[], saw?: Record<string, string | null>,
 *   body: Record<string, any>, parts: Record<string, Part>, happened_on: string,
 * }} Before
 * @typedef {{
 *   sheet: Sheet, sheets: Record<string, Sheet>, table: any, words: Record<string, string>,
 * }} Known
 * @typedef {{
 *   fragment: ParentNode, card?: Card | null, about?: string, today: string, before?: Before | null,
 *   draft?: Answers | null, each?: Record<string, Named[]>,
 * }} Opening
 * @typedef {{
 *   about?: string, account: string, log: string, now: string, today?: string, card?: Card | null,
 *   own?: Map<string, string>, before?: Before | null, unit?: string, device?: string, number?: number,
 *   newId?: (at: number, name: string) => string, saltOf?: (at: number, name: string) => string,
 * }} Writing
 * @typedef {{ kind: string, form: string, name: string, household: string, about: string, parts: string[], on: string }} Shows
 * @typedef {{ said: string, sealed: Part[], shows: Shows, id: string }} Entry
 * @typedef {{
 *   id: string,
 *   write: (given: { number: number, device: string }) => { id: string, item: { said: string, sealed: Part[] }, shows: Shows },
 * }} ToWrite
 */

/** @type {Map<string, Known>} */
const known = new Map();

/**
 * The blank as a piece of document, of the text that the desk answered. No script of it runs.
 * @param {string} text
 * @returns {ParentNode}
 */
export function blankOf(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/**
 * Reads what a blank says of itself, so that entries of its form can be written. Opening a form does it too.
 * @param {string} name
 * @param {ParentNode} fragment
 * @returns {Known}
 */
export function learn(name, fragment) {
  const found = known.get(name);
  if (found) return found;
  const data = (/** @type {string} */ id) => JSON.parse(fragment.querySelector(`script#${id}`)?.textContent || "null");
  const sheets = data("blank-sheets");
  const one = { sheet: sheets[name], sheets, table: data("visit-table"), words: data("blank-words") ?? {} };
  known.set(name, one);
  return one;
}

/**
 * Opens a form of a blank: choices filled, what is known shown, behaviours bound.
 * @param {string} name
 * @param {Opening} opening
 * @returns {HTMLFormElement}
 */
export function openForm(name, opening) {
  return openPage(name, opening).form;
}

/**
 * The same with what stands around it: the staff, the dock with its button, the page's title and help.
 * @param {string} name
 * @param {Opening} opening
 * @returns {{ form: HTMLFormElement, aside: HTMLElement | null, dock: HTMLElement | null, title: string, help: string }}
 */
export function openPage(name, { fragment, card = null, about, today, before = null, draft = null, each = {} }) {
  const { sheet, table, words } = learn(name, fragment);
  const piece = (/** @type {string} */ what) => {
    const found = fragment.querySelector(`[data-part="${what}"]`);
    return found ? /** @type {HTMLElement} */ (document.importNode(found, true)) : null;
  };
  const form = /** @type {HTMLFormElement} */ (piece("form"));
  const [aside, dock] = [piece("aside"), piece("dock")];
  const shown = { ...shownOf(sheet, card, about), ...(before ? saidBefore(sheet, before, today) : {}) };
  const answers = draft ?? shown;
  fillRows(form, answers);
  fillEach(form, { ...choicesOf(card, today), ...each }, answers, words);
  setDays(form, today);
  if (draft || before || (sheet.changes && !sheet.always)) setAnswers(form, answers);
  for (const holder of form.querySelectorAll("[data-alone]")) keepAlone(/** @type {HTMLElement} */ (holder));
  for (const asked of form.querySelectorAll("[data-shows]")) showAsked(/** @type {HTMLElement} */ (asked));
  if (table) watchPreview(form, tableFor(table, card, today), [aside, dock]);
  return { form, aside, dock, title: textOf(fragment, "title"), help: textOf(fragment, "help") };
}

/**
 * The answers of a form as they stand: of each question all that is chosen or written.
 * @param {HTMLFormElement} form
 * @returns {Answers}
 */
export function readForm(form) {
  /** @type {Answers} */
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") (answers[name] ??= []).push(value);
  }
  return answers;
}

/**
 * Puts answers into a form; a question without an answer is emptied.
 * @param {HTMLFormElement} form
 * @param {Answers} answers
 */
export function setAnswers(form, answers) {
  for (const control of form.elements) {
    const { name, type } = /** @type {HTMLInputElement} */ (control);
    if (!name || type === "hidden") continue;
    const given = answers[name] ?? [];
    if (given.length === 0 && isSpare(/** @type {Element} */ (control), answers)) continue;
    if (type === "checkbox" || type === "radio") {
      const tick = /** @type {HTMLInputElement} */ (control);
      tick.checked = given.includes(tick.value);
    } else {
      /** @type {HTMLInputElement} */ (control).value = given.join(", ");
    }
  }
  form.dispatchEvent(new Event("change"));
}

/**
 * The one entry of a form that makes one; of a form that makes several, the first, with the others in `more`.
 * @param {string} name
 * @param {Answers} answers
 * @param {Writing} writing
 * @returns {Promise<{ errors: Mistake[] } | (Entry & { more: ToWrite[] })>}
 */
export async function composeEntry(name, answers, writing) {
  const told = await entriesOf(name, answers, writing);
  if ("errors" in told) return told;
  const [first, ...more] = told.entries;
  const { id, item, shows } = first.write({ number: writing.number ?? 1, device: writing.device ?? "" });
  return { id, ...item, shows, more };
}

/**
 * The entries that answers make, each waiting for its number and device, or what is missing or wrong.
 * @param {string} name
 * @param {Answers} raw
 * @param {Writing} writing
 * @returns {Promise<{ errors: Mistake[] } | { entries: ToWrite[] }>}
 */
export async function entriesOf(name, raw, writing) {
  const one = known.get(name);
  if (!one) throw new Error(`no blank of ${name} was opened`);
  const { sheet, sheets } = one;
  const today = writing.today ?? dayIn(writing.now);
  const { answers, faults } = readAnswers(sheet, raw, today, sheets);
  if (faults.length > 0) return { errors: faults };
  const shown = sheet.changes && !writing.before ? shownOf(sheet, writing.card, writing.about) : {};
  const names = namesOf(sheet, answers, writing);
  const told = await composeAll(sheet, answers, (at) => contextOf(one, writing, { today, shown, names, at }), sheets);
  if (sheet.changes && Object.keys(told[0].body).length < 2) return { errors: [{ field: "", code: "nothing_changed" }] };
  return { entries: told.map((composed, at) => entryOf(one, composed, writing, { id: names(at, "first"), raw, at })) };
}

/**
 * Says at each question what is wrong with its answer, and puts the eye there.
 * @param {HTMLFormElement} form
 * @param {Mistake[]} errors
 * @param {(code: string, facts: Record<string, any>) => string} [wordsOf] words for what the blank does not know
 */
export function showErrors(form, errors, wordsOf = (code) => code) {
  const words = known.get(form.dataset.form ?? "")?.words ?? {};
  const say = (/** @type {Mistake} */ { code, facts = {} }) => filled(words[code] ?? wordsOf(code, facts), facts);
  for (const old of form.querySelectorAll("[data-mistake], [data-notice]")) old.remove();
  for (const old of form.querySelectorAll(".has-error")) old.classList.remove("has-error");
  if (errors.length === 0) return;
  for (const error of errors) {
    const holder = fieldOf(form, error.field);
    const mistake = holder ? fromTemplate(form, "mistake") : null;
    if (!holder || !mistake) continue;
    holder.classList.add("has-error");
    put(mistake, { words: say(error) });
    (holder.querySelector("legend, label") ?? holder).after(mistake);
    open(holder);
  }
  const notice = fromTemplate(form, "notice");
  const whole = errors.filter((error) => !fieldOf(form, error.field)).map(say);
  if (notice) {
    put(notice, { words: whole.join(" "), count: filled(words[errors.length === 1 ? "one_look" : "some_looks"] ?? "", { n: errors.length }) });
    form.prepend(notice);
    notice.focus();
  }
}

// ---------------------------------------------------------------- what a card knows

/**
 * Who and what can be chosen on a form about this household.
 * @param {Card | null} card
 * @param {string} today
 * @returns {Record<string, Named[]>}
 */
function choicesOf(card, today) {
  const people = (card?.people ?? []).filter((/** @type {any} */ person) => person.name);
  const nameOf = new Map(people.map((/** @type {any} */ person) => [person.id, person.name]));
  const members = (card?.members ?? [])
    .filter((/** @type {any} */ member) => !member.until || member.until > today)
    .map((/** @type {any} */ member) => ({ ...member, name: nameOf.get(member.resident) ?? "" }));
  const exempt = members.filter((/** @type {any} */ member) => member.exempt);
  return { people, heads: people, members, exempt, colleagues: [], houses: [], villages: [] };
}

/**
 * What a form that changes a thing shows of it: the card read as if it had said so.
 * @param {Sheet} sheet
 * @param {Card | null | undefined} card
 * @param {string | undefined} about
 * @returns {Answers}
 */
function shownOf(sheet, card, about) {
  if (!card || !sheet.changes || sheet.always) return {};
  const said = sheet.changes === "resident" ? personSaid(card, about) : houseSaid(card);
  return answersOf(sheet, said, (text) => ({ text }));
}

/**
 * @param {Card} card
 * @returns {Record<string, any>}
 */
function houseSaid(card) {
  const places = (card.places ?? []).filter((/** @type {any} */ place) => place.words);
  return {
    number: card.number ?? "",
    group: card.group ?? "",
    reached_by: card.reached_by ?? [],
    best_months: card.best_months ?? [],
    head: (card.people ?? []).some((/** @type {any} */ person) => person.id === card.head) ? card.head : null,
    places: places.map((/** @type {any} */ { season, from, to, words }) => ({ season, from_month: from, to_month: to, words })),
  };
}

/**
 * @param {Card} card
 * @param {string | undefined} about
 * @returns {Record<string, any>}
 */
function personSaid(card, about) {
  const person = (card.people ?? []).find((/** @type {any} */ one) => one.id === about) ?? {};
  const { name, aliases = [], phones = [], born, relation } = person;
  return { name, aliases, phones, born: born?.length === 10 ? born : null, home: { relation } };
}

/**
 * @param {Sheet} sheet
 * @param {Before} before
 * @param {string} today
 */
function saidBefore(sheet, before, today) {
  const shown = answersOf(sheet, before.body, (digest) => before.parts[digest], { happened_on: before.happened_on, today });
  return sheet.always && before.body.left_on ? { ...shown, day: [before.body.left_on] } : shown;
}

/**
 * The wording that gave each field its value in this writer's eyes: an own entry not yet sent, else the card's.
 * @param {string} thing
 * @param {string[]} fields
 * @param {Card | null | undefined} card
 * @param {Map<string, string>} own
 */
function sawOf(thing, fields, card, own) {
  const person = (card?.people ?? []).find((/** @type {any} */ one) => one.id === thing);
  const wordings = (person ?? card)?.w ?? {};
  /** @type {[string, string | null][]} */
  const seen = fields.map((field) => {
    const key = `${thing}.${field}`;
    return [key, own.get(key) ?? wordings[field] ?? wordings[""] ?? null];
  });
  return Object.fromEntries(seen.sort(([one], [other]) => (one < other ? -1 : 1)));
}

// ---------------------------------------------------------------- an entry

/**
 * Ids by entry and name: those of what is mended stay, so that what waits for them finds them.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Writing} writing
 */
function namesOf(sheet, answers, { before, now, newId }) {
  const kept = before?.instead_of ? idsOf(sheet, before.body, (digest) => before.parts[digest]) : {};
  /** @type {Map<string, string>} */
  const given = new Map();
  return (/** @type {number} */ at, /** @type {string} */ name) => {
    const key = `${at} ${name}`;
    const id = given.get(key) ?? (at === 0 ? kept[name] : undefined) ?? newId?.(at, name) ?? freshId(now);
    given.set(key, id);
    return id;
  };
}

/**
 * @param {Known} one
 * @param {Writing} writing
 * @param {{ today: string, shown: Answers, names: (at: number, name: string) => string, at: number }} more
 * @returns {import("./compose.js").Context}
 */
function contextOf({ sheet }, writing, { today, shown, names, at }) {
  const { card, about, before } = writing;
  const first = before?.first ?? names(at, "first");
  /** @type {Record<string, string>} */
  const things = { first };
  if (card) Object.assign(things, { household: card.id, village: card.village });
  if (sheet.about === "village") things.village = about ?? writing.unit ?? "";
  if (sheet.about === "resident" && about) things.resident = about;
  return {
    things: sheet.kind === "resident" && at === 0 ? { ...things, resident: names(at, "resident") } : things,
    today,
    newId: (name) => names(at, name),
    saltOf: (name) => writing.saltOf?.(at, name) ?? freshSalt(),
    before: before ?? null,
    shown,
  };
}

/**
 * @param {Known} one
 * @param {Composed} composed
 * @param {Writing} writing
 * @param {{ id: string, raw: Answers, at: number }} more
 * @returns {ToWrite}
 */
function entryOf({ sheet, table }, composed, writing, { id, raw, at }) {
  const { account, log, now, before, card } = writing;
  const thing = sheet.changes ? composed.body[sheet.changes] : "";
  const fields = Object.keys(composed.body).filter((field) => field !== sheet.changes);
  /** @type {Record<string, string | null>} */
  const seen = thing ? sawOf(thing, fields, card, writing.own ?? new Map()) : {};
  const saw = before?.first ? { [`${before.first}.wording`]: before.last ?? before.first } : { ...seen, ...kept(before, seen) };
  const shows = {
    kind: composed.kind,
    form: sheet.name,
    name: titleOf(card, composed),
    household: composed.body.household ?? composed.body.households?.[0] ?? composed.body.home?.household ?? card?.id ?? "",
    about: thing || (composed.body.resident ?? ""),
    parts: at === 0 && table ? [...posted(tableFor(table, card, composed.happened_on), givenOf(pairsOf(raw))).keys()] : [],
    on: composed.happened_on,
  };
  const write = (/** @type {{ number: number, device: string }} */ { number, device }) => {
    const said = {
      id,
      kind: composed.kind,
      version: composed.version,
      log,
      unit: composed.unit,
      author: account,
      device,
      number,
      happened_on: composed.happened_on,
      recorded_at: new Date(now).toISOString(),
      body: composed.body,
      ...(composed.digests.length > 0 ? { sealed: composed.digests } : {}),
      ...(before?.first ? { corrects: before.first } : {}),
      ...(at === 0 && before?.instead_of?.length ? { instead_of: before.instead_of } : {}),
      ...(Object.keys(saw).length > 0 ? { saw } : {}),
    };
    return { id, item: { said: JSON.stringify(said), sealed: carriedToo(composed, before) }, shows };
  };
  return { id, write };
}

/**
 * What was sent back had seen some of these fields: that view is kept.
 * @param {Before | null | undefined} before
 * @param {Record<string, string | null>} seen
 */
function kept(before, seen) {
  return Object.fromEntries(Object.entries(before?.saw ?? {}).filter(([key]) => key in seen || key.endsWith(".wording")));
}

/**
 * Words of what was never filed travel again with what stands for it: the server has not kept them.
 * @param {Composed} composed
 * @param {Before | null | undefined} before
 * @returns {Part[]}
 */
function carriedToo(composed, before) {
  const again = before?.instead_of ? composed.digests.flatMap((digest) => before.parts[digest] ?? []) : [];
  return [...composed.sealed, ...again];
}

/**
 * @param {Card | null | undefined} card
 * @param {Composed} composed
 */
function titleOf(card, composed) {
  const people = card?.people ?? [];
  const whom = people.find((/** @type {any} */ one) => one.id === composed.body.resident) ??
    people.find((/** @type {any} */ one) => one.id === card?.head) ?? people[0];
  const named = composed.kind === "resident" ? composed.sealed[0]?.text : undefined;
  return named ?? whom?.name ?? card?.number ?? "";
}

/** @param {Answers} answers */
function pairsOf(answers) {
  return Object.entries(answers).flatMap(([name, given]) => given.map((one) => /** @type {[string, string]} */ ([name, one])));
}

/**
 * The table for this household on this day: some rules speak only of the helped.
 * @param {any} table
 * @param {Card | null | undefined} card
 * @param {string} day
 */
function tableFor(table, card, day) {
  const helped = (card?.helpers ?? []).some(
    (/** @type {any} */ { agreement, since, until }) =>
      agreement !== "declined" && (!since || since <= day) && (!until || until >= day),
  );
  return { ...table, rules: table.rules.filter((/** @type {any} */ rule) => helped || !rule.helped) };
}

/** @param {string} now */
function dayIn(now) {
  return new Date(new Date(now).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

/**
 * An id that sorts by the instant it was made at (UUID, version 7).
 * @param {string} now
 */
export function freshId(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let rest = new Date(now).getTime();
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function freshSalt() {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---------------------------------------------------------------- the document

/**
 * Makes of each prototype one choice for each thing it stands for; what was said before stays to be chosen.
 * @param {HTMLFormElement} form
 * @param {Record<string, Named[]>} choices
 * @param {Answers} answers
 * @param {Record<string, string>} words
 */
function fillEach(form, choices, answers, words) {
  for (const template of /** @type {NodeListOf<HTMLTemplateElement>} */ (form.querySelectorAll("template[data-each]"))) {
    const offered = choices[template.dataset.each ?? ""] ?? [];
    const name = template.dataset.name ?? "";
    const others = [...form.querySelectorAll(`[name="${name}"], [name="${name}"] option`)].map(valueOf);
    const missing = (answers[name] ?? []).filter((one) => !others.includes(one) && !offered.some(({ id }) => id === one));
    const all = [...offered, ...missing.map((id) => ({ id, name: words.said_before ?? id }))];
    template.before(...all.map((one, n) => stamped(template, { id: one.id, name: one.name, n: String(n) })));
    template.remove();
  }
  for (const part of form.querySelectorAll("[data-if]")) {
    if ((choices[/** @type {HTMLElement} */ (part).dataset.if ?? ""] ?? []).length === 0 && !holdsAnswer(part, answers)) part.remove();
  }
}

/**
 * Makes as many rows as are answered, and some to write new ones in; a button makes more.
 * @param {HTMLFormElement} form
 * @param {Answers} answers
 */
function fillRows(form, answers) {
  for (const template of /** @type {NodeListOf<HTMLTemplateElement>} */ (form.querySelectorAll("template[data-rows]"))) {
    const { rows = "0", fresh = "0", most = "0" } = template.dataset;
    const name = template.content.querySelector("[name]")?.getAttribute("name") ?? "";
    const named = (/** @type {number} */ n) => answers[filled(name, { n })]?.length > 0;
    let next = Number(rows);
    const add = (/** @type {number} */ count) => {
      for (; count > 0 && next < Number(most); count -= 1, next += 1) {
        template.before(stamped(template, { n: String(next), at: String(next + 1) }));
      }
      if (more) more.hidden = next >= Number(most);
    };
    const more = /** @type {HTMLElement | null} */ (form.querySelector("[data-more]"));
    const answered = [...Array(Number(most)).keys()].filter((n) => n >= next && named(n));
    add((answered.length > 0 ? Math.max(...answered) + 1 - next : 0) + Number(fresh));
    more?.addEventListener("click", () => add(Number(more.dataset.more)));
  }
}

/**
 * A row in which nothing was answered keeps what it starts with.
 * @param {Element} control
 * @param {Answers} answers
 */
function isSpare(control, answers) {
  const row = control.closest("[data-row]");
  return row !== null && !holdsAnswer(row, answers);
}

/** @param {Element} element */
function valueOf(element) {
  return /** @type {HTMLInputElement} */ (element).value;
}

/**
 * @param {Element} part
 * @param {Answers} answers
 */
function holdsAnswer(part, answers) {
  return [...part.querySelectorAll("[name]")].some((control) => answers[control.getAttribute("name") ?? ""]?.length);
}

/**
 * @param {HTMLTemplateElement} template
 * @param {Record<string, string>} facts
 * @returns {Node}
 */
function stamped(template, facts) {
  const piece = document.importNode(template.content, true);
  for (const element of piece.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) element.setAttribute(attribute.name, filled(attribute.value, facts));
    if (facts.id !== undefined && element.id) element.id += `_${facts.n}`;
  }
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) node.nodeValue = filled(node.nodeValue ?? "", facts);
  return piece;
}

/**
 * @param {string} text
 * @param {Record<string, any>} facts
 */
function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

/**
 * No day of a form is still to come.
 * @param {HTMLFormElement} form
 * @param {string} today
 */
function setDays(form, today) {
  for (const control of form.querySelectorAll("input[type=date]")) {
    const input = /** @type {HTMLInputElement} */ (control);
    input.max = today;
    if (input.dataset.starts === "today" && !input.value) input.value = today;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {string} field
 * @returns {HTMLElement | null}
 */
function fieldOf(form, field) {
  return field ? form.querySelector(`[data-field="${field}"]`) : null;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} what
 * @returns {HTMLElement | null}
 */
function fromTemplate(form, what) {
  const template = /** @type {HTMLTemplateElement | null} */ (form.querySelector(`template[data-of="${what}"]`));
  const [made] = template ? [...document.importNode(template.content, true).children] : [];
  return made ? /** @type {HTMLElement} */ (made) : null;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} words
 */
function put(element, words) {
  for (const [name, text] of Object.entries(words)) {
    const holder = element.querySelector(`[data-put="${name}"]`);
    if (holder) holder.textContent = text;
  }
}

/**
 * What is wrong must be seen: the folds and questions around it open.
 * @param {HTMLElement} holder
 */
function open(holder) {
  for (let up = holder.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
    if (up.dataset.shows) up.hidden = false;
  }
}

/**
 * @param {ParentNode} fragment
 * @param {string} part
 */
function textOf(fragment, part) {
  return fragment.querySelector(`[data-part="${part}"]`)?.textContent?.trim() ?? "";
}

export { digestOf, rowsAt };
