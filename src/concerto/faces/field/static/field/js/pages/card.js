// The card of one household, as the desk shows it, with what was recorded here at once in its place.
import { refusesCalls } from "./calling.js";
import { phoneWords } from "./calls.js";
import { consentRows } from "./consents.js";
import { fact, here, link, place, put, stamp, words } from "./dom.js";
import { headOf, isHelped, livingIn } from "./find.js";
import { calledOf, lineOf, placesIn, titleOf } from "./names.js";
import { needRows } from "./needs.js";
import { outRow } from "./rows.js";
import { lost } from "./stage.js";
import { timeline } from "./timeline.js";
import { clause, count, day, label, listed, monthOf, say, span } from "./words.js";

/**
 * @import { Card } from "./overlay.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 */

/** @param {Stage} stage @param {string} id */
export function card(stage, id) {
  const { phone } = stage;
  if (!phone.cards.has(id)) {
    const now = [...phone.cards.values()].find(({ names }) => names?.includes(id));
    if (now) return stage.go(`#card/${now.id}`, { instead: true });
    return lost(stage);
  }
  let whole = false;
  const draw = () => {
    const found = phone.cards.get(id);
    if (!found) return;
    const helped = isHelped(found, phone.day());
    const main = stage.begin("card", { title: titleOf(found), sub: lineOf(phone, found, helped), back: "#list" });
    fill(stage, main, found, whole, () => {
      whole = true;
      draw();
    });
  };
  draw();
  return {
    changed: (/** @type {string} */ what) => {
      if (what === "cards" || what === "entries") draw();
    },
  };
}

/**
 * @param {Stage} stage
 * @param {HTMLElement} main
 * @param {Card} card
 * @param {boolean} whole
 * @param {() => void} older
 */
function fill({ phone }, main, card, whole, older) {
  const left = card.left_on;
  const month = Number(phone.day().slice(5, 7));
  const usual = placesIn(card.places, month);
  const gone = (card.people ?? []).filter((/** @type {any} */ one) => one.left_on);
  const living = livingIn(card);
  const head = headOf(card);
  living.sort((one, other) => Number(other === head) - Number(one === head));
  const own = phone.own.all.filter((told) => told.said.kind !== "visit" && isOf(told, card) && told.row.state !== "sent" && told.row.state !== "settled" && !told.replaced);
  const reached = (card.reached_by ?? []).map((/** @type {string} */ way) => label("reached", way));
  const months = (card.best_months ?? []).map((/** @type {any} */ one) => monthOf(Number(one)));
  put(main, {
    notices: noticesOf(phone, card),
    people: living.length > 0 ? living.map((one) => personRow(phone, card, one)) : stamp("t-nobody"),
    left: gone.map((/** @type {any} */ one) => put(stamp("t-link"), { name: words(calledOf(one)), what: clause([label("relations", one.relation), day(one.left_on)]) })),
    left_count: count("people_left", gone.length),
    places: [
      ...usual.map(({ months: when, season, words: way, isNow }) => fact(when, isNow ? [words(season), stamp("t-now")] : season, way)),
      ...(reached.length > 0 ? [fact(label("fields", "reached_by"), listed(reached))] : []),
      ...(months.length > 0 ? [fact(label("fields", "best_months"), listed(months))] : []),
      ...changedHere(card, ["places", "reached_by", "best_months"]),
    ],
    no_places: usual.length === 0 && reached.length === 0 && say("not_written"),
    helpers: (card.helpers ?? []).map((/** @type {any} */ one) => put(stamp("t-helper"), {
      name: phone.called(one.helper) || one.called || say("helper_unnamed"),
      dates: span(one.since, one.until),
      agreement: label("agreements", one.agreement),
    })),
    needs: needRows(phone, card),
    consents: consentRows(phone, card),
    timeline: timeline(phone, card, whole, older),
    own: own.map((told) => outRow(phone, told.row, { acts: false })),
  });
  for (const [part, empty] of /** @type {[string, boolean][]} */ ([["helpers_part", !card.helpers?.length], ["own_part", own.length === 0], ["needs_part", !card.needs?.length], ["left_part", gone.length === 0]])) {
    if (empty) place(main, part)?.remove();
  }
  for (const anchor of main.querySelectorAll('[data-put="left"] a')) anchor.replaceWith(...anchor.childNodes);
  link(main, {
    visit: !left && `#visit/${card.id}`,
    add: !left && `#person/${card.id}`,
    places_change: `#places/${card.id}`,
    house_deed: !left && `#deed/${card.id}`,
    house_change: `#change/${card.id}`, // people's rows have a change and a leave of their own
    house_leave: !left && `#left/${card.id}`,
  });
}

