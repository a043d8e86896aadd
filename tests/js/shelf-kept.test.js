// What stays, what goes, and what a full disk or a denied one does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readFile } from "../../src/concerto/faces/field/static/field/js/shelf/carried.js";
import { forgetWords, mend, prune } from "../../src/concerto/faces/field/static/field/js/shelf/leaving.js";
import { find, people, newSigningKey } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { loose } from "../../src/concerto/faces/field/static/field/js/shelf/loose.js";
import { clockAt, enrolled, NOON, PIN, refused, said, SERVER_KEY, unsealed, visitOf } from "./shelf-phone.js";

const DAY = 86_400_000;
const at = (time) => new Date(time).toISOString();
const receipt = (id, more = {}) => ({ id, outcome: "accepted", seq: 7, epoch: 1, received_at: at(NOON), ...more });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test("each answer has its state, and words come under the key", async () => {
  const shelf = await enrolled();
  const visits = await Promise.all(Array.from({ length: 5 }, () => visitOf()));
  for (const { write } of visits) await shelf.record(write);
  const [sent, back, clash, waits, odd] = visits.map(({ id }) => id);
  await shelf.take([
    receipt(sent),
    { id: back, outcome: "refused", code: "day_not_come", why: "还没到", facts: { day: "2026-09-20", name: "阿依努尔" } },
    { id: clash, outcome: "clash", code: "seen_differently", facts: { meets: sent } },
    { id: waits, outcome: "waits", facts: { on: sent } },
    { id: odd, outcome: "something new" },
    receipt("not-here"),
  ]);
  assert.deepEqual((await shelf.entries()).map(({ state }) => state), ["sent", "back", "clash", "pending", "waiting"]);
  assert.equal((await shelf.entry(back)).why, "还没到");
  assert.equal((await shelf.entry(back)).facts.name, "阿依努尔");
  shelf.close();
  const row = await shelf.entry(back);
  assert.deepEqual([row.why, row.facts, row.code], ["", {}, "day_not_come"]);
  assert.deepEqual(await shelf.count(), { waiting: 1, pending: 1, back: 1, clash: 1 });
  assert.deepEqual((await shelf.envelopes()).map(({ id }) => id), [waits, odd]);
  const [had, met] = await shelf.envelopes([sent, clash]);
  assert.deepEqual(had.answered, { outcome: "accepted", seq: 7, epoch: 1 });
  assert.deepEqual(met.answered, { outcome: "clash", code: "seen_differently", facts: { meets: sent } });
});

test("a clash answered again without facts keeps them, and settled it is offered as the clash it was", async () => {
  const shelf = await enrolled();
  const { id, write } = await visitOf();
  await shelf.record(write);
  const clash = { id, outcome: "clash", code: "seen_differently" };
  await shelf.take([{ ...clash, facts: { meets: id }, why: "w" }]);
  await shelf.take([clash]);
  assert.deepEqual([(await shelf.entry(id)).facts, (await shelf.entry(id)).why], [{ meets: id }, "w"]);
  await shelf.take({ [id]: { outcome: "settled", by: "other" } }, { head: { epoch: 2, seq: 90 }, now: at(NOON) });
  const row = await shelf.entry(id);
  assert.deepEqual([row.state, row.by, row.epoch, row.seq], ["settled", "other", 2, 90]);
  assert.deepEqual((await shelf.envelopes([id]))[0].answered, { outcome: "clash", code: "seen_differently", facts: { meets: id } });
  await shelf.take([clash]);
  assert.equal((await shelf.entry(id)).state, "clash");
});

test("a receipted entry goes after thirty days and when a copy of this epoch holds it", async () => {
  const shelf = await enrolled();
  const [one, other] = [await visitOf(), await visitOf()];
  for (const { write } of [one, other]) await shelf.record(write);
  await shelf.take([receipt(one.id)]);
  const late = NOON + 31 * DAY;
  for (const [copied, now] of [
    [null, late],
    [{ epoch: 1, seq: 6 }, late],
    [{ epoch: 2, seq: 90 }, late],
    [{ epoch: 1, seq: 7 }, NOON + 30 * DAY],
  ]) {
    assert.equal(await prune(shelf, { copied, now }), 0);
  }
  assert.equal(await prune(shelf, { copied: { epoch: 1, seq: 7 }, now: late }), 1);
  assert.deepEqual((await shelf.entries()).map(({ id }) => id), [other.id]);
});

