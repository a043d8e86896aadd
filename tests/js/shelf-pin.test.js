import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { find, renew } from "../../src/concerto/faces/field/static/field/js/shelf/shelf.js";
import { clockAt, enrolled, NOON, PIN, refused, unsealed, visitOf } from "./shelf-phone.js";

globalThis.document = { getElementById: () => null };
const JS = "../../src/concerto/faces/field/static/field/js/";
const { Phone } = await import(`${JS}pages/phone.js`);
const { openTogether } = await import(`${JS}sync/together.js`);

const SECOND = 1000;
const wrong = async (shelf, times) => {
  for (let n = 0; n < times; n += 1) await assert.rejects(shelf.open("000000"), refused("wrong_pin"));
};

test("a PIN opens, a wrong one does not and says how many are free", async () => {
  const shelf = await enrolled();
  shelf.close();
  await assert.rejects(shelf.open("314159"), refused("wrong_pin", ({ left }) => left === 4));
  assert.equal(shelf.isOpen, false);
  await shelf.open(PIN);
  assert.equal(shelf.isOpen, true);
});

test("after five wrong PINs each next one waits twice as long, an hour at most", async () => {
  const shelf = await enrolled();
  shelf.close();
  await wrong(shelf, 5);
  const waits = [];
  for (let n = 0; n < 9; n += 1) {
    const { seconds } = await shelf.open(PIN).then(null, (error) => error.facts);
    waits.push(seconds);
    shelf.world.time += seconds * SECOND;
    await wrong(shelf, 1);
  }
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  shelf.world.time += 3600 * SECOND;
  await shelf.open(PIN);
  shelf.close();
  await assert.rejects(shelf.open("000000"), refused("wrong_pin", ({ left }) => left === 4));
});

test("how long the next try has to wait is known before it is made, and asking uses none", async () => {
  const shelf = await enrolled();
  shelf.close();
  await wrong(shelf, 4);
  assert.equal(await shelf.wait(), 0);
  await wrong(shelf, 1);
  shelf.world.time += 10 * SECOND;
  const again = await find(shelf.account, shelf.world);
  assert.deepEqual([await again.wait(), await again.wait()], [20, 20]);
  shelf.world.time += 20 * SECOND;
  assert.equal(await again.wait(), 0);
  await again.open(PIN);
});

test("a page killed in the middle of a try has used it", async (t) => {
  const shelf = await enrolled();
  shelf.close();
  t.mock.method(crypto.subtle, "deriveKey", () => new Promise(() => undefined));
  for (let n = 0; n < 5; n += 1) void shelf.open("000000");
  await new Promise((resolve) => setTimeout(resolve, 30));
  t.mock.restoreAll();
  const again = await find(shelf.account, shelf.world);
  await assert.rejects(again.open(PIN), refused("wait", ({ seconds }) => seconds === 30));
});

test("a clock set back does not shorten the wait, nor make it endless", async () => {
  const shelf = await enrolled();
  shelf.close();
  await wrong(shelf, 5);
  shelf.world.time -= 40 * 86_400 * SECOND;
  await assert.rejects(shelf.open(PIN), refused("wait", ({ seconds }) => seconds === 30));
  shelf.world.time += 29 * SECOND;
  await assert.rejects(shelf.open(PIN), refused("wait", ({ seconds }) => seconds === 1));
  shelf.world.time += SECOND;
  await shelf.open(PIN);
});

test("a PIN is six digits or more, or a phrase, the same from every keyboard", async () => {
  const shelf = await enrolled();
  for (const short of ["12345", "１２３４５", "       ", "seven.x"]) await assert.rejects(shelf.changePin(PIN, short), refused("pin_too_short"));
  await shelf.changePin(PIN, "３１４１５９");
  shelf.close();
  await shelf.open("314159");
  await shelf.changePin("314159", "春眠不觉晓处处闻");
  await assert.rejects(shelf.changePin("314159", "271828"), refused("wrong_pin"));
});

