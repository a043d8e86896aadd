// What a body may say, read from data as the door reads it; and what words are not kept. A test holds the two equal.
// A rule of a later version is passed over: the door keeps it.
import { holdsIdentityNumber, isDay } from "./identity.js";
import { lettersOf } from "./letters.js";

/**
 * @typedef {string | { is: string, of?: any, least?: number, most?: number, like?: string, needs?: string[],
 *   unsaid?: Record<string, any>, rules?: Rule[] }} Shape
 * @typedef {{ of: string, values?: string[] }} When
 * @typedef {{ rule: string, code: string, of?: any, other?: any, one?: any, when?: When, least?: number, most?: number }} Rule
 * `at` is the path of the field: `needs.1.household`, or empty.
 * @typedef {{ at: string, code: string, facts?: Record<string, any> }} Broken
 */

/** Thrown on the way, caught where the body was given. */
class Unfit extends Error {
  /** @param {Broken} broken */
  constructor(broken) {
    super(broken.code);
    this.broken = broken;
  }
}

/**
 * The first rule that a body breaks, as the door would find it.
 * @param {Shape} shape
 * @param {any} body
 * @returns {Broken | null}
 */
export function brokenIn(shape, body) {
  try {
    fit(shape, body, "");
  } catch (wrong) {
    if (wrong instanceof Unfit) return wrong.broken;
    throw wrong;
  }
  return null;
}

/**
 * Why this text would not be kept, or null. The door folds it alike.
 * @param {string} text
 * @param {string[]} phrases
 * @returns {Omit<Broken, "at"> | null}
 */
export function stopWords(text, phrases) {
  if (holdsIdentityNumber(text)) return { code: "identity_number_not_kept" };
  const words = folded(text);
  const phrase = phrases.find((one) => words.includes(one));
  return phrase ? { code: "not_kept_here", facts: { phrase } } : null;
}

const GAP = /[\s\x1c-\x1f\x85\p{Cf}\p{Pd}\p{Po}\p{Pc}\p{Sk}\p{Sm}\p{So}]/u;
const HAN = /[\u3400-\u9fff]/u;

/** @param {string} text */
function folded(text) {
  const plain = [...text.normalize("NFKC").toLowerCase()];
  const near = (/** @type {number} */ at) => HAN.test(plain[at] ?? "");
  const kept = plain.filter((sign, at) => !(GAP.test(sign) && (near(at - 1) || near(at + 1))));
  return kept.join("").replace(/\p{Cf}/gu, "");
}

/** @type {Record<string, (shape: any, said: any, at: string) => boolean | void>} */
const FITS = {
  uuid: (_, said) => typeof said === "string" && /^[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}$/i.test(said),
  day: (_, said) => typeof said === "string" && isDay(said),
  bool: (_, said) => typeof said === "boolean",
  one: ({ of }, said) => of.includes(said),
  whole: (shape, said) => Number.isInteger(said) && isWithin(shape, said),
  text: (shape, said) => typeof said === "string" && isWithin(shape, lettersOf(said)) && (!shape.like || new RegExp(shape.like, "u").test(said)),
  or_null: ({ of }, said, at) => void (said === null || fit(of, said, at)),
  list: (shape, said, at) => {
    if (!Array.isArray(said)) return false;
    for (const [n, one] of said.entries()) fit(shape.of, one, under(at, n));
    return isWithin(shape, said.length);
  },
  record: (shape, said, at) => {
    if (!said || typeof said !== "object" || Array.isArray(said)) return false;
    for (const [field, value] of Object.entries(said)) {
      if (!Object.hasOwn(shape.of ?? {}, field)) return false;
      fit(shape.of[field], value, under(at, field));
    }
    if (!(shape.needs ?? []).every((/** @type {string} */ field) => field in said)) return false;
    keep(shape, said, at);
  },
};

/**
 * @param {Shape} shape
 * @param {any} said
 * @param {string} at
 */
function fit(shape, said, at) {
  const fits = FITS[typeof shape === "string" ? shape : shape.is];
  if (fits?.(shape, said, at) === false) throw new Unfit({ at, code: "not_understood", facts: { what: at } });
}

/** @param {string} at @param {string | number} name */
const under = (at, name) => (at ? `${at}.${name}` : String(name));

/** @param {{ least?: number, most?: number }} shape @param {number} count */
const isWithin = ({ least = -Infinity, most = Infinity }, count) => least <= count && count <= most;

/**
 * @param {any} shape
 * @param {Record<string, any>} said
 * @param {string} at
 */
function keep(shape, said, at) {
  const told = new Told(said, shape.unsaid ?? {});
  for (const rule of shape.rules ?? []) {
    const field = KEPT[rule.rule]?.(rule, told) ?? null;
    if (field === null) continue;
    const facts = rule.rule === "between" ? { facts: { most: rule.most } } : {};
    throw new Unfit({ at: field && under(at, field), code: rule.code, ...facts });
  }
}

/** What is said, and what goes without saying. */
class Told {
  /** @param {Record<string, any>} said @param {Record<string, any>} unsaid */
  constructor(said, unsaid) {
    this.all = { ...unsaid, ...said };
    this.unsaid = unsaid;
  }

  /** @param {string} field */
  isSaid(field) {
    return field in this.all && !(field in this.unsaid && JSON.stringify(this.all[field]) === JSON.stringify(this.unsaid[field]));
  }

  /** @param {When} when */
  holds({ of, values }) {
    return values?.length ? values.includes(this.all[of]) : this.isSaid(of);
  }
}

/** Each gives the path of the field that breaks its rule. @type {Record<string, (rule: any, told: Told) => string | null>} */
const KEPT = {
  some_of: ({ of }, told) => (of.some((/** @type {string} */ field) => told.isSaid(field)) ? null : ""),
  once: ({ of }, { all }) => {
    for (const path of of) {
      const [field, inner] = path.split(".");
      const named = inner ? all[field].map((/** @type {any} */ record) => record[inner]) : all[field];
      if (new Set(named).size < named.length) return field;
    }
    return null;
  },
  differ: ({ of, other }, { all }) => (all[of] === all[other] ? of : null),
  among: ({ of, other }, { all }) => {
    const [field, inner] = of.split(".");
    if (!inner) return all[other].includes(all[field]) ? null : field;
    const at = all[field].findIndex((/** @type {any} */ record) => !all[other].includes(record[inner]));
    return at < 0 ? null : `${field}.${at}.${inner}`;
  },
  in_order: ({ of, other }, { all }) => (all[of] && all[other] && all[other] < all[of] ? other : null),
  before: ({ of, other }, { all }) => (all[of] !== null && all[other] !== null && all[other] <= all[of] ? other : null),
  how_many: ({ of, when, least = 0, most = Infinity }, told) => (told.holds(when) && !isWithin({ least, most }, told.all[of].length) ? of : null),
  between: ({ of, least, most }, { all }) => (isWithin({ least, most }, all[of]) ? null : of),
  unsaid: ({ of, when }, told) => (told.holds(when) ? (of.find((/** @type {string} */ field) => told.isSaid(field)) ?? null) : null),
  together: ({ one, other }, told) => (told.holds(one) === told.holds(other) ? null : told.holds(one) ? other.of : one.of),
};
