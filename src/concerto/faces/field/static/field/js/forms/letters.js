// Letters as people mean them: half-width, no unseen signs, single spaces. Held equal to the desk's reading by a test.
export const BLANK = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANKS = new RegExp(`[${BLANK}]+`, "u");
const ENDS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "gu");
export const LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/u;
const UNSEEN = /[\xad\u180e\ufeff\0-\x08\x0e-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f]/gu;
export const HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}";
const NOTHING = new Set(
  ["", "-", "--", "—", "——", "/", "\\", ".", "0", "none", "null", "无", "没有", "暂无", "空", "不详", "未知", "未办", "未办理"],
);

/**
 * Plain text: half-width, no unseen signs, single spaces, none at the ends.
 * @param {string} text
 */
export function plain(text) {
  const narrow = text.replace(/[\uff01-\uff5e]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return narrow.replace(UNSEEN, "").split(BLANKS).filter(Boolean).join(" ").normalize("NFC");
}

/** @param {string} text */
export function stripped(text) {
  return text.replace(ENDS, "");
}

/** @param {string} text */
export function lettersOf(text) {
  return [...text].length;
}

/** @param {string} text */
export function packed(text) {
  return plain(text).replaceAll(" ", "");
}

/** @param {string} text */
export function saysNothing(text) {
  return NOTHING.has(packed(text).toLowerCase());
}

/**
 * Replaces what a sticky shape finds where the sign before allows it. Older phones can't look behind by themselves.
 * @param {string} text
 * @param {RegExp} shape
 * @param {(before: string) => boolean} mayFollow
 * @param {(...found: string[]) => string} write
 */
export function replacedAfter(text, shape, mayFollow, write) {
  let [made, before] = ["", ""];
  for (let at = 0; at < text.length; ) {
    shape.lastIndex = at;
    const found = mayFollow(before) ? shape.exec(text) : null;
    const taken = found?.[0] || String.fromCodePoint(text.codePointAt(at) ?? 0);
    made += found?.[0] ? write(...found) : taken;
    before = [...taken].at(-1) ?? "";
    at += taken.length;
  }
  return made;
}