test("another PIN opens what was recorded under the one before", async () => {
  const shelf = await enrolled();
  await shelf.record((await visitOf("羊")).write);
  await shelf.changePin(PIN, "314159");
  shelf.close();
  await assert.rejects(shelf.open(PIN), refused("wrong_pin"));
  await shelf.open("314159");
  assert.equal((await shelf.entries())[0].shows.name, "羊");
});

test("a forgotten PIN: an empty shelf beside, and the old queue is still sent", async () => {
  const shelf = await enrolled();
  const visit = await visitOf("羊");
  await shelf.record(visit.write);
  await shelf.putPage({ v: 3 }, [{ id: "h", village: "v" }]);
  await shelf.putDraft("visit", {});
  shelf.close();
  const fresh = await renew(shelf.account, "314159", shelf.world);
  assert.deepEqual([(await fresh.cards()).size, (await fresh.state()).cursors], [0, {}]);
  assert.deepEqual([await fresh.drafts(), await fresh.draft("visit")], [[], null]);
  const [old] = await fresh.entries();
  assert.deepEqual([old.item, old.state], [null, "waiting"]);
  await fresh.record((await visitOf()).write);
  const [first, second] = await fresh.envelopes();
  assert.deepEqual((await unsealed(first)).sealed, [visit.part]);
  assert.equal(JSON.parse((await unsealed(second)).said).number, 2);
});

test("half a working day after opening the key is gone, also when the clock goes back", async (t) => {
  const world = clockAt();
  const shelf = await enrolled(world);
  world.time = NOON + 4 * 3600 * SECOND - 1;
  assert.equal(shelf.isOpen, true);
  world.time += 1;
  assert.equal(shelf.isOpen, false);
  await shelf.open(PIN);
  world.time = NOON - 86_400 * SECOND;
  const later = performance.now() + 4 * 3600 * SECOND;
  t.mock.method(performance, "now", () => later);
  assert.equal(shelf.isOpen, false);
});

test("the key goes to a tab of the same person, and closing one closes all", async () => {
  const one = await enrolled();
  const stranger = await enrolled();
  const other = await find(one.account, one.world);
  assert.equal(await other.openFromOtherTab(), true);
  one.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([one.isOpen, other.isOpen, stranger.isOpen], [false, false, true]);
  assert.equal(await other.openFromOtherTab(), false);
});

/** A tab of somebody on this phone, that hears of the others. */
async function tab(account, world) {
  const phone = new Phone();
  phone.hold(await find(account, world));
  openTogether(phone);
  return phone;
}

test("opened again with the PIN in one tab, it opens in the other", async () => {
  const one = await enrolled();
  const other = await tab(one.account, one.world);
  one.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(other.isOpen, false);
  await one.open(PIN);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(other.isOpen, true);
  other.kept.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual([one.isOpen, other.isOpen], [false, false]);
});

test("closed while its key is on the way to another tab, that one does not stay open", async () => {
  const one = await enrolled();
  const other = await tab(one.account, one.world);
  one.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const asked = other.kept.openFromOtherTab.bind(other.kept);
  other.kept.openFromOtherTab = async () => {
    const isOpen = await asked();
    one.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await other.kept.open(PIN); // as if the key had come last
    return isOpen;
  };
  await one.open(PIN);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.equal(other.isOpen, false);
});

test("no key of a shelf can be exported by a script", async (t) => {
  const handed = [];
  const post = BroadcastChannel.prototype.postMessage;
  t.mock.method(BroadcastChannel.prototype, "postMessage", function (told) {
    if (told.handed) handed.push(told.handed.key);
    return post.call(this, told);
  });
  const one = await enrolled();
  await (await find(one.account, one.world)).openFromOtherTab();
  assert.equal(handed.length, 1);
  await assert.rejects(crypto.subtle.exportKey("raw", handed[0]));
  await assert.rejects(crypto.subtle.exportKey("pkcs8", one.keys.privateKey));
});
