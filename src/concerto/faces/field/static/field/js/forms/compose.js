// From answers to what is said: the phone's reading of a sheet. The desk's is held equal by a test.
import { answered, askedIn, dayOf, digestsIn, holds, isSilent, rowsOf } from "./sheet.js";
import { isShown } from "./showing.js";
import { partDigest } from "../shelf/ids.js";

export { partDigest as digestOf } from "../shelf/ids.js";
export { digestsIn } from "./sheet.js";

/**
 * @import { Answers, Composed, Context, Part as SealedPart, Sheet, Value } from "./sheet.js"
 * @typedef {SealedPart} Part
 */

/**
 * Writes what answers say. They have been read and checked before.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {Context} context
 * @returns {Promise<Composed>}
 */
export async function compose(sheet, answers, context) {
  const writer = new Writer(sheet, answers, context);
  /** @type {Record<string, any>} */
  const body = {};
  for (const [name, value] of Object.entries(sheet.fields)) {
    if (!writer.isSaid(value)) continue;
    const said = await writer.value(value, name);
    if (sheet.changes || (value.nought && said === 0) || !isSilent(said, sheet.silent?.[name])) body[name] = said;
  }
  return {
    kind: sheet.kind,
    version: sheet.version ?? 1,
    body,
    sealed: writer.parts,
    digests: (sheet.parts ?? []).flatMap((name) => digestsIn(body[name])),
    happened_on: dayOf(sheet, answers, context.today),
    unit: await writer.value(sheet.unit ?? { type: "thing", name: "village" }, ""),
  };
}

/** @type {(sheet: Sheet, answers: Answers, own: Composed, log: string) => Promise<Composed[]>} */
let slips = async () => [];

/** Slips are written by what comes behind the first pages. @param {typeof slips} one */
export function learnSlips(one) {
  slips = one;
}

/**
 * Writes a form of several entries: its own, then one for each row of people. Each has a context of its own.
 * @param {Sheet} sheet
 * @param {Answers} answers
 * @param {(at: number) => Context} contexts
 * @param {Record<string, Sheet>} sheets
 * @returns {Promise<Composed[]>}
 */
export async function composeAll(sheet, answers, contexts, sheets) {
  const people = sheet.people;
  const house = contexts(0);
  if (!people) {
    const own = await compose(sheet, answers, house);
    return [own, ...(sheet.slips && !house.before ? await slips(sheet, answers, own, house.things.log) : [])];
  }
  const rows = rowsOf(sheet, answers);
  const head = Math.max(0, rows.findIndex((row) => holds(people.head, row)));
  const each = rows.map((_, at) => contexts(at + 1));
  /** @type {Record<string, string>} */
  const things = { household: house.newId("household"), village: answers.village[0] };
  if (rows.length > 0) things.head = each[head].newId("resident");
  const told = [await compose(sheet, answers, { ...house, things: { ...house.things, ...things } })];
  for (const [at, row] of rows.entries()) {
    const own = { ...each[at].things, ...things, resident: each[at].newId("resident") };
    told.push(await compose(sheets[people.sheet], row, { ...each[at], things: own }));
  }
  return told;
}

/** Writes the values of one body, and keeps the parts that were sealed on the way. */
class Writer {
  /**
   * @param {Sheet} sheet
   * @param {Answers} answers
   * @param {Context} context
   */
  constructor(sheet, answers, context) {
    this.sheet = sheet;
    this.answers = answers;
    this.context = context;
    /** @type {Record<string, string>} */
    this.things = { ...context.things };
    this.slot = "";
    this.count = "";
    /** @type {Part[]} */
    this.parts = [];
  }

  /** @param {Value} value */
  isSaid(value) {
    if (!this.sheet.changes || this.sheet.always || askedIn(value).length === 0) return true;
    return JSON.stringify(answered(value, this.answers)) !== JSON.stringify(answered(value, this.context.shown ?? {}));
  }

  /** @param {string} name */
  given(name) {
    return this.answers[this.named(name)] ?? [];
  }

  /** @param {string} name */
  named(name) {
    return name.replaceAll("{n}", this.slot).replaceAll("{k}", this.count);
  }