test("a phone whose clock is months wrong numbers, keeps and lets go like any other", async () => {
  for (const wrong of [-200 * DAY, 200 * DAY, -NOON - DAY]) {
    const shelf = await enrolled(clockAt(NOON + wrong));
    const { id, write } = await visitOf();
    await shelf.record(write);
    await shelf.record((await visitOf()).write);
    await shelf.take([receipt(id)]);
    assert.deepEqual((await shelf.entries()).map((row) => said(row).number), [1, 2]);
    assert.equal(await prune(shelf, { copied: { epoch: 1, seq: 9 }, now: NOON + DAY }), 0);
    assert.equal(await prune(shelf, { copied: { epoch: 1, seq: 9 }, now: NOON + 31 * DAY }), 1);
  }
});

test("erased words leave item, view and envelope, and nothing else does", async () => {
  const shelf = await enrolled();
  const [visit, other] = [await visitOf("阿依努尔病了"), await visitOf("母羊三只")];
  for (const { write } of [visit, other]) await shelf.record(write);
  const before = await shelf.envelopes([other.id]);
  assert.equal(await forgetWords(shelf, [visit.digest, "0".repeat(64)]), 1);
  const row = await shelf.entry(visit.id);
  assert.deepEqual([row.item.sealed, row.shows.name, said(row).sealed], [[], "", [visit.digest]]);
  const [envelope] = await shelf.envelopes([visit.id]);
  assert.deepEqual(await unsealed(envelope), row.item);
  assert.deepEqual(await shelf.envelopes([other.id]), before);
  assert.equal(await forgetWords(shelf, [visit.digest]), 0);
});

test("erased while locked, a receipted envelope goes at once and the rest at the next opening", async () => {
  const shelf = await enrolled();
  const [sent, waiting] = [await visitOf("一"), await visitOf("二")];
  for (const { write } of [sent, waiting]) await shelf.record(write);
  await shelf.take([receipt(sent.id)]);
  shelf.close();
  await forgetWords(shelf, [sent.digest, waiting.digest]);
  assert.deepEqual((await shelf.envelopes([sent.id, waiting.id])).map(({ id }) => id), [waiting.id]);
  await shelf.open(PIN);
  await mend(shelf); // the first round of an opening does so
  assert.deepEqual((await shelf.entries()).map((row) => row.item.sealed), [[], []]);
  for (const envelope of await shelf.envelopes([sent.id, waiting.id])) assert.deepEqual((await unsealed(envelope)).sealed, []);
});

test("a full disk is told, takes no number, and what was being written stays", async (t) => {
  const shelf = await enrolled();
  await shelf.putDraft("visit", { met: ["aynur"] });
  const { write } = await visitOf();
  for (const name of ["QuotaExceededError", "UnknownError"]) {
    const add = t.mock.method(IDBObjectStore.prototype, "add", () => {
      throw new DOMException("no room", name);
    });
    await assert.rejects(shelf.record(write, { draft: "visit" }), refused("disk_full"));
    add.mock.restore();
  }
  assert.deepEqual(await shelf.draft("visit"), { met: ["aynur"] });
  assert.equal((await shelf.record(write, { draft: "visit" })).number, 1);
  assert.equal(await shelf.draft("visit"), null);
});

test("a full disk is told from a mistake", async (t) => {
  const shelf = await enrolled();
  t.mock.method(IDBObjectStore.prototype, "add", () => {
    throw new DOMException("a bug", "DataCloneError");
  });
  await assert.rejects(shelf.record((await visitOf()).write), (error) => error.name === "DataCloneError");
});

