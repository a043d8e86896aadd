// A lead's words leave the phone on the thirty-first day by themselves: no signal is needed, and nothing else goes.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { enrolled } = await import("./shelf-phone.js");
const JS = "../../src/concerto/faces/field/static/field/js/";
const { partDigest, salt, uuid7 } = await import(`${JS}shelf/ids.js`);
const { lapse } = await import(`${JS}shelf/leaving.js`);

const { round } = await import(`${JS}sync/round.js`);
const { NoAnswer } = await import(`${JS}sync/wire.js`);

const DAY = 86_400_000;
const noon = (day) => new Date(`${day}T12:00:00`).getTime();

/** A visit with a note and a lead, recorded and, unless it waits, filed. */
async function visited(shelf, { on = "2026-06-01", filed = true } = {}) {
  const id = uuid7();
  const part = (audience, text) => ({ about: uuid7(), audience, salt: salt(), text });
  const [note, lead] = [part("place", "母羊三只"), part("desk", "两家为水口吵过")];
  const [noted, heard] = [await partDigest(note), await partDigest(lead)];
  const body = { words: noted, leads: [{ lead: lead.about, words: heard }] };
  await shelf.record(({ number, device }) => {
    const said = { id, kind: "visit", happened_on: on, number, device, body, sealed: [noted, heard] };
    return { id, item: { said: JSON.stringify(said), sealed: [note, lead] }, shows: { kind: "visit", lead: "两家为水口吵过" } };
  });
  if (filed) await shelf.take([{ id, outcome: "accepted", seq: 1, epoch: 1, received_at: "2026-06-01T04:00:00.000Z" }]);
  return { id, said: async () => (await shelf.entries()).find((row) => row.id === id) };
}

const texts = (row) => row.item.sealed.map(({ text }) => text);

test("on its thirtieth day a lead is there, on its thirty-first its words are gone and the note is not", async () => {
  const shelf = await enrolled();
  const { said } = await visited(shelf);
  assert.equal(await lapse(shelf, noon("2026-07-01")), 0);
  assert.deepEqual(texts(await said()), ["母羊三只", "两家为水口吵过"]);
  assert.equal(await lapse(shelf, noon("2026-07-02")), 1);
  const row = await said();
  assert.deepEqual(texts(row), ["母羊三只"]);
  assert.equal(row.shows.lead, "");
  assert.equal(row.state, "sent");
});

test("what the server lacks is still sent as it was told", async () => {
  const shelf = await enrolled();
  const { said } = await visited(shelf, { filed: false });
  assert.equal(await lapse(shelf, noon("2026-08-01")), 0);
  assert.equal(texts(await said()).length, 2);
});

test("the phone's own round takes them away without signal, with a clock that moved on", async (t) => {
  const shelf = await enrolled();
  const { said } = await visited(shelf);
  t.mock.timers.enable({ apis: ["Date"], now: noon("2026-07-01") });
  const cut = { behind: null, answers: 0, ask: () => Promise.reject(new NoAnswer("cut")) };
  for (const [day, kept] of [["2026-07-01", 2], ["2026-07-02", 1]]) {
    t.mock.timers.setTime(noon(day));
    await assert.rejects(round(shelf, cut), NoAnswer);
    assert.equal(texts(await said()).length, kept, day);
  }
});

test("a day is looked through once, and a closed shelf not at all", async () => {
  const shelf = await enrolled();
  await lapse(shelf, noon("2026-07-02"));
  await visited(shelf);
  assert.equal(await lapse(shelf, noon("2026-07-02")), 0);
  assert.equal(await lapse(shelf, noon("2026-07-02") + DAY), 1);
  assert.equal(await lapse({ isOpen: false }, noon("2026-07-02")), 0);
});
