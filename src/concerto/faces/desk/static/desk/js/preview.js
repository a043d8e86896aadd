// The live chord: while a form is filled, the five lines show what the entry will post. The table comes as data.

export const FIVE = ["study", "branch", "visits", "disputes", "assistance"];

/**
 * One line of the table: this field, so answered, posts to this line under these words.
 * @typedef {{ line: string, field: string, words: string, is?: string[], unless?: Record<string, string[]> }} Rule
 * `given` holds answers that this form does not ask, because they are the same for all it records.
 * @typedef {{ rules: Rule[], nothing: string, between?: string, counts?: string[], given?: Record<string, string[]> }} Table
 * @typedef {ReadonlyMap<string, string[]>} Answers
 */

/**
 * What the answers will post: the words for each line that sounds.
 * @param {Table} table
 * @param {Answers} answers
 * @returns {Map<string, string>}
 */
export function posted(table, answers) {
  /** @type {Map<string, string[]>} */
  const lines = new Map();
  for (const rule of table.rules) {
    if (!holds(rule, answers)) continue;
    const words = lines.get(rule.line) ?? [];
    if (!words.includes(rule.words)) lines.set(rule.line, [...words, rule.words]);
  }
  return new Map([...lines].map(([line, words]) => [line, words.join(table.between ?? "; ")]));
}

/**
 * @param {Rule} rule
 * @param {Answers} answers
 */
function holds(rule, answers) {
  const given = answers.get(rule.field) ?? [];
  const said = rule.is ? given.some((value) => rule.is?.includes(value)) : given.length > 0;
  const barred = Object.entries(rule.unless ?? {}).some(([field, values]) => {
    const other = answers.get(field) ?? [];
    return values.length > 0 ? other.some((value) => values.includes(value)) : other.length > 0;
  });
  return said && !barred;
}

/**
 * Which piece of the stem crosses each line, from the first that sounds to the last.
 * @param {ReadonlySet<string>} sounding
 * @returns {Map<string, string>}
 */
export function stems(sounding) {
  const at = FIVE.flatMap((line, n) => (sounding.has(line) ? [n] : []));
  const [top, foot] = [at.at(0) ?? -1, at.at(-1) ?? -1];
  const piece = (/** @type {number} */ n) => {
    if (n < top || n > foot || top < 0) return "";
    if (top === foot) return "lone";
    return n === top ? "from" : n === foot ? "to" : "through";
  };
  return new Map(FIVE.map((line, n) => [line, piece(n)]));
}

/**
 * The answers of a form: what is ticked, chosen or written; blanks say nothing.
 * @param {Iterable<[string, FormDataEntryValue]>} pairs
 * @returns {Map<string, string[]>}
 */
export function answersOf(pairs) {
  /** @type {Map<string, string[]>} */
  const answers = new Map();
  for (const [name, value] of pairs) {
    if (typeof value !== "string" || value.trim() === "") continue;
    answers.set(name, [...(answers.get(name) ?? []), value.trim()]);
  }
  return answers;
}

/**
 * @param {HTMLFormElement} form
 * @param {Table} [handed] the table, where it does not lie in the page
 * @param {(ParentNode | null)[]} [within] what holds the lines and the count, where it is not in the page yet
 */
export function watchPreview(form, handed, within = [document]) {
  const source = document.getElementById(form.dataset.preview ?? "");
  if (!handed && !source?.textContent) return;
  /** @type {Table} */
  const table = handed ?? JSON.parse(source?.textContent ?? "");
  const given = Object.entries(table.given ?? {});
  const update = () => {
    const lines = posted(table, new Map([...answersOf(new FormData(form)), ...given]));
    for (const holder of within) if (holder) draw(table, lines, holder);
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  update();
}

/**
 * @param {Table} table
 * @param {Map<string, string>} lines
 * @param {ParentNode} within
 */
function draw(table, lines, within) {
  const pieces = stems(new Set(lines.keys()));
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (within.querySelectorAll("[data-lines] > [data-line]"))) {
    const name = line.dataset.line ?? "";
    const sounds = lines.has(name);
    line.classList.toggle("just-sounded", sounds && !line.classList.contains("is-posted"));
    line.classList.toggle("is-posted", sounds);
    line.dataset.stem = pieces.get(name) ?? "";
    if (line.dataset.stem === "") delete line.dataset.stem;
    const words = line.querySelector("[data-words]");
    if (words) words.textContent = lines.get(name) ?? table.nothing;
  }
  const count = within.querySelector("[data-count]");
  const said = table.counts?.[lines.size];
  if (count && said && count.textContent !== said) count.textContent = said;
}
