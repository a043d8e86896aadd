// When the phone speaks to the server, and what it says of a line, a session and a disk.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Loop } from "../../src/concerto/faces/field/static/field/js/sync/loop.js";
import { enrolled, visitOf } from "./shelf-phone.js";
import { served, VILLAGE, wire } from "./sync-server.js";

/** A page with a phone on it. `tell` says what happened to the page; `paused` is what waits for a pause to end. */
async function page(t) {
  const heard = new EventTarget();
  const paused = [];
  const line = { onLine: true };
  const seen = Object.assign(new EventTarget(), { hidden: false });
  const put = (name, value) => Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  put("addEventListener", heard.addEventListener.bind(heard));
  put("document", seen);
  put("navigator", Object.create(navigator, { onLine: { get: () => line.onLine }, locks: { value: navigator.locks } }));
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  const listeners = [];
  const phone = { shelf, denied: false, people: [], tell: () => {}, onChange: (listener) => listeners.push(listener) };
  const link = { phone, head: { draws: 0, draw: () => (link.head.draws += 1) }, session: "", offline: false, certificate: false, refused: "", ended: null, busy: "" };
  const loop = new Loop(link, wire(50));
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, "setTimeout", (run, pause, ...more) => (pause > 1000 ? paused.push([run, pause]) : real(run, pause, ...more)));
  return { shelf, server, link, loop, line, seen, paused, tell: (name) => heard.dispatchEvent(new Event(name)), changed: (what) => listeners.forEach((listener) => listener(what)) };
}

const record = async (shelf) => shelf.record((await visitOf()).write);
const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));

test("it speaks when it is opened, when one returns to it, when signal comes and when the shelf opens", async (t) => {
  const { server, loop, seen, tell, changed } = await page(t);
  await loop.begin();
  assert.equal(server.count("pull"), 1);
  for (const again of [() => seen.dispatchEvent(new Event("visibilitychange")), () => tell("online"), () => changed("open")]) {
    server.asked = [];
    again();
    await quiet();
    assert.equal(server.count("pull"), 1);
  }
  server.asked = [];
  seen.hidden = true;
  seen.dispatchEvent(new Event("visibilitychange"));
  await quiet();
  assert.equal(server.asked.length, 0);
});

test("asked for ten times during one round, it speaks once more", async (t) => {
  const { server, loop } = await page(t);
  await Promise.all(Array.from({ length: 10 }, () => loop.now()));
  assert.equal(server.count("pull"), 2);
});

test("a bad line is tried again after pauses that grow; one that nobody looks at is left alone", async (t) => {
  const { shelf, server, link, loop, seen, paused } = await page(t);
  await record(shelf);
  for (const least of [1.5, 3.5, 11, 33]) {
    server.next = ["hangs"];
    await loop.now();
    const [, pause] = paused.at(-1);
    assert.ok(pause >= least * 1000);
    assert.ok(link.offline);
  }
  const before = paused.length;
  seen.hidden = true;
  server.next = ["hangs"];
  await loop.now();
  assert.equal(paused.length, before);
  await loop.now();
  assert.deepEqual([link.offline, (await shelf.count()).waiting], [false, 0]);
});

test("a line that brings something now and then is tried again soon", async (t) => {
  const { shelf, server, loop, paused } = await page(t);
  for (let n = 0; n < 4; n += 1) {
    await record(shelf);
    server.next = [undefined, "lost"];
    await loop.now();
    assert.ok(paused.at(-1)[1] <= 2500);
  }
  assert.equal((await shelf.count()).waiting, 0);
});

test("twice no fetching while the phone thinks it is online looks like a certificate; without signal it does not", async (t) => {
  const { server, link, loop, line } = await page(t);
  const tries = [];
  for (const online of [true, true, false]) {
    line.onLine = online;
    server.next = ["lost"];
    await loop.now();
    tries.push(link.certificate);
  }
  assert.deepEqual(tries, [false, true, false]);
  line.onLine = true;
  await loop.now();
  assert.deepEqual([link.offline, link.certificate], [false, false]);
});

test("a full disk is told from no signal, and what comes fits when there is room", async (t) => {
  const { shelf, server, link, loop } = await page(t);
  server.pages = [{ cards: [{ id: "1", village: VILLAGE }] }, { cards: [{ id: "1", village: VILLAGE }] }];
  const put = t.mock.method(IDBObjectStore.prototype, "put", () => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await loop.now();
  assert.deepEqual([link.refused, link.offline], ["disk_full", false]);
  put.mock.restore();
  await loop.now();
  assert.deepEqual([link.refused, (await shelf.cards()).size], ["", 1]);
});

test("whose session it is, is told", async (t) => {
  const { server, link, loop } = await page(t);
  for (const [session, said] of [[null, "none"], ["somebody", "other"], [server.account, "mine"]]) {
    server.session = session;
    await loop.now();
    assert.equal(link.session, said);
  }
});

test("an alarm stays until it was read, and the end says how many were handed over", async (t) => {
  const { shelf, server, link, loop } = await page(t);
  await loop.now();
  server.pages = [{ again: true, cursors: undefined, alarm: { code: "head_lost", why: "w" } }];
  await loop.now();
  assert.equal((await shelf.state()).alarm.code, "head_lost");
  await record(shelf);
  server.device = "ended";
  await loop.now();
  assert.deepEqual(link.ended, { state: "ended", handed: 1 });
});

test("another's shelf on this phone is sent sealed, and wiped when their work here ended", async (t) => {
  const { server, link, loop } = await page(t);
  const other = await enrolled();
  await record(other);
  other.leave();
  await loop.now();
  assert.ok(server.asked.some(([path, told]) => path === "push" && told.device === other.device && told.envelopes.length === 1));
  assert.equal(link.ended, null);
});

test("a shelf that was locked in the middle is no trouble", async (t) => {
  const { shelf, server, link, loop, paused } = await page(t);
  server.next = [() => {
    shelf.close();
    return { now: new Date().toISOString(), device: "in_use", head: server.head(), epoch: "e", cursors: { [VILLAGE]: 1 }, cards: [{ id: "1", village: VILLAGE }] };
  }];
  await loop.now();
  assert.deepEqual([link.offline, link.refused, link.busy, paused.length], [false, "", "", 0]);
});

test("what one person's shelf is refused keeps nobody else's waiting", async (t) => {
  const { server, link, loop } = await page(t);
  const [first, second] = [await enrolled(), await enrolled()];
  const { id } = await record(second);
  for (const shelf of [first, second]) shelf.leave();
  const line = globalThis.fetch;
  const asked = (address, { body }) => address + (body ? gunzipped(body) : "");
  t.mock.method(globalThis, "fetch", async (address, how) => {
    const refused = { refused: { code: "unknown_device", facts: {}, why: "w" } };
    return asked(address, how).includes(first.device) ? new Response(JSON.stringify(refused), { status: 422 }) : line(address, how);
  });
  await loop.now();
  assert.ok(server.log.has(id));
  assert.deepEqual([link.offline, link.refused], [false, ""]);
});

const gunzipped = (body) => (body[0] === 0x1f ? gunzipSync(body) : Buffer.from(body)).toString();
