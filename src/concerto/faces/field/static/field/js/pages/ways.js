// The ways of the week, without signal too: which homes in which order, what a visit there settles and why, what to bring.
// The server proposed them from what is owed; what was settled or recorded since is taken from what is owed now.
import { put, stamp, mark, words } from "./dom.js";
import { titleOf } from "./names.js";
import { daysTo, dueOf, readAt, sinceThen, stopsOf } from "./owing.js";
import { clause, count, day, facts, label, listed, say, sentences } from "./words.js";

/**
 * @import { Debt, Standing, Stop, Way } from "./owing.js"
 * @import { Phone } from "./phone.js"
 */

/** @param {Phone} phone @param {Standing} standing @param {Debt[]} debts @returns {HTMLElement[]} */
export function waysOf(phone, standing, debts) {
  const read = readAt(standing);
  const out = { homes: standing.left_out ?? [], when: "out" }; // by hand, at the desk
  const drawn = [...(standing.ways ?? []), out].flatMap((way) => {
    const stops = stopsOf(way, debts, phone.day()).filter(({ household }) => phone.cards.has(household));
    return stops.length > 0 ? [drawnWay(phone, way, stops, read)] : [];
  });
  return drawn.length > 0 ? drawn : [stamp("t-no-way")];
}

/** @param {Phone} phone @param {Way} way @param {Stop[]} stops @param {number} read */
function drawnWay(phone, { because = [], season = "", nth = 1, when }, stops, read) {
  const card = phone.cards.get(stops[0].household);
  const there = clause([phone.unitNamed(card?.village ?? ""), season && label("seasons", season), card?.group]);
  const isSplit = because.includes("too_many_for_a_day");
  const lone = { call: "way_call", out: "way_out" }[when ?? ""] ?? ""; // homes of no one place
  const due = dueOf(stops.flatMap(({ lines }) => lines), phone.day());
  const why = lone ? [say(when === "call" ? "way_called" : "way_out_why")] : [
    when === "later" && `${say("way_later")}${facts.language === "en" ? "." : "。"}`,
    say(season ? "way_placed" : "way_unplaced"),
    isSplit && say("way_split"),
    because.includes("settles_most") ? say("way_most") : due ? say("way_soonest", { day: day(due) }) : say("way_good"),
  ];
  return put(stamp("t-way"), {
    name: lone ? say(lone) : isSplit ? say("way_nth", { place: there, n: nth }) : there,
    count: count("way_homes", stops.length),
    why: sentences(why),
    bring: lone ? "" : say("kind_and_name", { kind: say("way_bring"), name: count("way_slips", stops.length) }),
    rows: stops.map((stop, at) => drawnStop(phone, stop, at + 1, read)),
  });
}

/** Its title and its number: two homes of a village may be called alike. @param {any} card */
function toldApart(card) {
  const title = titleOf(card);
  return card?.number && !title.includes(card.number) ? `${title} ${say("number", { number: card.number })}` : title;
}

/** @param {Phone} phone @param {Stop} stop @param {number} nth @param {number} read */
function drawnStop(phone, { household, because, lines, route }, nth, read) {
  const today = phone.day();
  const due = dueOf(lines, today);
  const whys = because.filter((code) => due || code !== "on_the_way").map((code) => label("way_whys", code).replace("{day}", day(due)));
  const since = lines.map((line) => sinceThen(line, phone.own, { read }));
  const told = since.includes("") ? "" : since.includes("counts") ? "owed_counts" : since.includes("settled") ? "owed_settled" : "owed_sent";
  const left = due ? daysTo(due, today) : 0;
  const row = put(stamp("t-stop"), {
    nth: String(nth),
    title: toldApart(phone.cards.get(household)),
    things: listed([...new Set(lines.map(({ is }) => is.title[facts.language === "en" ? "en" : "zh"] ?? is.title.zh))]),
    why: clause(whys),
    settled: told ? [mark("waiting", lines[0].is.part), words(say(told))] : "",
    due: due ? day(due) : "",
    left: due ? (left > 0 ? count("owed_left", left) : say("owed_today")) : "",
  });
  row.querySelector("a")?.setAttribute("href", route);
  return row;
}
