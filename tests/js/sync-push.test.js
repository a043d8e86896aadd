// Everything that was recorded comes to the server once, in order, whatever the line does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { enrolled, visitOf } from "./shelf-phone.js";
import { served, wire } from "./sync-server.js";

/** A phone with some visits on it, and its server. */
async function phone(visits = 0, words = "母羊三只") {
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  const ids = [];
  for (let n = 0; n < visits; n += 1) ids.push((await recorded(shelf, words)).id);
  return { shelf, server, ids };
}

async function recorded(shelf, words) {
  const visit = await visitOf(words);
  await shelf.record(visit.write);
  return visit;
}

const states = async (shelf) => (await shelf.entries()).map(({ state }) => state);
const cut = (how) => (error) => error.name === "NoAnswer" && error.how === how;

test("in its writer's session it travels open, byte for byte, and is told as theirs", async () => {
  const { shelf, server, ids } = await phone(2);
  const { session } = await round(shelf, wire());
  const [, told] = server.asked.find(([path]) => path === "push");
  assert.deepEqual(told.entries.map(({ item }) => item), (await shelf.entries()).map(({ item }) => item));
  assert.deepEqual([told.account, told.envelopes, session], [shelf.account, undefined, "mine"]);
  assert.deepEqual([await states(shelf), [...server.log.keys()]], [["sent", "sent"], ids]);
});

test("thirty at once go in one squeezed request, more in several, in the order of their numbers", async () => {
  const { shelf, server, ids } = await phone(120, "冬草不够，下周送十捆草料去看看他们家");
  await round(shelf, wire());
  const pushes = server.asked.filter(([path]) => path === "push");
  assert.deepEqual([...server.log.keys()], ids);
  assert.ok(pushes.every(([, { entries }]) => entries.length <= 50 && entries.length >= 20));
  assert.ok(pushes.every(([, told, length]) => length < JSON.stringify(told).length / 2));
});

test("an answer that was lost is asked for again, and only the batch in flight", async () => {
  const { shelf, server, ids } = await phone(90);
  server.next = [undefined, "answer lost"];
  await assert.rejects(round(shelf, wire()), cut("cut"));
  const before = server.asked.flatMap(([, { entries }]) => entries.map(({ item }) => JSON.parse(item.said).id));
  server.asked = [];
  await round(shelf, wire());
  const again = server.asked.flatMap(([, { entries = [] }]) => entries.map(({ item }) => JSON.parse(item.said).id));
  assert.deepEqual([...server.log.keys()], ids);
  assert.ok(again.filter((id) => before.includes(id)).length <= 50);
  assert.deepEqual(new Set(await states(shelf)), new Set(["sent"]));
});

test("a request that was lost, one that hangs and an answer of somebody else leave everything waiting", async () => {
  const { shelf, server } = await phone(1);
  const hotel = () => new Response("<html>Sign in to our network</html>");
  const down = () => new Response("{}", { status: 502 });
  for (const [fate, how] of [["lost", "cut"], ["hangs", "slow"], [hotel, "broken"], [down, "broken"]]) {
    server.next = [fate];
    await assert.rejects(round(shelf, wire(50)), cut(how));
    assert.deepEqual(await states(shelf), ["waiting"]);
  }
});

test("a receipt too few is no answer", async () => {
  const { shelf, server } = await phone(2);
  server.next = [() => ({ receipts: [{ id: "x", outcome: "accepted" }], device: "in_use", now: "2026-09-16T04:00:00Z" })];
  await assert.rejects(round(shelf, wire()), cut("broken"));
  assert.deepEqual(await states(shelf), ["waiting", "waiting"]);
});

test("signed out, or with somebody else signed in, the same goes sealed", async () => {
  for (const [session, said] of [[null, "none"], ["somebody", "other"]]) {
    const { shelf, server, ids } = await phone(2);
    server.session = session;
    const found = await round(shelf, wire());
    assert.equal(found.session, said);
    assert.deepEqual([...server.log.keys()], ids);
    assert.deepEqual(await states(shelf), ["sent", "sent"]);
    const last = server.asked.filter(([path]) => path === "push").at(-1)[1];
    assert.deepEqual([last.entries, last.account, last.envelopes.length], [undefined, undefined, 2]);
  }
});

test("locked, it goes sealed and nothing is fetched; how the device stands is heard all the same", async () => {
  const { shelf, server, ids } = await phone(2);
  shelf.close();
  await round(shelf, wire());
  assert.deepEqual([[...server.log.keys()], await states(shelf)], [ids, ["sent", "sent"]]);
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path, { envelopes = [] }]) => [path, envelopes.length]), [["push", 2], ["push", 0]]);
});