  /**
   * @param {Value} value
   * @param {string} field
   * @returns {Promise<any>}
   */
  async value(value, field) {
    switch (value.type) {
      case "thing":
        return (value.name === "today" ? this.context.today : this.things[value.name]) ?? null;
      case "new":
        return this.things.opened ?? this.context.newId(this.named(value.name));
      case "fixed":
        return value.value;
      case "kept":
        return this.context.before?.body[field] ?? null;
      case "one":
        return this.given(value.of)[0] ?? value.otherwise ?? null;
      case "whole": {
        const [one] = this.given(value.of);
        return one === undefined ? (value.otherwise ?? null) : Number(one);
      }
      case "clock": {
        const [one] = this.given(value.of);
        return one === undefined ? null : Number(one.slice(0, 2)) * 60 + Number(one.slice(3));
      }
      case "nth": {
        const [one] = this.given(value.of);
        const there = value.slots.filter((/** @type {string} */ slot) => holds(value.filled, this.answers, slot));
        return one === undefined ? null : there.includes(one) ? there.indexOf(one) : there.length;
      }
      case "many": {
        const kept = this.given(value.of).filter((one) => !(value.but ?? []).includes(one));
        return value.whole ? kept.map(Number) : kept;
      }
      case "tick":
        return this.given(value.of).length > 0 || null;
      case "among":
        return this.given(value.of).find((one) => value.values.includes(one)) ?? value.otherwise;
      case "list":
        return this.each(value.of, field);
      case "record": {
        const said = await this.record(value.of);
        return Object.keys(said).length > 0 ? said : null;
      }
      case "sealed":
        return this.sealed(value, field);
      case "sealed_each": {
        const digests = [];
        for (const [n, text] of this.given(value.of).entries()) {
          digests.push(await this.seal(`${value.of}.${n}`, value.about, "place", text));
        }
        return digests;
      }
      case "slots":
        return this.slots(value, field);
      default:
        throw new Error(`a sheet of another version: ${value.type}`);
    }
  }

  /**
   * @param {Value[]} values
   * @param {string} field
   */
  async each(values, field) {
    const said = [];
    for (const one of values) said.push(await this.value(one, field));
    return said;
  }

  /** @param {Record<string, Value>} of */
  async record(of) {
    /** @type {Record<string, any>} */
    const said = {};
    for (const [name, value] of Object.entries(of)) {
      const one = await this.value(value, name);
      if (one !== null) said[name] = one;
    }
    return said;
  }

  /**
   * @param {Value} value
   * @param {string} field
   */
  async sealed(value, field) {
    const [text] = this.given(value.of);
    if (text) {
      const chosen = value.chosen ? this.given(value.chosen)[0] : undefined;
      return this.seal(this.named(value.name || value.of), value.about, chosen ?? value.to ?? "place", text);
    }
    const { before } = this.context;
    const was = before && value.carried ? before.body[field] : null;
    return was && before && !(was in before.parts) ? was : null;
  }

  /**
   * Names the digest of words; words that were not touched keep the one they have.
   * @param {string} name
   * @param {string} thing
   * @param {string} audience
   * @param {string} text
   */
  async seal(name, thing, audience, text) {
    const about = this.things[thing];
    for (const [digest, part] of Object.entries(this.context.before?.parts ?? {})) {
      if (part.about === about && part.audience === audience && part.text === text) return digest;
    }
    const part = { about, audience, salt: this.context.saltOf(name), text };
    this.parts.push(part);
    return partDigest(part);
  }

  /**
   * @param {Value} value
   * @param {string} field
   */
  async slots(value, field) {
    const { before } = this.context;
    /** @type {Record<string, any>[]} */
    const was = before && value.opens ? (before.body[field] ?? []) : [];
    const reads = (/** @type {string} */ digest) => digest in (before?.parts ?? {});
    const isRead = (/** @type {Record<string, any>} */ one) => isShown(one, value.words, reads);
    const known = was.filter(isRead);
    const said = [...was.filter((one) => !isRead(one)), ...known.slice(value.slots.length)];
    let filled = 0;
    for (const [at, slot] of value.slots.entries()) {
      if (!holds(value.filled, this.answers, slot)) continue;
      this.slot = slot;
      this.count = String(filled);
      if (value.opens) {
        const name = this.named(value.of[value.opens].name);
        this.things.opened = known[at]?.[value.opens] ?? this.context.newId(name);
      }
      said.push(await this.record(value.of));
      filled += 1;
      delete this.things.opened;
    }
    return said;
  }
}