/** @param {Told} told @param {Card} card */
function isOf({ shows, said }, card) {
  return shows.household === card.id || said.body?.household === card.id || card.people?.some((/** @type {any} */ one) => one.id === said.body?.resident);
}

/** @param {Card} card @param {string[]} fields */
function changedHere(card, fields) {
  return (card.here ?? []).some((/** @type {string} */ field) => fields.includes(field)) ? [fact("", here())] : [];
}

/** @param {Phone} phone @param {Card} card */
function noticesOf(phone, card) {
  const tolds = phone.own.all.filter((told) => isOf(told, card) && !told.replaced);
  const says = [
    card.left_on && (card.here?.includes("left_on") ? say("left_here") : say("left_on", { day: day(card.left_on) })),
    card.isNew && say("new_here"),
    ...tolds.filter(({ row }) => row.state === "clash").slice(0, 1).map((told) => clashWords(phone, told)),
    tolds.some(({ row }) => row.state === "back") && say("back_here"),
  ].filter(Boolean);
  return says.map((what) => put(stamp("t-card-notice"), { what: /** @type {string} */ (what), safe: what === card.left_on ? say("left_stays") : "" }));
}

/** Who changed it differently, where that is known and somebody else. @param {Phone} phone @param {Told} told */
function clashWords(phone, { row: { facts } }) {
  const other = facts?.by === phone.shelf?.account ? "" : phone.called(facts?.by);
  return other ? say("clash_with", { other }) : say("clash_here");
}

/** @param {Phone} phone @param {Card} card @param {any} person */
function personRow(phone, card, person) {
  const member = (card.members ?? []).filter((/** @type {any} */ one) => one.resident === person.id && !one.until)
    .map((/** @type {any} */ one) => clause([label("standings", one.standing), one.exempt && say("exempt"), one.floating && say("floating")]));
  const phones = person.restricted ? [] : (person.phones ?? []);
  const row = put(stamp("t-resident"), {
    name: calledOf(person),
    aliases: person.restricted ? "" : listed(person.aliases ?? []),
    what: clause([label("relations", person.relation), person.born && say("born", { year: person.born.slice(0, 4) })]) || words(""),
    member: listed(member),
    phones: phones.length > 0 ? phonesOf(phones, refusesCalls(card, person.id, phone.own)) : person.restricted ? words("") : stamp("t-no-phone"),
    here: person.isNew || person.here?.length ? here() : "",
    of: ` ${calledOf(person)}`,
    of_left: ` ${calledOf(person)}`,
  });
  const open = !person.restricted;
  return link(row, { change: open && `#person-change/${card.id}/${person.id}`, leave: open && !card.left_on && `#person-left/${card.id}/${person.id}` });
}

/** The numbers; of who does not agree to be called they call nobody. @param {string[]} phones @param {boolean} refuses */
function phonesOf(phones, refuses) {
  if (!refuses) return phones.map(phoneLink);
  const plain = phones.map((phone) => Object.assign(document.createElement("span"), { className: "phone", textContent: phone }));
  return [...plain, Object.assign(document.createElement("strong"), { className: "meta", textContent: say("not_called") })];
}

/** @param {string} phone */
function phoneLink(phone) {
  const anchor = document.createElement("a");
  anchor.className = "phone";
  anchor.href = `tel:${phone}`;
  anchor.append(...phoneWords(phone));
  return anchor;
}
