// The end: what was unsent is handed over first; if that can't be, nothing is wiped.
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, people } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { willLeave } from "../../src/concerto/faces/field/static/field/js/shelf/letting_go.js";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { enrolled, visitOf } from "./shelf-phone.js";
import { served, wire } from "./sync-server.js";

async function phone(state) {
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  for (let n = 0; n < 2; n += 1) await shelf.record((await visitOf()).write);
  server.device = state;
  server.session = null;
  return { shelf, server };
}

test("revoked or posted no more, a locked phone hands over two unsent and is wiped", async () => {
  for (const state of ["revoked", "ended"]) {
    const { shelf, server } = await phone(state);
    shelf.close();
    const { ended, handed } = await round(shelf, wire());
    assert.deepEqual([ended, handed, server.log.size], [state, 2, 2]);
    assert.equal(await find(shelf.account), null);
    assert.ok(!(await people()).some(({ account }) => account === shelf.account));
  }
});

test("heard by the question that needs no session, with nothing unsent", async () => {
  const { shelf, server } = await phone("in_use");
  shelf.close();
  await round(shelf, wire());
  server.device = "revoked";
  const { ended, handed } = await round(shelf, wire());
  assert.deepEqual([ended, handed, server.asked.slice(-2).map(([path]) => path)], ["revoked", 0, ["push", "push"]]);
});

test("a restored server that does not know the phone learns of it by its ticket, though nothing waits", async () => {
  const { shelf, server } = await phone("in_use");
  shelf.close();
  await round(shelf, wire());
  const unknown = () => new Response(JSON.stringify({ refused: { code: "unknown_device", facts: {}, why: "w" } }), { status: 422 });
  server.next = [unknown];
  server.asked = [];
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path, { ticket }]) => [path, ticket]), [["push", ""], ["push", shelf.ticket]]);
});

test("heard in a session, when cards are fetched", async () => {
  const { shelf, server } = await phone("in_use");
  server.session = server.account;
  await round(shelf, wire());
  server.device = "ended";
  const { ended } = await round(shelf, wire());
  assert.deepEqual([ended, await find(shelf.account)], ["ended", null]);
});

test("as long as the handing over fails, nothing is wiped", async () => {
  const { shelf, server } = await phone("revoked");
  shelf.close();
  for (const fate of ["lost", "answer lost"]) {
    server.next = [fate];
    await assert.rejects(round(shelf, wire()));
    assert.equal((await shelf.count()).waiting, 2);
  }
});

test("what the server could not open is not handed over: nothing is wiped", async () => {
  const { shelf, server } = await phone("revoked");
  shelf.close();
  server.refusals.set((await shelf.entries())[1].id, "envelope_not_opened");
  const { ended } = await round(shelf, wire());
  assert.deepEqual([ended, (await shelf.count()).waiting], ["", 1]);
});

test("somebody else who answers does not wipe a phone", async () => {
  const { shelf, server } = await phone("in_use");
  shelf.close();
  await round(shelf, wire());
  for (const said of ["gone", "REVOKED", null]) {
    server.device = said;
    await round(shelf, wire());
    assert.equal((await shelf.entries()).length, 2);
  }
});

for (const isLocked of [true, false]) {
  test(`what was for the centre and was refused is said to have reached nobody, by a ${isLocked ? "locked" : "open"} phone`, async () => {
    const { shelf, server } = await phone("revoked");
    const [other, apart] = (await shelf.entries()).map(({ id }) => id);
    await willLeave(shelf, apart);
    for (const id of [other, apart]) server.refusals.set(id, "device_revoked");
    if (isLocked) shelf.close();
    const { ended, handed, missed } = await round(shelf, wire());
    assert.deepEqual([ended, handed, missed, await find(shelf.account)], ["revoked", 1, true, null], "the other lies in a tray");
  });
}

test("what was for the centre and arrived is handed over, and nothing was missed", async () => {
  const { shelf } = await phone("ended");
  const [{ id }] = await shelf.entries();
  await willLeave(shelf, id);
  const { ended, handed, missed } = await round(shelf, wire());
  assert.deepEqual([ended, handed, missed], ["ended", 2, false]);
});

test("what once reached nobody and nobody has heard is said at the end; a phone in use keeps it", async () => {
  const { shelf, server } = await phone("in_use");
  const [{ id }] = await shelf.entries();
  await willLeave(shelf, id);
  server.refusals.set(id, "nobody_at_the_centre");
  shelf.close();
  assert.equal((await round(shelf, wire())).missed, false);
  assert.equal((await shelf.state()).unreached, true);
  server.device = "revoked";
  assert.equal((await round(shelf, wire())).missed, true);
});

test("what another tab records at the very end is not wiped", async () => {
  const { shelf } = await phone("revoked");
  const wipe = shelf.wipe.bind(shelf);
  shelf.wipe = async (isHandedOver) => {
    await shelf.record((await visitOf()).write);
    return wipe(isHandedOver);
  };
  const { ended } = await round(shelf, wire());
  assert.deepEqual([ended, (await shelf.count()).waiting], ["", 1]);
});

// ---------------------------------------------------------------- what had an answer is offered once more

/** A locked phone of which the server took one in and refused another; then an older copy was put in its place. */
async function forgotten() {
  const { shelf, server } = await phone("in_use");
  shelf.close();
  const [sent, back] = (await shelf.entries()).map(({ id }) => id);
  server.refusals.set(back, "day_not_come");
  await round(shelf, wire());
  server.log.clear();
  server.device = "revoked";
  server.asked = [];
  return { shelf, server, sent, back };
}

test("before it is wiped, a phone offers all it has with the answers it had", async () => {
  const { shelf, server, sent, back } = await forgotten();
  const { ended, handed } = await round(shelf, wire());
  const [, { envelopes }] = server.asked.find(([, told]) => told.envelopes);
  assert.deepEqual(envelopes.map(({ id, answered }) => [id, answered?.outcome]), [[sent, "accepted"], [back, undefined]]);
  assert.deepEqual([ended, handed, server.log.has(sent), await find(shelf.account)], ["revoked", 0, true, null]);
});

test("cut in the middle of that, nothing is wiped, and only the rest is offered next time", async () => {
  const { shelf, server } = await forgotten();
  server.next = [undefined, "lost"];
  await assert.rejects(round(shelf, wire()));
  assert.equal((await shelf.entries()).length, 2);
  server.asked = [];
  const { ended } = await round(shelf, wire());
  assert.deepEqual([ended, server.count("push"), server.log.size], ["revoked", 1, 1]);
});

test("told at the very end that it is in use after all, it keeps everything", async () => {
  const { shelf, server } = await forgotten();
  server.next = [() => ({ receipts: [], device: "revoked" })];
  server.device = "in_use";
  const { ended } = await round(shelf, wire());
  assert.deepEqual([ended, (await shelf.entries()).length], ["", 2]);
});
