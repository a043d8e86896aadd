// The second home of what was recorded, and a database that the browser lost whole or in part.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetWords, prune } from "../../src/concerto/faces/field/static/field/js/shelf/leaving.js";
import { find, people } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { bringBack, keepTwice } from "../../src/concerto/faces/field/static/field/js/shelf/twice.js";
import { sendLeft } from "../../src/concerto/faces/field/static/field/js/sync/left.js";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { Storage } from "./shelf-cache.js";
import { enrolled, NOON, PIN, said, visitOf } from "./shelf-phone.js";
import { served, wire } from "./sync-server.js";

globalThis.document = { getElementById: () => null };
const { enrolAgain } = await import("../../src/concerto/faces/field/static/field/js/pages/lost.js");

const DAY = 86_400_000;
const receipt = (id) => ({ id, outcome: "accepted", seq: 7, epoch: 1, received_at: new Date(NOON).toISOString() });
const full = () => {
  throw new DOMException("Entry already exists.", "InvalidAccessError");
};

beforeEach(() => {
  globalThis.caches = new Storage();
});

/** What a browser does with a database that it takes for broken. */
async function lose(shelf) {
  shelf.leave();
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
  }
}

async function recorded(shelf, ...texts) {
  const visits = await Promise.all(texts.map((text) => visitOf(text)));
  for (const { write } of visits) await shelf.record(write);
  return visits;
}

test("a lost shelf is begun again: what waits is shown locked, sent sealed, and opened by the same PIN", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const visits = await recorded(shelf, "一", "二", "三");
  await shelf.take([receipt(visits[0].id)]);
  await shelf.lend(keepTwice);
  const sealed = await shelf.envelopes(visits.map(({ id }) => id));
  assert.ok(!/一|二|三/.test(caches.text()));
  await lose(shelf);

  assert.equal(await bringBack(), true);
  assert.equal(await bringBack(), false);
  assert.deepEqual((await people()).map(({ account }) => account), [shelf.account]);
  const again = await find(shelf.account, shelf.world);
  assert.deepEqual((await again.entries()).map(({ number, state, made_at }) => [number, state, made_at]), [1, 2, 3].map((n) => [n, n === 1 ? "sent" : "waiting", new Date(NOON).toISOString()]));
  assert.deepEqual(await again.envelopes(visits.map(({ id }) => id)), sealed);
  assert.deepEqual((await again.state()).lost, { all: true, entries: 2 });
  const server = served(shelf.account);
  server.session = null;
  await round(again, wire(), { session: "none" });
  assert.equal(server.count("push"), 1);
  assert.deepEqual(await again.count(), { waiting: 0, pending: 0, back: 0, clash: 0 });
  await again.open(PIN);
  assert.deepEqual((await again.entries()).map((row) => row.shows.name), ["一", "二", "三"]);
});

test("a phone that lost the key that signs records on, sends in a session alone, and is enrolled anew", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  await recorded(shelf, "一");
  await lose(shelf);
  await bringBack();
  const again = await find(shelf.account, shelf.world);
  await again.open(PIN);
  assert.equal(again.signs, false);
  await recorded(again, "二");
  assert.deepEqual((await again.entries()).map((row) => [said(row).number, said(row).device]), [[1, shelf.device], [2, shelf.device]]);
  const server = served(shelf.account);
  const asked = [];
  const phone = { shelf: again, ask: { enrol: async (told) => (asked.push(told), { who: { account: shelf.account }, device: "anew", ticket: "t2", server_key: again.serverKey }) } };
  await round(again, wire(), { session: "none" });
  assert.equal((await again.count()).waiting, 1);
  await enrolAgain(phone);
  assert.equal(asked.length, 0);
  await round(again, wire());
  assert.equal(server.log.size, 2);
  await enrolAgain(phone);
  assert.deepEqual([again.device, again.ticket, again.signs, asked.length], ["anew", "t2", true, 1]);
  const [third] = await recorded(again, "三");
  const [envelope] = await again.envelopes([third.id]);
  assert.ok(envelope.sig);
  assert.equal((await again.entry(third.id)).device, "anew");
});

