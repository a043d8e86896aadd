// A sheet: one form as data, and what can be read of it without writing anything.

/**
 * @typedef {Record<string, string[]>} Answers
 * @typedef {{ of: string, values?: string[] }} If
 * @typedef {{ type: string, [name: string]: any }} Value
 * @typedef {{ about: string, audience: string, salt: string, text: string }} Part
 * @typedef {{ read?: string, most?: number, least?: number, free?: boolean }} Ask
 * @typedef {{ of: string, code: string, when?: If, values?: string[], among?: string, least?: number, unless?: If }} Check
 * @typedef {{ sheet: string, prefix: string, most: number, somebody: string, head: If, found_as: string }} People
 * @typedef {{
 *   name: string, kind: string, version?: number, about: string, fields: Record<string, Value>,
 *   asks: Record<string, Ask>, unit?: Value, happened?: string, parts?: string[], changes?: string, always?: boolean,
 *   silent?: Record<string, string>, checks?: Check[], people?: People, slips?: string,
 * }} Sheet
 * What was said before, as far as its writer may read it: `parts` by digest.
 * @typedef {{ body: Record<string, any>, parts: Record<string, Part> }} Before
 * @typedef {{
 *   things: Record<string, string>, today: string, newId: (name: string) => string, saltOf: (name: string) => string,
 *   before?: Before | null, shown?: Answers,
 * }} Context
 * `asked` is the question that a slip comes from.
 * @typedef {{
 *   kind: string, version: number, body: Record<string, any>, sealed: Part[], digests: string[], happened_on: string,
 *   unit: string, saw?: Record<string, null>, asked?: string,
 * }} Composed
 */

const DIGEST = /^[0-9a-f]{64}$/;

/**
 * The answers of each row of people that names somebody, under their own names.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @returns {Answers[]}
 */
export function rowsOf(sheet, answers) {
  const { people } = sheet;
  /** @type {Answers[]} */
  const rows = [];
  for (let n = 0; people && n < people.most; n += 1) {
    const prefix = people.prefix.replaceAll("{n}", String(n));
    const own = Object.entries(answers).filter(([name]) => name.startsWith(prefix));
    const row = Object.fromEntries(own.map(([name, given]) => [name.slice(prefix.length), given]));
    if ((row[people.somebody] ?? []).length > 0) rows.push(row);
  }
  return rows;
}

/**
 * @param {If} condition
 * @param {Answers} answers
 * @param {string} [slot]
 */
export function holds(condition, answers, slot = "") {
  const given = answers[condition.of.replaceAll("{n}", slot)] ?? [];
  const { values } = condition;
  return values?.length ? given.some((one) => values.includes(one)) : given.length > 0;
}

/**
 * The questions a value rests on.
 * @param {Value} value
 * @returns {string[]}
 */
export function askedIn(value) {
  if (value.type === "record") return Object.values(value.of).flatMap(askedIn);
  if (value.type === "slots") {
    const inner = [value.filled.of, ...Object.values(value.of).flatMap(askedIn)];
    return value.slots.flatMap((/** @type {string} */ slot) => inner.map((name) => name.replaceAll("{n}", slot)));
  }
  return typeof value.of === "string" ? [value.of] : [];
}

/**
 * The answers a value rests on; of slots, of those alone that are filled.
 * @param {Value} value
 * @param {Answers} answers
 */
export function answered(value, answers) {
  if (value.type !== "slots") return askedIn(value).map((name) => [...(answers[name] ?? [])].sort()); // the form's order is no change
  const inner = Object.values(value.of).flatMap(askedIn);
  return value.slots
    .filter((/** @type {string} */ slot) => holds(value.filled, answers, slot))
    .map((/** @type {string} */ slot) => inner.map((name) => answers[name.replaceAll("{n}", slot)] ?? []));
}

/**
 * The digests a value names, in the order in which they stand.
 * @param {any} value
 * @returns {string[]}
 */
export function digestsIn(value) {
  if (typeof value === "string") return DIGEST.test(value) ? [value] : [];
  return value && typeof value === "object" ? Object.values(value).flatMap(digestsIn) : [];
}

/**
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {string} today
 */
export function dayOf(sheet, answers, today) {
  if (sheet.happened !== "asked") return today;
  if (answers.day[0] === "other") return answers.on[0];
  return answers.day[0] === "yesterday" ? dayBefore(today) : today;
}

/** @param {string} day */
export function dayBefore(day) {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}

/**
 * @param {any} said
 * @param {string | undefined} silent
 */
export function isSilent(said, silent) {
  const empty = said === null || said === undefined || said === 0 || said === "";
  return empty || (Array.isArray(said) && said.length === 0) || (silent !== undefined && said === silent);
}
