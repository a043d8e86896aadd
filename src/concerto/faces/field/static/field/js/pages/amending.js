// Saying something own anew: a correction of what was taken in, or the mending of what was sent back.
import { KIND as SLIP } from "./another_slip.js";
import { ask } from "./asking.js";
import { INTAKE, KIND as CASE } from "./case.js";
import { formOf } from "./facts.js";
import { askedOf } from "./needs.js";
import { readable } from "./recorded.js";
import { KIND as SPOT } from "./spot.js";
import { lastOf, restingOn, standingFor } from "./told.js";

/**
 * @import { Before } from "../forms/blanks.js"
 * @import { Stage } from "./stage.js"
 */

/** Say something own anew: a correction. @param {Stage} stage @param {string} id */
export function correct(stage, id) {
  const { phone } = stage;
  const found = readable(phone, id);
  if (!found) return stage.begin("lost", { back: "#out" }), undefined;
  const strand = phone.own.strands.get(found.first);
  const last = (strand ? lastOf(strand) : undefined) ?? { said: found.said };
  const before = { first: found.first, last: found.last, body: last.said.body ?? found.said.body, parts: phone.own.parts, happened_on: last.said.happened_on ?? phone.day(), counts_for: (strand ? last : found).said.counts_for };
  return again(stage, found, before, `correct/${id}`, new Set());
}

/** Say again what was sent back: one new entry stands for it and for what corrected it. @param {Stage} stage @param {string} id */
export function mend(stage, id) {
  const { phone } = stage;
  let told = phone.own.of.get(id);
  if (!told) return stage.begin("lost", { back: "#out" }), undefined;
  if (told.said.kind === SLIP) return void stage.go(`#slip/${id}`, { instead: true });
  if (told.said.kind === SPOT) return void stage.go(`#spot/${id}`, { instead: true });
  if (told.said.kind === CASE) return void stage.go(`#${INTAKE}/${id}`, { instead: true });
  if (told.shows.act) return void stage.go(`#case/${told.said.body.case}/${told.shows.act}/${id}`, { instead: true });
  const root = phone.own.of.get(told.first);
  if (root && root.row.state === "back" && !root.replaced) told = root;
  const corrections = restingOn(phone.own, told).filter(({ said }) => said.corrects === told.said.id);
  const stood = [told, ...corrections];
  const last = stood.filter(({ said }) => said.body !== null).at(-1) ?? told;
  const but = new Set(stood.map(({ said }) => said.id));
  /** @type {Before} */
  const before = { instead_of: standingFor(phone.own, stood), saw: told.said.saw ?? {}, body: last.said.body, parts: phone.own.parts, happened_on: last.said.happened_on, counts_for: last.said.counts_for };
  if (told.said.corrects) Object.assign(before, { first: told.said.corrects, last: told.said.saw?.[`${told.said.corrects}.wording`] ?? told.said.corrects });
  return again(stage, { said: told.said, shows: told.shows }, before, `mend/${id}`, but);
}

/**
 * @param {Stage} stage
 * @param {{ said: any, shows: any }} found
 * @param {Before} before
 * @param {string} key
 * @param {Set<string>} but
 */
function again(stage, { said, shows }, before, key, but) {
  const form = formOf({ ...said, body: before.body }, shows);
  const house = shows.household || before.body.household || "";
  const person = said.kind.startsWith("resident") ? before.body.resident : undefined;
  const { need, step = "word" } = before.body;
  const village = ["gathering", "deeds", "household"].includes(form) || !house ? said.unit : undefined;
  return ask(stage, { form, key, house, about: person ?? need ?? village, unit: said.unit, ...(need && askedOf(stage.phone, house, need, step)), before, but, back: key.startsWith("mend") ? "#out" : `#entry/${key.split("/")[1]}` });
}
