import assert from "node:assert/strict";
import { test } from "node:test";
import { find, people } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { fromBase64, joined, utf8 } from "../../src/concerto/faces/field/static/field/js/shelf/bytes.js";
import { clockAt, enrolled, NOON, PIN, refused, said, unsealed, visitOf } from "./shelf-phone.js";

test("what was recorded lies there with its number, its words and its envelope", async () => {
  const shelf = await enrolled();
  const visit = await visitOf();
  const row = await shelf.record(visit.write);
  assert.deepEqual([row.state, row.number, row.id], ["waiting", 1, visit.id]);
  assert.equal(row.made_at, new Date(NOON).toISOString());
  const [kept] = await shelf.entries();
  assert.deepEqual(kept, row);
  const [envelope] = await shelf.envelopes();
  assert.deepEqual(await unsealed(envelope), kept.item);
  const told = joined(utf8(envelope.id), fromBase64(envelope.box));
  const how = { name: "ECDSA", hash: "SHA-256" };
  assert.ok(await crypto.subtle.verify(how, shelf.keys.publicKey, fromBase64(envelope.sig), told));
});

test("two tabs that record twenty each number them without a gap", async () => {
  const one = await enrolled();
  const other = await find(one.account, one.world);
  assert.equal(await other.openFromOtherTab(), true);
  const visits = await Promise.all(Array.from({ length: 40 }, () => visitOf()));
  await Promise.all(visits.map((visit, n) => (n % 2 ? one : other).record(visit.write)));
  const numbers = (await one.entries()).map((row) => said(row).number);
  assert.deepEqual(numbers, Array.from({ length: 40 }, (_, n) => n + 1));
});

test("two tabs without locks number them without a gap too", async (t) => {
  t.mock.getter(navigator, "locks", () => undefined);
  const one = await enrolled();
  const other = await find(one.account, one.world);
  await other.open(PIN);
  const visits = await Promise.all(Array.from({ length: 10 }, () => visitOf()));
  await Promise.all(visits.map((visit, n) => (n % 2 ? one : other).record(visit.write)));
  assert.deepEqual((await one.entries()).map((row) => said(row).number), Array.from({ length: 10 }, (_, n) => n + 1));
});

test("the same entry recorded twice is there once", async () => {
  const shelf = await enrolled();
  const visit = await visitOf();
  await shelf.record(visit.write);
  assert.equal((await shelf.record(visit.write)).number, 1);
  assert.equal((await shelf.entries()).length, 1);
});

test("recording ends the draft, and a draft outlives a killed page", async () => {
  const shelf = await enrolled();
  await shelf.putDraft("visit", { met: ["aynur"] });
  await shelf.putDraft("other", { met: [] });
  shelf.leave();
  const again = await find(shelf.account, shelf.world);
  await assert.rejects(again.draft("visit"), refused("locked"));
  await again.open(PIN);
  assert.deepEqual(await again.draft("visit"), { met: ["aynur"] });
  await again.record((await visitOf()).write, { draft: "visit" });
  assert.equal(await again.draft("visit"), null);
  assert.deepEqual((await again.drafts()).map(({ key }) => key), ["other"]);
});

test("locked, the queue shows time and state, counts, and is sent", async () => {
  const shelf = await enrolled();
  await shelf.record((await visitOf()).write);
  shelf.close();
  const [row] = await shelf.entries();
  assert.deepEqual([row.item, row.shows, row.why, row.state], [null, null, "", "waiting"]);
  assert.deepEqual(await shelf.count(), { waiting: 1, pending: 0, back: 0, clash: 0 });
  assert.equal((await shelf.envelopes()).length, 1);
  await assert.rejects(shelf.record((await visitOf()).write), refused("locked"));
});

test("two people on one phone see each their own", async () => {
  const world = clockAt();
  const lin = await enrolled(world);
  const ma = await enrolled(world, undefined, "马兰");
  await lin.record((await visitOf("林的")).write);
  await ma.record((await visitOf("马的")).write);
  assert.deepEqual((await ma.entries()).map((row) => row.shows.name), ["马的"]);
  const here = (await people()).map(({ called }) => called);
  assert.ok(here.includes("林晓") && here.includes("马兰"));
  await ma.wipe();
  assert.equal(await find(ma.account), null);
  assert.equal((await lin.entries()).length, 1);
});