test("a refused one stops none, keeps its words, and goes to the desk when its writer says so", async () => {
  const { shelf, server, ids } = await phone(3);
  server.refusals.set(ids[1], "day_not_come");
  await round(shelf, wire());
  assert.deepEqual(await states(shelf), ["sent", "back", "sent"]);
  assert.equal((await shelf.entry(ids[1])).why, "不行");
  await shelf.hand([ids[1]]);
  server.asked = [];
  await round(shelf, wire());
  assert.deepEqual(server.asked.find(([path]) => path === "push")[1].hand, [ids[1]]);
  assert.equal((await shelf.entry(ids[1])).handed, "given");
  server.asked = [];
  await round(shelf, wire());
  assert.equal(server.count("push"), 0);
});

test("what waits for another is sent again only where no fetch can tell how it stands", async () => {
  const { shelf, server, ids } = await phone(1);
  await shelf.take([{ id: ids[0], outcome: "waits", facts: {} }]);
  server.pulled = { mine: { [ids[0]]: { outcome: "waits" } } };
  await round(shelf, wire(), { thorough: true });
  assert.equal(server.count("push"), 0);
  shelf.close();
  await round(shelf, wire());
  await round(shelf, wire(), { thorough: true });
  const brought = server.asked.filter(([path]) => path === "push").map(([, { envelopes = [] }]) => envelopes.length);
  assert.deepEqual([brought, await states(shelf)], [[0, 1], ["sent"]]);
});

test("what is recorded while another is sent goes in the same round", async () => {
  const { shelf, server } = await phone(1);
  server.next = [async (told) => {
    await recorded(shelf, "二");
    server.log.set(JSON.parse(told.entries[0].item.said).id, 1);
    return { receipts: [{ id: "", outcome: "accepted", seq: 1, epoch: 1 }], device: "in_use", now: new Date(server.now).toISOString() };
  }];
  await round(shelf, wire());
  assert.deepEqual(await states(shelf), ["sent", "sent"]);
});

test("two tabs of one person send nothing twice", async () => {
  const { shelf, server, ids } = await phone(4);
  const other = await find(shelf.account, shelf.world);
  await other.openFromOtherTab();
  await Promise.all([round(shelf, wire()), round(other, wire())]);
  const sent = server.asked.flatMap(([, told]) => told?.entries ?? []);
  assert.deepEqual(sent.map(({ item }) => JSON.parse(item.said).id), ids);
});

test("two people on one phone: the one who is not there has theirs sent sealed", async () => {
  const { shelf: one, server } = await phone(1);
  const other = await enrolled();
  const { id } = await recorded(other, "别人的");
  other.close();
  await round(other, wire(), { session: "none" });
  assert.deepEqual([...server.log.keys()], [id]);
  assert.deepEqual([await states(one), await states(other)], [["waiting"], ["sent"]]);
});

test("a clock that is days wrong is known after the first answer, by whichever way", async () => {
  const { shelf, server } = await phone(0);
  server.now = Date.now() + 3 * 86_400_000;
  await round(shelf, wire());
  const { clockSkew, lastContact } = await shelf.state();
  assert.ok(Math.abs(clockSkew - 3 * 86_400_000) < 5000);
  assert.ok(Math.abs(Date.parse(lastContact) - server.now) < 5000);
});

test("an envelope that the server can't open waits for its key, or for its writer's session", async () => {
  const { shelf, server, ids } = await phone(1);
  server.refusals.set(ids[0], "envelope_not_opened");
  shelf.close();
  await round(shelf, wire());
  assert.deepEqual(await states(shelf), ["waiting"]);
  assert.equal(server.count("hello"), 1);
});

test("a browser that keeps nothing speaks in its session alone, and as soon as there is one", async () => {
  const { shelf, server, ids } = await phone(2);
  const loose = new Proxy(shelf, {
    get: (of, name) => (name === "ticket" ? "" : typeof of[name] === "function" ? of[name].bind(of) : of[name]),
  });
  server.session = null;
  const { session } = await round(loose, wire());
  assert.deepEqual([session, server.log.size, server.count("push")], ["none", 0, 1]);
  assert.ok(server.asked.every(([, told]) => !told.envelopes));
  server.session = server.account;
  await round(loose, wire(), { session });
  assert.deepEqual([[...server.log.keys()], await states(shelf)], [ids, ["sent", "sent"]]);
});

test("the ticket stays on the phone until the server asks for it, or may have forgotten it", async () => {
  const { shelf, server } = await phone(1);
  await round(shelf, wire());
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path, { ticket }]) => [path, ticket]), [["push", ""], ["pull", "ticket"], ["pull", ""]]);
  const unknown = () => new Response(JSON.stringify({ refused: { code: "unknown_device", facts: {}, why: "w" } }), { status: 422 });
  await recorded(shelf, "草料");
  [server.asked, server.next] = [[], [unknown]];
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path, { ticket }]) => [path, ticket]), [["push", ""], ["push", "ticket"], ["pull", ""]]);
  assert.deepEqual(await states(shelf), ["sent", "sent"]);
});
