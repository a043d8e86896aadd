// A full disk under a page that is open: the browser drops the database, and nothing that was written is lost for it.
import "./as-served.js";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Storage } from "./shelf-cache.js";
import { clockAt, enrolled, PIN, said, visitOf } from "./shelf-phone.js";
import { served, VILLAGE, wire } from "./sync-server.js";

const JS = "../../src/concerto/faces/field/static/field/js/";
/** A piece of the shell: what is put into it, and what its keys do. */
const piece = (id) => {
  const again = Object.assign(new EventTarget(), { setAttribute: () => {} });
  const keys = { again, copy: new EventTarget(), share: new EventTarget() };
  const strong = {};
  const all = (asked) => (asked.includes("data-do") ? [keys[/"(\w+)"/.exec(asked)[1]]].filter(Boolean) : asked === '[data-put="what"]' ? [strong] : []);
  return { id, keys, strong, dataset: {}, focus: () => {}, remove: () => {}, querySelectorAll: all, querySelector: (asked) => all(asked)[0] };
};
const page = Object.assign(new EventTarget(), {
  hidden: false,
  getElementById: (id) => (id.startsWith("n-") ? { content: { firstElementChild: id } } : null),
  querySelector: () => null,
  importNode: ({ firstElementChild: id }) => ({ firstElementChild: piece(id) }),
});
const put = (name, value) => Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
put("document", page);
put("addEventListener", () => {});
put("Node", class {});
put("location", { hash: "" });
put("history", { pushState: () => {} });
put("FormData", class {
  constructor({ answers }) {
    this.answers = answers;
  }
  *[Symbol.iterator]() {
    for (const [name, values] of Object.entries(this.answers)) for (const value of values) yield [name, value];
  }
});

const { learn } = await import(`${JS}forms/blanks.js`);
const { find, people } = await import(`${JS}shelf/shelf.js`);
const { keepTwice } = await import(`${JS}shelf/twice.js`);
const { Loop } = await import(`${JS}sync/loop.js`);
const { draftOf, keepDraft } = await import(`${JS}pages/drafting.js`);
const { full } = await import(`${JS}pages/full.js`);
const lost = await import(`${JS}pages/lost.js`);
const { Phone } = await import(`${JS}pages/phone.js`);
const { submit } = await import(`${JS}pages/writing.js`);

const CARD = { id: "h", village: VILLAGE, people: [], w: {} };
let shelf, phone, server, link, loop, paused, stage;

beforeEach(async (t) => {
  globalThis.caches = new Storage();
  shelf = await enrolled(clockAt(Date.now()));
  server = served(shelf.account);
  server.logId = shelf.log;
  phone = new Phone();
  phone.hold(shelf);
  link = { phone, lost, head: { draw: () => {} }, session: "", offline: false, certificate: false, refused: "", ended: null, busy: "", arrived: 0 };
  loop = new Loop(link, wire(50));
  paused = [];
  const real = globalThis.setTimeout;
  t.mock.method(globalThis, "setTimeout", (run, pause, ...more) => (pause > 1000 ? paused.push([run, pause]) : real(run, pause, ...more)));
  server.pages = [{ cards: [CARD] }];
  await loop.now();
  await phone.read();
  stage = {
    phone, turn: 1, later: Promise.resolve({ full }), tell: () => {}, go: (hash) => (location.hash = hash), onAside: () => {},
    main: { querySelector: () => null }, show: async () => {},
  };
});

/** What a browser does with a database that it takes for broken: every page of it loses its connection. */
async function drop() {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
  }
}

/** No room for whatever is written. */
const fill = (t) => t.mock.method(IDBObjectStore.prototype, "put", () => {
  throw new DOMException("no room", "QuotaExceededError");
});

const offline = (t) => t.mock.method(globalThis, "fetch", async () => {
  throw new TypeError("Failed to fetch");
});
const record = async (text) => shelf.record((await visitOf(text)).write);

test("a database that goes under an open page is begun again in place: with its numbers, its signature, cards and drafts", async (t) => {
  const line = offline(t);
  await record("母羊三只");
  await record("母羊四只");
  await phone.read();
  phone.keepHere("visit/h", { words: ["还没写完"] });
  await drop();
  line.mock.restore();
  const asked = server.asked.length;
  await loop.now();
  assert.deepEqual([link.offline, link.refused, paused.length, server.asked.length], [false, "", 1, asked]);
  assert.deepEqual([shelf.isOpen, shelf.signs, (await shelf.cards()).size, await shelf.draft("visit/h")], [true, true, 1, { words: ["还没写完"] }]);
  assert.deepEqual((await shelf.state()).lost, { all: true, here: true, entries: 2 });
  assert.deepEqual((await record("母羊五只")).number, 3);
  paused[0][0]();
  await loop.now();
  assert.deepEqual([server.log.size, (await shelf.count()).waiting], [3, 0]);
  assert.ok((await shelf.lend((_home, outbox) => outbox.rows())).every(({ sig }) => sig));
  assert.deepEqual((await people()).filter(({ account }) => account === shelf.account).length, 1);
  shelf.leave();
  const again = await find(shelf.account, clockAt(Date.now()));
  await again.open(PIN);
  assert.deepEqual([again.signs, (await again.entries()).map((row) => row.item.sealed[0].text)], [true, ["母羊三只", "母羊四只", "母羊五只"]]);
});

test("what lay in the database alone is made anew from the page that shows it, under its number", async (t) => {
  offline(t);
  await shelf.lend(keepTwice);
  const { open } = caches;
  caches.open = async () => Object.assign(await open.call(caches, `concerto-kept-${shelf.account}`), { put: async () => Promise.reject(new DOMException("", "UnknownError")) });
  const { id, number } = await record("只有一处");
  await phone.read();
  caches.open = open;
  assert.deepEqual([...shelf.once], [id]);
  await drop();
  await loop.now();
  const [row] = await shelf.entries();
  assert.deepEqual([row.id, row.number, row.state, row.item.sealed[0].text], [id, number, "waiting", "只有一处"]);
  assert.equal((await record("下一笔")).number, number + 1);
});