test("a database that went back by a few gets them again, and gives no number twice", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const visits = await recorded(shelf, "一", "二", "三");
  await shelf.lend(({ store }) => store.write(["about", "entries"], ({ about, entries }) => {
    for (const { id } of visits.slice(1)) entries.delete(id);
    about.put(1, "number");
  }));
  shelf.leave();
  const again = await find(shelf.account, shelf.world);
  await again.open(PIN);
  const [fourth] = await recorded(again, "四");
  assert.equal((await again.entry(fourth.id)).number, 4);
  await again.lend(keepTwice);
  assert.deepEqual((await again.entries()).map((row) => row.shows.name), ["一", "二", "三", "四"]);
  assert.deepEqual((await again.state()).lost, { all: false, entries: 2 });
  assert.equal(again.signs, true);
});

test("a lost shelf whose last entry had left the phone long ago gives no number twice", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const [gone] = await recorded(shelf, "一");
  await shelf.take([receipt(gone.id)]);
  await shelf.lend(keepTwice);
  await prune(shelf, { copied: { epoch: 1, seq: 7 }, now: NOON + 31 * DAY });
  await lose(shelf);
  await bringBack();
  const again = await find(shelf.account, shelf.world);
  await again.open(PIN);
  const [next] = await recorded(again, "二");
  assert.equal((await again.entry(next.id)).number, 2);
});

test("a database that went back behind what had left both homes gives no number twice", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const [gone] = await recorded(shelf, "一");
  await shelf.take([receipt(gone.id)]);
  await prune(shelf, { copied: { epoch: 1, seq: 7 }, now: NOON + 31 * DAY });
  await shelf.lend(keepTwice);
  await shelf.lend(({ store }) => store.write(["about"], ({ about }) => about.put(0, "number")));
  await shelf.lend(keepTwice);
  await shelf.lend(keepTwice);
  const [next] = await recorded(shelf, "二");
  assert.equal((await shelf.entry(next.id)).number, 2);
});

test("what leaves the shelf leaves the second home: after thirty days, with erased words, at the end", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const [gone, erased, stays] = await recorded(shelf, "一", "二", "三");
  await shelf.take([receipt(gone.id)]);
  await shelf.lend(keepTwice);
  const [before] = await shelf.envelopes([erased.id]);
  await prune(shelf, { copied: { epoch: 1, seq: 7 }, now: NOON + 31 * DAY });
  await forgetWords(shelf, [erased.digest]);
  await shelf.lend(keepTwice);
  const [after] = await shelf.envelopes([erased.id]);
  assert.ok(!caches.text().includes(gone.id));
  assert.ok(!caches.text().includes(before.box));
  assert.ok(caches.text().includes(after.box) && caches.text().includes(stays.id));
  await shelf.wipe();
  assert.equal(caches.text(), "");
  assert.equal(await bringBack(), false);
});

test("erased while locked, what the server has leaves the second home at once", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const [sent] = await recorded(shelf, "一");
  await shelf.take([receipt(sent.id)]);
  await shelf.lend(keepTwice);
  shelf.close();
  await forgetWords(shelf, [sent.digest]);
  assert.ok(!caches.text().includes(sent.id));
  await shelf.lend(keepTwice);
  assert.ok(!caches.text().includes(sent.id));
});

test("where the second home has no room what was recorded stands, and it is noted until it has", async (t) => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const open = t.mock.method(caches, "open", full);
  const [visit] = await recorded(shelf, "一");
  assert.deepEqual([[...shelf.once], (await shelf.entries()).length], [[visit.id], 1]);
  open.mock.restore();
  await shelf.lend(keepTwice);
  assert.equal(shelf.once.size, 0);
  assert.ok(caches.text().includes(visit.id));
});

test("a full disk claims neither home", async (t) => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const { id, write } = await visitOf();
  const add = t.mock.method(IDBObjectStore.prototype, "add", () => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await assert.rejects(shelf.record(write), ({ code }) => code === "disk_full");
  add.mock.restore();
  assert.ok(!caches.text().includes(id));
});

test("a disk that says nothing is told as full, and what it wrote after all is there once", async (t) => {
  const shelf = await enrolled();
  const visit = await visitOf();
  const real = globalThis.setInterval;
  t.mock.method(globalThis, "setInterval", (run, _pause) => real(run, 20));
  const begin = IDBDatabase.prototype.transaction;
  t.mock.method(IDBDatabase.prototype, "transaction", function (names, mode) {
    const transaction = begin.call(this, names, mode);
    if (mode === "readonly") return transaction;
    // It is written, and nobody hears of it.
    return { objectStore: (name) => transaction.objectStore(name), abort: () => { throw new DOMException("", "InvalidStateError"); } };
  });
  await assert.rejects(shelf.record(visit.write), ({ code }) => code === "disk_full");
  t.mock.restoreAll();
  assert.equal((await shelf.record(visit.write)).number, 1);
  assert.equal((await shelf.entries()).length, 1);
});

