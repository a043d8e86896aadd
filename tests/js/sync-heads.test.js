// Every head of an earlier round is asked about: the log may be one of another history since.
import assert from "node:assert/strict";
import { test } from "node:test";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { enrolled, PIN, visitOf } from "./shelf-phone.js";
import { served, wire } from "./sync-server.js";

const AGAIN = { again: true, cursors: undefined };
const lost = (code) => ({ ...AGAIN, alarm: { code, why: "服务器回到了昨天" } });

/** A phone that fetched once, then heard of a head with each thing it sent while locked; and what it sent. */
async function phone(sent) {
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  await round(shelf, wire());
  const visits = [];
  for (let n = 0; n < sent; n += 1) visits.push(await visitOf());
  for (const visit of visits) {
    await shelf.record(visit.write);
    shelf.close();
    await round(shelf, wire());
    await shelf.open(PIN);
  }
  server.asked = [];
  return { shelf, server, ids: visits.map(({ id }) => id) };
}

const asked = (server) => server.asked.filter(([path]) => path === "pull").map(([, { head }]) => head.seq);

test("a later head that was lost in silence is found behind an earlier one that was not", async () => {
  const { shelf, server, ids } = await phone(2);
  server.log.delete(ids[1]);
  server.pages = [{}, {}, lost("head_lost"), {}];
  await round(shelf, wire());
  assert.deepEqual([asked(server), server.log.has(ids[1])], [[0, 1, 2, 1], true]);
  const { alarm, sawHeads } = await shelf.state();
  assert.deepEqual([alarm.code, sawHeads], ["head_lost", []]);
});

test("where none was lost each is asked about once, and then no more", async () => {
  const { shelf, server } = await phone(2);
  await round(shelf, wire());
  await round(shelf, wire());
  assert.deepEqual(asked(server), [0, 1, 2, 2]);
});

test("asked to begin anew for another reason, it goes on with the rest", async () => {
  const { shelf, server, ids } = await phone(2);
  server.log.delete(ids[1]);
  server.pages = [{ ...AGAIN, epoch: "another" }, { epoch: "another" }, { ...lost("head_lost"), epoch: "another" }];
  server.pulled = { epoch: "another" };
  await round(shelf, wire());
  assert.deepEqual([asked(server), server.log.has(ids[1])], [[0, 1, 2, 1], true]);
});

test("in a new epoch that holds the first head, a later one that the restore lost is told all the same", async () => {
  const { shelf, server, ids } = await phone(2);
  server.log.delete(ids[1]);
  server.epoch = 2;
  server.pages = [AGAIN, {}, lost("lost_in_restore"), {}];
  await round(shelf, wire());
  const { alarm, sawHeads } = await shelf.state();
  assert.deepEqual([asked(server).slice(0, 3), alarm.code, sawHeads, server.log.has(ids[1])], [[0, 1, 2], "lost_in_restore", [], true]);
});

test("cut between two of them, it goes on with what is left", async () => {
  const { shelf, server } = await phone(3);
  server.next = [undefined, undefined, "lost"];
  await assert.rejects(round(shelf, wire()));
  server.asked = [];
  await round(shelf, wire());
  assert.deepEqual(asked(server), [3, 2]);
});

test("what an epoch has taken in since a restore and lost again is found, though everything was offered in it", async () => {
  const { shelf, server } = await phone(1);
  server.epoch = 2;
  const next = await visitOf();
  await shelf.record(next.write);
  shelf.close();
  await round(shelf, wire());
  await shelf.open(PIN);
  server.log.delete(next.id);
  server.asked = [];
  const before = (await shelf.state()).sawHeads.map(({ epoch, seq }) => [epoch, seq]);
  server.pages = [lost("lost_in_restore"), {}, lost("head_lost")];
  await round(shelf, wire());
  assert.deepEqual([before, asked(server).slice(0, 3), server.log.has(next.id)], [[[1, 1], [2, 2]], [0, 1, 2], true]);
});

test("fifty are kept, the oldest go", async () => {
  const { shelf } = await phone(53);
  const { sawHeads } = await shelf.state();
  assert.deepEqual([sawHeads.length, sawHeads[0].seq, sawHeads.at(-1).seq], [50, 4, 53]);
});
