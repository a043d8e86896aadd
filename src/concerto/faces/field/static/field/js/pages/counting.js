// In which order people read names that are numbered: the second group before the tenth, in figures and in words.

const DIGITS = new Map(Object.entries({ 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }));
const TENS = new Map(Object.entries({ 十: 10, 百: 100 }));
const NUMBERS = /(\d+|[〇零一二两三四五六七八九十百]+)/u;

/**
 * Compares two names so that numbers in them count as numbers, as the desk does.
 * @param {string} one
 * @param {string} other
 */
export function counting(one, other) {
  const [mine, theirs] = [parts(one), parts(other)];
  for (const [n, part] of mine.entries()) {
    const beside = theirs[n];
    if (!beside) return 1;
    for (const [at, value] of part.entries()) if (value !== beside[at]) return value < beside[at] ? -1 : 1;
  }
  return mine.length - theirs.length;
}

/** @param {string} name @returns {[number, number, string][]} */
function parts(name) {
  return name.split(NUMBERS).filter(Boolean).map((part) => {
    const number = numberOf(part);
    return number === null ? [1, 0, part] : [0, number, part];
  });
}

/** A number in figures or in Chinese signs, also digit by digit; none where it is no number. @param {string} written */
function numberOf(written) {
  if (/^\d+$/.test(written)) return Number(written);
  if (![...written].every((sign) => DIGITS.has(sign) || TENS.has(sign))) return null;
  if (![...written].some((sign) => TENS.has(sign))) return Number([...written].map((sign) => DIGITS.get(sign)).join(""));
  let [whole, digit] = [0, /** @type {number | null} */ (null)];
  for (const sign of written) {
    const tens = TENS.get(sign);
    if (tens) [whole, digit] = [whole + (digit ?? 1) * tens, null];
    else digit = DIGITS.get(sign) ?? 0;
  }
  return whole + (digit ?? 0);
}