test("a connection that the full disk closed is opened again when there is room", async (t) => {
  const shelf = await enrolled();
  await shelf.record((await visitOf()).write);
  const open = t.mock.method(indexedDB, "open", () => {
    const request = { error: new DOMException("no room", "UnknownError") };
    setTimeout(() => request.onerror());
    return request;
  });
  const transaction = t.mock.method(IDBDatabase.prototype, "transaction", () => {
    throw new DOMException("closing", "InvalidStateError");
  });
  await assert.rejects(shelf.entries(), refused("disk_full"));
  transaction.mock.restore();
  await assert.rejects(shelf.entries(), refused("disk_full"));
  open.mock.restore();
  assert.equal((await shelf.entries()).length, 1);
  assert.equal((await shelf.record((await visitOf()).write)).number, 2);
});

test("a large row that could not be written is a full disk too", async (t) => {
  const shelf = await enrolled();
  t.mock.method(IDBDatabase.prototype, "transaction", () => {
    const told = { error: new DOMException("Failed to write blobs (IOError)", "DataError"), objectStore: () => ({ index: () => ({ getAll: () => ({}) }) }) };
    setTimeout(() => told.onabort());
    return told;
  });
  await assert.rejects(shelf.entries(), refused("disk_full"));
});

test("no room to write the try down: no try", async (t) => {
  const shelf = await enrolled();
  shelf.close();
  t.mock.method(IDBObjectStore.prototype, "put", () => {
    throw new DOMException("no room", "QuotaExceededError");
  });
  await assert.rejects(shelf.open(PIN), refused("disk_full"));
});

test("where storage is denied each record is an envelope for a file, unsigned", async () => {
  for (const denied of [() => undefined, () => { throw new DOMException("no", "SecurityError"); }]) {
    const given = indexedDB;
    const put = (what) => Object.defineProperty(globalThis, "indexedDB", { configurable: true, ...what });
    put({ get: denied });
    await assert.rejects(people(), refused("no_storage"));
    await assert.rejects(find("anybody"), refused("no_storage"));
    put({ value: given, writable: true });
  }
  const shelf = loose({ who: { account: "a" }, serverKey: SERVER_KEY });
  const { id, write } = await visitOf();
  const row = await shelf.record(write);
  const file = readFile(await shelf.toFile().text());
  assert.deepEqual(file.envelopes, [{ id, box: row.box }]);
  assert.deepEqual(await unsealed(file.envelopes[0]), row.item);
});

test("the file holds what is filed nowhere, and is read again", async () => {
  const shelf = await enrolled();
  const [sent, waiting, clash] = await Promise.all([visitOf(), visitOf(), visitOf()]);
  for (const { write } of [sent, waiting, clash]) await shelf.record(write);
  await shelf.take([receipt(sent.id), { id: clash.id, outcome: "clash", code: "c" }]);
  shelf.close();
  const text = await (await shelf.toFile()).text();
  const file = readFile(text);
  assert.deepEqual([file.device, file.ticket], [shelf.device, "ticket"]);
  assert.deepEqual(file.envelopes.map(({ id }) => id), [waiting.id, clash.id]);
  for (const [wrong, code] of [
    ["{", "not_a_file_of_envelopes"],
    ['{"concerto":"envelopes","version":2,"envelopes":[]}', "file_of_another_version"],
    ['{"concerto":"envelopes","version":1,"envelopes":[]}', "file_without_envelopes"],
    ['{"concerto":"envelopes","version":1,"envelopes":[{"id":"x","box":"%"}]}', "not_a_file_of_envelopes"],
  ]) {
    assert.throws(() => readFile(wrong), refused(code));
  }
});

