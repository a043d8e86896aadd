// Cards with what was recorded here and has not come back with a card: shown at once, and marked as such.
import { fieldsOf, isLive, isUnsent, lastOf, thingOf } from "./told.js";

/** @import { Own, Strand, Told } from "./told.js" */

/**
 * `here`: the fields that only this phone knows; `isNew`: the whole of it.
 * @typedef {Record<string, any> & { id: string, village: string }} Card
 * @typedef {{ cards: Map<string, Card>, saw: Map<string, string> }} Laid
 */

/**
 * @param {Map<string, Card>} cards as the server told them
 * @param {Own} own
 * @param {Set<string>} [but] own entries that are left out: those which are being settled
 * @returns {Laid}
 */
export function layOver(cards, own, but = new Set()) {
  /** @type {Laid} */
  const laid = { cards: new Map(cards), saw: new Map() };
  /** @type {Set<string>} */
  const copied = new Set();
  const open = (/** @type {string} */ id) => {
    const card = laid.cards.get(id);
    if (!card || copied.has(id)) return card;
    const copy = { ...card, people: (card.people ?? []).map((/** @type {any} */ one) => ({ ...one })), lines: [...(card.lines ?? [])], here: [] };
    copied.add(id);
    laid.cards.set(id, copy);
    return copy;
  };
  for (const strand of own.strands.values()) {
    const kept = but.size > 0 ? { ...strand, all: strand.all.filter(({ said }) => !but.has(said.id)) } : strand;
    const last = lastOf(kept);
    if (last) lay(last, kept, { own, laid, open, cards });
  }
  return laid;
}

/**
 * @param {Told} last
 * @param {Strand} strand
 * @param {{ own: Own, laid: Laid, open: (id: string) => Card | undefined, cards: Map<string, Card> }} world
 */
function lay(last, strand, { own, laid, open, cards }) {
  const { said, row } = last;
  const text = (/** @type {string | null} */ digest) => (digest ? (own.parts[digest]?.text ?? "") : "");
  const isAhead = (/** @type {string} */ house) => {
    const known = cards.get(house);
    return row.state !== "sent" || !known || (row.seq ?? 0) > (known.seq ?? 0);
  };
  if (said.kind === "visit") return layVisit(last, strand, open, isAhead);
  if (said.body === null) return;
  const house = last.shows.household || houseOf(said, laid.cards);
  if (said.kind === "household" && !cards.has(said.body.household)) {
    const opened = { number: "", group: "", people: [], helpers: [], members: [], lines: [], left_on: null, ...said.body };
    laid.cards.set(said.body.household, {
      ...opened, id: said.body.household, places: placesOf(said.body.places ?? [], text), w: { "": last.first }, isNew: isUnsent(last), here: [],
    });
    return remember(strand, last, laid.saw);
  }
  if (!isAhead(house)) return;
  const card = open(house);
  if (!card) return;
  if (said.kind === "household" || said.kind === "household_change") {
    for (const field of fieldsOf(said)) {
      card[field] = field === "places" ? placesOf(said.body.places, text) : said.body[field];
      if (isUnsent(last)) card.here.push(field);
    }
    remember(strand, last, laid.saw);
  } else if (said.kind === "resident" || said.kind === "resident_change") {
    layPerson(card, last, text);
    remember(strand, last, laid.saw);
  }
}

/**
 * @param {Card} card
 * @param {Told} last
 * @param {(digest: string | null) => string} text
 */
function layPerson(card, last, text) {
  const { said } = last;
  let person = card.people.find((/** @type {any} */ one) => one.id === said.body.resident);
  if (!person) {
    if (said.kind !== "resident") return;
    person = { id: said.body.resident, aliases: [], phones: [], isNew: isUnsent(last), w: { "": last.first } };
    card.people.push(person);
  }
  person.here = [...(person.here ?? [])];
  for (const field of fieldsOf(said)) {
    const value = said.body[field];
    if (field === "name" || field === "born") person[field] = text(value);
    else if (field === "aliases" || field === "phones") person[field] = value.map(text).filter(Boolean);
    else if (field === "home") Object.assign(person, { relation: value.relation, since: value.since });
    else person[field] = value;
    if (isUnsent(last)) person.here.push(field);
  }
}

/**
 * @param {Told} last
 * @param {Strand} strand
 * @param {(id: string) => Card | undefined} open
 * @param {(house: string) => boolean} isAhead
 */
function layVisit(last, strand, open, isAhead) {
  const { said, shows } = last;
  const spoken = said.body ?? strand.all.filter((one) => one.said.body).at(-1)?.said.body;
  for (const house of spoken?.households ?? [shows.household].filter(Boolean)) {
    if (!isAhead(house)) continue;
    const card = open(house);
    if (!card) continue;
    const at = card.lines.findIndex((/** @type {any} */ line) => line.e === strand.first);
    const before = card.lines[at] ?? { parts: ["visits"], kind: spoken?.channel, state: spoken?.outcome ?? "met" };
    const line = said.body
      ? { ...before, on: said.happened_on, kind: said.body.channel ?? "visit", state: said.body.outcome ?? "met", parts: shows.parts ?? [], met: said.body.met?.length ?? 0 }
      : { on: said.happened_on, ...before, withdrawn: true };
    const laid = { ...line, e: strand.first, last: last.said.id, by: said.author, own: last };
    if (at >= 0) card.lines[at] = laid;
    else card.lines.push(laid);
  }
}

/**
 * The wording that gave each field its value in its writer's eyes: the earliest since which the value is the same.
 * @param {Strand} strand
 * @param {Told} last
 * @param {Map<string, string>} saw
 */
function remember(strand, last, saw) {
  const thing = thingOf(last.said);
  const wordings = strand.all.filter((told) => told === last || isLive(told));
  for (const field of fieldsOf(last.said)) {
    let since = last.said.id;
    for (const told of wordings.slice(0, wordings.indexOf(last)).reverse()) {
      if (JSON.stringify(told.said.body?.[field]) !== JSON.stringify(last.said.body[field])) break;
      since = told.said.id;
    }
    saw.set(`${thing}.${field}`, since);
  }
}

/** @param {any[]} places @param {(digest: string) => string} text */
function placesOf(places, text) {
  return places.map(({ season, from_month, to_month, words }) => ({ season, from: from_month, to: to_month, words: text(words) }));
}

/** @param {any} said @param {Map<string, Card>} cards */
function houseOf(said, cards) {
  if (said.body.household) return said.body.household;
  if (said.body.home) return said.body.home.household;
  for (const card of cards.values()) if (card.people?.some((/** @type {any} */ one) => one.id === said.body.resident)) return card.id;
  return "";
}