test("as long as there is no room it is told as that, not as no signal, and tried again; nothing is recorded into half a shelf", async (t) => {
  const { id } = await record("母羊三只");
  await phone.read();
  await drop();
  const disk = fill(t);
  for (const least of [1.5, 3.5]) {
    await loop.now();
    assert.deepEqual([link.offline, link.refused], [false, "shelf_gone"]);
    assert.ok(paused.at(-1)[1] >= least * 1000);
  }
  disk.mock.restore();
  await assert.rejects(record("到不了"), ({ code }) => code === "no_shelf");
  await phone.read();
  assert.deepEqual([phone.rows.map((row) => row.id), phone.cards.size], [[id], 1]);
  await loop.now();
  await loop.now();
  assert.deepEqual([link.refused, server.log.has(id), (await shelf.entries()).length], ["", true, 1]);
});

test("a shelf that was wiped stays gone, and it is said", async () => {
  await record("母羊三只");
  const other = await find(shelf.account, clockAt());
  await other.wipe();
  other.leave();
  await pause();
  phone.shelf = shelf; // before this page has heard of it
  await loop.now();
  assert.deepEqual([link.offline, link.refused, await find(shelf.account)], [false, "no_shelf", null]);
  assert.ok(!(await caches.keys()).includes(`concerto-kept-${shelf.account}`));
});

// ---------------------------------------------------------------- a form

const SHEET = {
  name: "call", kind: "call", about: "household", happened: "asked",
  fields: { household: { type: "thing", name: "household" }, words: { type: "sealed", of: "words", about: "household" } },
  parts: ["words"],
  asks: { day: {}, on: { read: "day" }, words: { read: "words", most: 99 } },
  checks: [],
};
learn("call", { querySelector: (id) => (id === "script#blank-sheets" ? { textContent: JSON.stringify({ call: SHEET }) } : null) });
const told = (text) => ({ day: ["today"], words: [text] });
const formOf = (text) => {
  const shown = [];
  return Object.assign(new EventTarget(), {
    dataset: {}, answers: text === undefined ? {} : told(text), shown, isConnected: true, querySelectorAll: () => [],
    prepend: (notice) => shown.push(notice), contains: (notice) => shown.includes(notice),
  });
};
const kept = (form, key = "call/h") => keepDraft(stage, form, key, null);
const press = (form, drafts = kept(form)) => submit(stage, { form: "call", key: "call/h", back: "#list" }, { form, card: CARD, saw: new Map() }, drafts);
const pause = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
/** What is written is kept as a draft. */
async function write(form, text, drafts) {
  form.answers = told(text);
  drafts.left();
  await pause();
}

test("a form whose database is gone begins it again and is recorded, without a word of it", async () => {
  const form = formOf("母羊三只");
  await drop();
  await press(form);
  const rows = await shelf.entries();
  assert.deepEqual([form.shown, rows.map((row) => row.item.sealed[0].text)], [[], ["母羊三只"]]);
});

test("without room it says so in words, and can be tried again or leave sealed; with room it is recorded", async (t) => {
  const form = formOf("母羊三只");
  await drop();
  const disk = fill(t);
  await press(form);
  const [notice] = form.shown;
  assert.deepEqual([notice.id, notice.strong.textContent], ["n-disk", "shelf_gone"]);
  assert.deepEqual([phone.held.get("call/h").answers, form.dataset.going], [told("母羊三只"), undefined]);
  disk.mock.restore();
  const done = new Promise((resolve) => (stage.go = resolve));
  notice.keys.again.dispatchEvent(new Event("click"));
  await done;
  assert.deepEqual((await shelf.entries()).map((row) => row.item.sealed[0].text), ["母羊三只"]);
  assert.equal(phone.held.has("call/h"), false);
});

test("what a draft was kept of stays with the page until it is recorded, though the disk loses it", async () => {
  const form = formOf();
  const drafts = kept(form);
  await write(form, "母羊三只", drafts);
  assert.deepEqual(await shelf.draft("call/h"), told("母羊三只"));
  await drop();
  assert.deepEqual(await draftOf(phone, "call/h"), told("母羊三只"));
  await press(form, drafts);
  assert.deepEqual([await draftOf(phone, "call/h"), (await shelf.entries()).length], [null, 1]);
});

test("recorded in another tab, a form is begun anew in this one", async () => {
  const form = formOf();
  await write(form, "母羊三只", kept(form));
  const other = await find(shelf.account, clockAt());
  await other.openFromOtherTab();
  await other.record((await visitOf("母羊三只")).write, { draft: "call/h" });
  await pause();
  assert.deepEqual([await draftOf(phone, "call/h"), phone.held.size], [null, 0]);
  other.leave();
});

test("a draft that can't be read is no empty one: it is not written over", async (t) => {
  await shelf.putDraft("call/h", told("以前写的"));
  const read = t.mock.method(IDBObjectStore.prototype, "get", () => {
    throw new DOMException("no room", "UnknownError");
  });
  const before = await draftOf(phone, "call/h");
  assert.equal(before, undefined);
  const form = formOf();
  const drafts = keepDraft(stage, form, "call/h", before);
  await write(form, "后来写的", drafts);
  read.mock.restore();
  await write(form, "后来又写的", drafts);
  assert.deepEqual([await shelf.draft("call/h"), phone.held.get("call/h").answers], [told("以前写的"), told("后来又写的")]);
});