test("cards come by pages, move between villages, and go with their grant", async () => {
  const shelf = await enrolled();
  const heard = [];
  const other = await find(shelf.account, shelf.world);
  await other.openFromOtherTab();
  other.onChange((what) => heard.push(what));
  const card = (id, village, head = "") => ({ id, village, head });
  await shelf.putPage({ a: 2 }, [card("1", "a"), card("2", "a")]);
  await other.putPage({ a: 3, b: 5 }, [card("2", "b"), card("3", "b")], []);
  await shelf.putPage({ a: 4 }, [card("1", "a", "x")], ["3"]);
  assert.deepEqual(Object.fromEntries([...(await other.cards())].map(([id, one]) => [id, one.village + one.head])), { 1: "ax", 2: "b" });
  assert.deepEqual((await shelf.state()).cursors, { a: 4, b: 5 });
  await settle();
  assert.ok(heard.includes("cards"));
  shelf.close();
  await assert.rejects(shelf.cards(), refused("locked"));
  await shelf.dropGrant("a");
  await shelf.open(PIN);
  assert.deepEqual([[...(await shelf.cards()).keys()], (await shelf.state()).cursors], [["2"], { b: 5 }]);
  await shelf.dropCards();
  assert.equal((await shelf.cards()).size, 0);
});

test("where it stands is kept, and who works where only under the key", async () => {
  const shelf = await enrolled();
  await shelf.putState({ epoch: "1" });
  await shelf.putState({ marks: ["x"] });
  await shelf.putAbout({ people: { a: "马兰" } });
  assert.deepEqual(await shelf.about(), { people: { a: "马兰" } });
  shelf.close();
  assert.deepEqual(await shelf.state(), { epoch: "1", marks: ["x"] });
  await assert.rejects(shelf.about(), refused("locked"));
});

test("wiped: nothing is there, another tab hears it and can't bring it back", async () => {
  const shelf = await enrolled();
  const other = await find(shelf.account, shelf.world);
  const heard = [];
  other.onChange((what) => heard.push(what));
  await shelf.record((await visitOf()).write);
  await shelf.wipe();
  await settle();
  assert.ok(heard.includes("wiped"));
  await assert.rejects(other.entries(), refused("no_shelf"));
  assert.equal(await find(shelf.account), null);
  assert.ok(!(await people()).some(({ account }) => account === shelf.account));
  assert.ok(!(await indexedDB.databases()).some(({ name }) => name.includes(shelf.account)));
});

test("who has a shelf here is not given a second one over it", async () => {
  const shelf = await enrolled();
  await assert.rejects(enrolled(shelf.world, shelf.account), refused("shelf_here"));
});

test("what yesterday's version wrote is read, and sent byte for byte", async () => {
  const old = JSON.parse(readFileSync(new URL("./shelf-yesterday.json", import.meta.url), "utf8"));
  const { pair } = await newSigningKey();
  await new Promise((resolve, reject) => {
    const request = indexedDB.open(`concerto-${old.about.who.account}`, 1);
    request.onupgradeneeded = () => {
      const about = request.result.createObjectStore("about");
      for (const [name, value] of Object.entries(old.about)) about.put(name === "device" ? { ...value, pair } : value, name);
      const entries = request.result.createObjectStore("entries", { keyPath: "id" });
      for (const index of ["number", "state"]) entries.createIndex(index, index);
      for (const row of old.entries) entries.put(row);
      request.result.createObjectStore("cards", { keyPath: "grant" }).put(old.card);
      request.result.createObjectStore("drafts", { keyPath: "key" }).put(old.draft);
    };
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = () => reject(request.error);
  });
  const shelf = await find(old.about.who.account);
  assert.deepEqual(await shelf.count(), { waiting: 1, pending: 0, back: 1, clash: 1 });
  const sent = old.entries.map(({ id, box, sig }) => ({ id, box, sig }));
  const envelopes = await shelf.envelopes(sent.map(({ id }) => id));
  assert.deepEqual(envelopes.map(({ id, box, sig }) => ({ id, box, sig })), sent);
  await shelf.open(PIN);
  assert.deepEqual((await shelf.entries()).map((row) => row.item), old.items);
  assert.deepEqual((await shelf.entries()).map((row) => row.why), old.whys);
  assert.deepEqual([...(await shelf.cards()).values()], old.cards);
  assert.deepEqual(await shelf.draft(old.draft.key), old.answers);
  await shelf.take([receipt(sent[0].id)]);
  assert.equal((await shelf.entries())[0].state, "sent");
  assert.equal((await shelf.record((await visitOf()).write)).number, old.entries.length + 1);
});
