// A case in one's hands on the phone: what was recorded here is laid over it, one step behind the other.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { laidOver, mayFollow, maySign } = await import("../../src/concerto/faces/field/static/field/js/pages/handled.js");

const TABLE = {
  turns: { accepted: { brought: "accepted" }, willing: { accepted: "willing" }, unwilling: { willing: "accepted", talking: "accepted" }, session: { willing: "talking" }, agreement: { willing: "agreed", talking: "agreed" }, in_effect: { agreed: "in_effect" }, withdrawn: { accepted: "withdrawn" } },
  follow: { accepted: "consent tell session agree hand end", willing: "session agree", agreed: "sign agree", in_effect: "perform tell consent apply court visit" },
  open: "accepted willing talking agreed",
};
const ROW = { id: "c", records: "u", village: "v", stage: "accepted", sort: "neighbours", opened_on: "2026-11-01", last_on: "2026-11-02", parties: [{ id: "a", side: "a" }, { id: "b", side: "b" }], due: { title: {}, day: "2026-12-01" }, saw: { state: "w" } };

function own(...entries) {
  const all = entries.map(({ state = "waiting", seq = 0, ...said }, n) => ({ row: { state, seq, number: n }, said: { id: `e${n}`, happened_on: "2026-11-28", ...said }, shows: {}, first: said.corrects ?? `e${n}`, replaced: null }));
  const strands = new Map();
  for (const told of all) strands.set(told.first, { first: told.first, all: [...(strands.get(told.first)?.all ?? []), told] });
  return { all, of: new Map(), strands, parts: { d: { text: "三根界桩" } } };
}

const consent = (party, answer = "agreed") => ({ kind: "case_consent", body: { case: "c", party, to: "mediation", answer } });
const agreement = (form) => ({ kind: "case_agreement", body: { case: "c", agreement: "g", form, parties: ["a", "b"], items: [{ item: "i", what: "d" }] } });

test("both consents, a talk and an oral agreement come one behind the other, and what was decided last is what is seen", () => {
  const now = laidOver(ROW, 9, own(consent("a"), consent("b"), { kind: "case_session", body: { case: "c", there: ["a"], record: "d" } }, agreement("oral")), TABLE);
  assert.equal(now.stage, "in_effect");
  assert.equal(now.talk.record, "三根界桩");
  assert.equal(now.items[0].what, "三根界桩");
  assert.equal(now.saw.state, "e3");
  assert.equal(now.due, undefined);
  assert.equal(now.here.length, 4);
});

test("a written agreement is in effect once its last signature is there, and each is asked of who may give it", () => {
  const panel = [{ id: "l", name: "老阿訇", holds_seal: true }, { id: "m", name: "别人", account: "other", holds_seal: true }];
  const before = laidOver({ ...ROW, panel }, 9, own(consent("a"), consent("b"), agreement("written")), TABLE);
  assert.equal(before.stage, "agreed");
  assert.deepEqual(maySign(before, "me").map(([code]) => code), ["party:a", "party:b", "mediator:l", "mediator:m", "seal:l"]);
  const sign = (signed, more) => ({ kind: "case_signature", body: { case: "c", agreement: "g", signed, ...more } });
  const signed = own(consent("a"), consent("b"), agreement("written"), sign("party", { party: "a" }), sign("party", { party: "b" }), sign("mediator", { member: "l" }), sign("seal", { member: "l" }));
  assert.equal(laidOver(ROW, 9, signed, TABLE).stage, "in_effect");
});

test("what the server had seen is not lived twice, what was sent back, taken back or is of another case not at all", () => {
  const of = (...entries) => laidOver(ROW, 9, own(...entries), TABLE);
  assert.equal(of({ ...consent("a"), state: "sent", seq: 9 }).here.length, 0);
  assert.equal(of({ ...consent("a"), state: "sent", seq: 10 }).here.length, 1);
  assert.equal(of({ ...consent("a"), state: "back" }).here.length, 0);
  assert.equal(of(consent("a"), { kind: "case_consent", body: null, corrects: "e0" }).parties[0].said, undefined);
  assert.equal(of({ kind: "case_consent", body: { case: "d", party: "a", to: "mediation", answer: "agreed" } }).here.length, 0);
});

test("no agreement is offered before each agreed, no question of a court where none confirms it, nothing again that is away", () => {
  assert.deepEqual(mayFollow({ ...ROW, away: true }, TABLE), ["consent", "tell", "session", "end"]);
  const settled = { ...ROW, stage: "in_effect", items: [{ id: "i", how: "kept" }], agreement: { id: "g", form: "oral", on: "2026-11-28", parties: [], for_no_court: true } };
  assert.deepEqual(mayFollow(settled, TABLE), ["visit", "perform", "tell"]);
});

test("a no after both had agreed takes a case back to where they are asked", () => {
  const now = laidOver(ROW, 9, own(consent("a"), consent("b"), consent("b", "refused")), TABLE);
  assert.equal(now.stage, "accepted");
});