test("a copy that was given up leaves again when it comes to lie there after its shelf was wiped", async (t) => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const { open } = caches;
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  const slow = t.mock.method(caches, "open", (name) => held.then(() => open.call(caches, name)));
  t.mock.timers.enable({ apis: ["setInterval"] });
  const recording = recorded(shelf, "一");
  await new Promise((resolve) => setTimeout(resolve, 80));
  t.mock.timers.tick(5000);
  await recording;
  t.mock.timers.reset();
  slow.mock.restore();
  assert.equal(shelf.once.size, 1);
  await shelf.wipe();
  assert.equal(caches.named.size, 0);
  release();
  await new Promise((resolve) => setTimeout(resolve, 80));
  assert.equal(caches.named.size, 0);
});

test("what lies beside no shelf and can begin none is sent sealed, and told as long as nobody takes it", async () => {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  await recorded(shelf, "一", "二");
  for (const kept of caches.named.values()) for (const url of [...kept.keys()]) if (url.includes("/kept/begun/")) kept.delete(url);
  await lose(shelf);
  assert.equal(await bringBack(), false);
  const server = served(shelf.account);
  server.session = null;
  const unknown = async () => new Response(JSON.stringify({ refused: { code: "unknown_device", facts: {}, why: "" } }), { status: 422 });
  server.next.push(unknown);
  const { sent, left } = await sendLeft(wire());
  assert.deepEqual([sent, left.devices, left.envelopes.length], [0, [shelf.device], 2]);
  assert.deepEqual(await sendLeft(wire()), { sent: 2, left: { devices: [], envelopes: [] } });
  assert.deepEqual([server.log.size, /waiting/.test(caches.text())], [2, false]);
  await sendLeft(wire());
  assert.equal(caches.named.size, 0);
});

/** Entries beside no shelf, that none can be begun from. */
async function leftBehind(...texts) {
  const shelf = await enrolled();
  await shelf.lend(keepTwice);
  const visits = await recorded(shelf, ...texts);
  for (const kept of caches.named.values()) for (const url of [...kept.keys()]) if (url.includes("/kept/begun/")) kept.delete(url);
  await lose(shelf);
  const server = served(shelf.account);
  server.session = null;
  return { server, ids: visits.map(({ id }) => id) };
}

test("of what lies beside no shelf nothing leaves whose text the server did not keep", async () => {
  const { server, ids } = await leftBehind("一", "二", "三", "四", "五");
  server.refusals.set(ids[0], "not_kept_here").set(ids[1], "erased_thing").set(ids[2], "not_the_author").set(ids[3], "never_posted");
  const { sent, left } = await sendLeft(wire());
  assert.deepEqual([sent, left.envelopes.map(({ id }) => id)], [1, ids.slice(0, 3)]);
  assert.deepEqual(ids.map((id) => [...caches.named.values()].some((kept) => [...kept.keys()].some((url) => url.includes(id)))), [true, true, true, false, false]);
});

test("what had its answer is not sent again, and told as before; no more goes at once than a bad line bears", async () => {
  const { server, ids } = await leftBehind(...Array.from({ length: 3 }, () => Array.from({ length: 16_000 }, () => Math.random().toString(36).at(3)).join("")));
  server.refusals.set(ids[0], "not_kept_here");
  const tried = new Set();
  server.next = [undefined, "lost"];
  const size = ({ envelopes }) => JSON.stringify(envelopes).length;
  await sendLeft(wire(), tried).catch(() => null);
  const { left } = await sendLeft(wire(), tried);
  const pushed = server.asked.filter(([path]) => path === "push").map(([, told]) => told);
  assert.deepEqual(left.envelopes.map(({ id }) => id), [ids[0]]);
  assert.equal(pushed.filter(({ envelopes }) => envelopes.some(({ id }) => id === ids[0])).length, 1);
  assert.ok(pushed.length > 1 && pushed.every((told) => told.envelopes.length === 1 || size(told) < 41_000));
  const before = server.count("push");
  await sendLeft(wire(), tried);
  assert.equal(server.count("push"), before);
});
