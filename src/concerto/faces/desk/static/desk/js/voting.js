// How a vote is counted: against those who should be there. The server's reading is held equal by a test.

/**
 * @typedef {{ base: number, present: number, yes: number }} Tally
 * @typedef {{ too_few: string, line: string, passed: string, not_passed: string, sum: string, open: string }} Words
 */

/** The fewest yes votes that carry it. @param {number} base */
export function leastOf(base) {
  return Math.floor(base / 2) + 1;
}

/**
 * @param {Tally} tally
 * @returns {"passed" | "not_passed" | "no_valid_vote"}
 */
export function outcomeOf({ base, present, yes }) {
  if (base <= 0 || 2 * present < base) return "no_valid_vote";
  return 2 * yes > base ? "passed" : "not_passed";
}

/**
 * One vote in one line, with the base it was counted against.
 * @param {Tally} tally
 * @param {Words} words
 */
export function lineOf(tally, words) {
  const outcome = outcomeOf(tally);
  if (outcome === "no_valid_vote") return said(words.too_few, tally);
  return said(words.line, { ...tally, least: leastOf(tally.base), result: words[outcome] });
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} facts
 */
export function said(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
