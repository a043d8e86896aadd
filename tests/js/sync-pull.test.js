// What changed comes page by page; a restored server is noticed, and nothing it lost is lost for good.
import assert from "node:assert/strict";
import { test } from "node:test";
import { uuid7 } from "../../src/concerto/faces/field/static/field/js/shelf/ids.js";
import { readOwed } from "../../src/concerto/faces/field/static/field/js/shelf/owed.js";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { enrolled, NOON, visitOf } from "./shelf-phone.js";
import { served, VILLAGE, wire } from "./sync-server.js";

const DAY = 86_400_000;
const card = (id, more = {}) => ({ id, village: VILLAGE, w: {}, ...more });

async function phone() {
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  return { shelf, server };
}

async function recorded(shelf, words = "母羊三只") {
  const visit = await visitOf(words);
  await shelf.record(visit.write);
  return visit;
}

const pulls = (server) => server.asked.filter(([path]) => path === "pull").map(([, told]) => told);
const cards = async (shelf) => [...(await shelf.cards()).keys()].sort();

test("pages are asked for until there are no more, each from where the last one ended", async () => {
  const { shelf, server } = await phone();
  server.pages = [
    { cursors: { [VILLAGE]: 3 }, cards: [card("1"), card("2")], more: true, about: { digest: "a", grants: [{ id: VILLAGE, name: "阿" }], people: {} } },
    { cursors: { [VILLAGE]: 9 }, cards: [card("3")], gone: ["2"] },
  ];
  await round(shelf, wire());
  const [first, second] = pulls(server);
  assert.deepEqual([first.grants, first.head, second.grants, second.about], [{}, undefined, { [VILLAGE]: 3 }, "a"]);
  assert.deepEqual(await cards(shelf), ["1", "3"]);
  assert.equal((await shelf.about()).grants[0].name, "阿");
  const { cursors, epoch, head } = await shelf.state();
  assert.deepEqual([cursors, epoch, head], [{ [VILLAGE]: 9 }, "e1", server.head()]);
});

test("a cut between two pages goes on with the second", async () => {
  const { shelf, server } = await phone();
  server.pages = [{ cursors: { [VILLAGE]: 3 }, cards: [card("1")], more: true }, { cursors: { [VILLAGE]: 9 }, cards: [card("2")] }];
  server.next = [undefined, "lost"];
  await assert.rejects(round(shelf, wire()));
  assert.deepEqual(await cards(shelf), ["1"]);
  await round(shelf, wire());
  assert.deepEqual(pulls(server).map(({ grants }) => grants[VILLAGE]), [undefined, 3, 3]);
  assert.deepEqual(await cards(shelf), ["1", "2"]);
});

test("a page that tells what changed of cards which were let go meanwhile is asked for anew", async () => {
  const { shelf, server } = await phone();
  server.pages = [{ cursors: { [VILLAGE]: 3 }, cards: [card("1"), card("2")] }];
  await round(shelf, wire());
  server.next = [async (told) => {
    await shelf.dropCards(); // as a new PIN does in another tab
    assert.equal(told.grants[VILLAGE], 3);
    return { now: new Date(server.now).toISOString(), device: "in_use", head: server.head(), epoch: "e1", cursors: { [VILLAGE]: 9 }, cards: [card("2")] };
  }];
  server.pages = [{ cursors: { [VILLAGE]: 9 }, cards: [card("1"), card("2")] }];
  await round(shelf, wire());
  assert.deepEqual(pulls(server).map(({ grants }) => grants[VILLAGE]), [undefined, 3, undefined]);
  assert.deepEqual(await cards(shelf), ["1", "2"]);
});

test("nothing new is one small question and changes no card", async () => {
  const { shelf, server } = await phone();
  await round(shelf, wire());
  server.asked = [];
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path]) => path), ["pull"]);
  assert.ok(server.asked[0][2] < 600);
});

test("a grant that ended takes its cards along, a new one is filled from zero", async () => {
  const { shelf, server } = await phone();
  const other = uuid7();
  server.pages = [{ cursors: { [VILLAGE]: 2, [other]: 2 }, cards: [card("1"), card("2", { village: other })] }];
  await round(shelf, wire());
  server.pages = [{ cursors: { [VILLAGE]: 2 } }];
  await round(shelf, wire());
  assert.deepEqual([await cards(shelf), (await shelf.state()).cursors], [["1"], { [VILLAGE]: 2 }]);
});

test("words that were erased leave the outbox before the page's number is kept", async () => {
  const { shelf, server } = await phone();
  const { id, digest } = await recorded(shelf, "阿依努尔病了");
  server.pages = [{ cursors: { [VILLAGE]: 5 }, erased: [digest] }];
  await round(shelf, wire());
  const row = await shelf.entry(id);
  assert.deepEqual([row.state, row.item.sealed, row.shows.name], ["sent", [], ""]);
});

test("how own unfiled entries stand is asked for and taken, words too; the same again changes nothing", async () => {
  const { shelf, server } = await phone();
  const { id } = await recorded(shelf);
  server.clashes.set(id, "other");
  await round(shelf, wire());
  server.asked = [];
  server.pulled = { mine: { [id]: { outcome: "clash", code: "seen_differently", facts: { meets: "other" }, why: "两个说法" } } };
  await round(shelf, wire());
  assert.deepEqual(pulls(server)[0].mine, [id]);
  assert.equal((await shelf.entry(id)).why, "两个说法");
  const heard = [];
  shelf.onChange((what) => heard.push(what));
  await round(shelf, wire());
  assert.ok(!heard.includes("entries"));
  const who = "00000000-0000-7000-8000-000000000001";
  server.pulled = { mine: { [id]: { outcome: "settled", by: "third", facts: { who } } } };
  await round(shelf, wire());
  const row = await shelf.entry(id);
  assert.deepEqual([row.state, row.by, row.facts], ["settled", "third", { meets: "other", who }]);
});

test("what was filed without this phone is offered once for its number", async () => {
  const { shelf, server } = await phone();
  const { id } = await recorded(shelf);
  server.refusals.set(id, "not_posted_there");
  await round(shelf, wire());
  server.refusals.clear();
  server.log.set(id, 1);
  server.pages = [{ mine: { [id]: { outcome: "accepted" } } }];
  await round(shelf, wire());
  const row = await shelf.entry(id);
  assert.deepEqual([row.state, row.seq, (await shelf.state()).offering], ["sent", 1, []]);
});

test("what the server does not know is sent once more, and not again", async () => {
  const { shelf, server } = await phone();
  const { id } = await recorded(shelf);
  server.refusals.set(id, "not_kept_here");
  await round(shelf, wire());
  const pushes = [];
  for (let n = 0; n < 3; n += 1) {
    server.asked = [];
    await round(shelf, wire());
    pushes.push(server.count("push"));
  }
  assert.deepEqual([pushes, (await shelf.entry(id)).state], [[0, 0, 0], "back"]);
});

test("a server that writes its cards in another way is asked for all of them and offered nothing", async () => {
  const { shelf, server } = await phone();
  await recorded(shelf);
  server.pages = [{ cards: [card("1")] }];
  await round(shelf, wire());
  server.asked = [];
  server.pages = [{ again: true, cursors: undefined, epoch: "another" }, { epoch: "another", cards: [card("1")] }];
  await round(shelf, wire());
  assert.deepEqual([server.asked.map(([path]) => path), await cards(shelf)], [["pull", "pull"], ["1"]]);
  assert.equal((await shelf.state()).alarm, undefined);
});

test("a receipted entry leaves when a copy holds it and thirty days are over by the server's clock", async () => {
  const { shelf, server } = await phone();
  await recorded(shelf);
  await round(shelf, wire());
  server.pulled = { copied: { epoch: 1, seq: 1 } };
  await round(shelf, wire());
  assert.equal((await shelf.entries()).length, 1);
  server.now = NOON + 31 * DAY;
  await round(shelf, wire());
  assert.equal((await shelf.entries()).length, 0);
});

test("the head that is told is the latest seen, also by a push since", async () => {
  const { shelf, server } = await phone();
  await round(shelf, wire());
  await recorded(shelf);
  server.next = [undefined, "lost"];
  await assert.rejects(round(shelf, wire()));
  await round(shelf, wire());
  assert.deepEqual(pulls(server).at(-1).head, { epoch: 1, seq: 1, digest: "d1-1" });
});

// ---------------------------------------------------------------- after a restore

/** A phone whose entries the server had, in the state named; then the server is yesterday's. */
async function restored({ silently = false } = {}) {
  const { shelf, server } = await phone();
  const [sent, clash, settled] = [await recorded(shelf), await recorded(shelf), await recorded(shelf)];
  const [kept, lost] = [uuid7(), uuid7()];
  server.clashes.set(clash.id, kept).set(settled.id, kept);
  server.pages = [{ cards: [card("1", { w: { "": kept } }), card("2", { w: { "": kept }, people: [{ w: { "": lost } }] }), card("3", { w: { "": sent.id } })] }];
  await round(shelf, wire());
  server.pulled = { mine: { [settled.id]: { outcome: "settled", by: uuid7() } } };
  await round(shelf, wire());
  server.pulled = {};
  server.log = new Map();
  server.lost = new Set([lost, sent.id]);
  server.clashes.clear();
  if (!silently) server.epoch = 2;
  server.asked = [];
  const again = { again: true, cursors: undefined, alarm: { code: silently ? "head_lost" : "lost_in_restore", why: "服务器回到了昨天" } };
  return { shelf, server, sent, clash, settled, again };
}

test("after a restore one is told which cards went back, and everything is offered with the answer it had", async () => {
  for (const silently of [false, true]) {
    const { shelf, server, sent, clash, settled, again } = await restored({ silently });
    server.pages = [again, { cards: [card("1"), card("2")] }];
    await round(shelf, wire());
    assert.deepEqual(server.asked.map(([path]) => path), ["pull", "lacking", "push", "pull"]);
    const offered = server.asked[2][1].entries.map(({ answered }) => answered.outcome);
    assert.deepEqual(offered, ["accepted", "clash", "clash"]);
    assert.deepEqual(pulls(server)[1].grants, {});
    const { alarm, offering } = await shelf.state();
    assert.deepEqual([alarm.code, alarm.cards, offering], [silently ? "head_lost" : "lost_in_restore", ["2"], []]);
    assert.deepEqual([...server.log.keys()], [sent.id]);
    assert.deepEqual(await Promise.all([sent, clash, settled].map(async ({ id }) => (await shelf.entry(id)).state)), ["sent", "clash", "clash"]);
    assert.deepEqual(await cards(shelf), ["1", "2"]);
  }
});

test("cut anywhere in the middle of that, it goes on and says the same", async () => {
  for (const cut of [1, 2, 3]) {
    const { shelf, server, sent, again } = await restored();
    server.pages = cut === 1 ? [again, again, { cards: [card("1")] }] : [again, { cards: [card("1")] }];
    server.next = [...Array(cut), "lost"];
    await assert.rejects(round(shelf, wire()));
    await round(shelf, wire());
    const { alarm, offering } = await shelf.state();
    assert.deepEqual([alarm.cards, offering, await cards(shelf)], [["2"], [], ["1"]]);
    assert.ok(server.log.has(sent.id));
  }
});

test("without a session the new epoch is heard from a push, and everything is offered sealed", async () => {
  const { shelf, server, sent, clash, settled } = await restored();
  const fresh = await recorded(shelf, "新的");
  shelf.close();
  server.session = null;
  await round(shelf, wire());
  const pushed = server.asked.filter(([path]) => path === "push").map(([, told]) => told.envelopes.map(({ id, answered }) => [id, answered?.outcome]));
  assert.deepEqual(pushed, [[[fresh.id, undefined]], [[sent.id, "accepted"], [clash.id, "clash"], [settled.id, "clash"]]]);
  assert.deepEqual([...server.log.keys()].sort(), [sent.id, fresh.id].sort());
  server.asked = [];
  await round(shelf, wire());
  assert.deepEqual(server.asked.map(([path, { envelopes = [] }]) => [path, envelopes.length]), [["push", 0]]);
});

/** What goes sealed, each time something does. */
const sealed = (server) => server.asked.flatMap(([path, { envelopes } = {}]) => (path === "push" && envelopes ? [envelopes.map(({ id }) => id)] : []));

test("signed out by a restore, with nothing waiting, a phone hears of it all the same and gives again what was lost", async () => {
  for (const isLocked of [false, true]) {
    const { shelf, server, sent, clash, settled } = await restored();
    server.session = null;
    server.log.set("restored", 1);
    if (isLocked) shelf.close();
    const { session } = await round(shelf, wire(), { session: "none" });
    assert.deepEqual([session, sealed(server), [...server.log.keys()]], ["none", [[sent.id, clash.id, settled.id]], ["restored", sent.id]]);
    const row = await shelf.entry(sent.id);
    assert.deepEqual([row.state, row.epoch, (await shelf.state()).alarm.code], ["sent", 2, "given_again"]);
    server.asked = [];
    await round(shelf, wire(), { session: "none" });
    assert.deepEqual(sealed(server), []);
  }
});

test("where the tail was filed again nothing was lost, and nothing is told", async () => {
  const { shelf, server, sent } = await restored();
  server.log.set(sent.id, 1);
  server.session = null;
  await round(shelf, wire());
  const row = await shelf.entry(sent.id);
  assert.deepEqual([row.outcome, row.epoch, (await shelf.state()).alarm], ["known", 2, undefined]);
});

test("a clash alone is offered too", async () => {
  const { shelf, server } = await phone();
  const { id } = await recorded(shelf);
  const other = uuid7();
  server.clashes.set(id, other);
  await round(shelf, wire());
  server.clashes.clear();
  server.log.set("restored", 1);
  server.epoch = 2;
  server.session = null;
  shelf.close();
  await round(shelf, wire());
  assert.deepEqual([sealed(server), server.clashes.get(id)], [[[id]], other]);
});

test("what can only travel with its writer signed in is kept for then", async () => {
  const { shelf, server, sent, again } = await restored();
  const unsigned = new Proxy(shelf, {
    get: (of, name) => {
      if (name === "envelopes") return async (ids) => (await of.envelopes(ids)).map((one) => ({ ...one, sig: "" }));
      return typeof of[name] === "function" ? of[name].bind(of) : of[name];
    },
  });
  server.session = null;
  server.log.set("restored", 1);
  for (let n = 0; n < 2; n += 1) await round(unsigned, wire(), { session: "none" });
  assert.deepEqual([sealed(server), (await shelf.state()).offering.length], [[], 3]);
  server.session = server.account;
  server.pages = [again, { cards: [] }];
  await round(unsigned, wire(), { session: "none" });
  assert.deepEqual([server.log.has(sent.id), (await shelf.state()).offering], [true, []]);
});

test("a clash is not sent again by itself", async () => {
  const { shelf, server } = await phone();
  const { id } = await recorded(shelf);
  server.clashes.set(id, "other");
  await round(shelf, wire());
  server.asked = [];
  await round(shelf, wire(), { thorough: true });
  assert.equal(server.count("push"), 0);
});

test("what was sent back and repaired is offered after its repair, so that it is not taken in itself", async () => {
  const { shelf, server } = await phone();
  const [wrong, right] = [await recorded(shelf, "写错的"), await recorded(shelf, "改好的")];
  await shelf.take([{ id: wrong.id, outcome: "refused", code: "day_not_come" }, { id: right.id, outcome: "accepted", seq: 1, epoch: 1 }]);
  await shelf.take({ [wrong.id]: { outcome: "settled", by: right.id } });
  server.pages = [{ again: true, cursors: undefined, alarm: { code: "head_lost", why: "服务器回到了昨天" } }, { cards: [] }];
  await round(shelf, wire());
  const [, { entries }] = server.asked.find(([path]) => path === "push");
  assert.deepEqual(entries.map(({ item }) => JSON.parse(item.said).id), [right.id, wrong.id]);
});

test("what was given to the desk is given again to a server that may have lost it", async () => {
  const { shelf, server } = await phone();
  const given = await recorded(shelf, "不归我管的");
  await shelf.take([{ id: given.id, outcome: "refused", code: "not_in_this_unit" }]);
  await shelf.hand([given.id], "given");
  server.pages = [{ again: true, cursors: undefined, alarm: { code: "head_lost", why: "服务器回到了昨天" } }, { cards: [] }];
  await round(shelf, wire());
  const [, { entries, hand }] = server.asked.find(([path]) => path === "push");
  assert.deepEqual([entries.map(({ item, answered }) => [JSON.parse(item.said).id, answered]), hand], [[[given.id, undefined]], [given.id]]);
});

test("what is owed is kept under the key, named by its digest, and goes on standing where only its moment moved on", async () => {
  const { shelf, server } = await phone();
  const rows = [{ duty: "call", unit: VILLAGE, turn: "2026-09", since: "2026-09-01", due: "2026-09-30", about: ["h1"] }];
  server.pages = [{ more: true }, { standing: { digest: "1.1.5.20260916.a", asof: "2026-09-16", duties: { call: {} }, rows } }, { standing: { digest: "1.1.6.20260917.a", asof: "2026-09-17" } }];
  await round(shelf, wire());
  await round(shelf, wire());
  assert.deepEqual(pulls(server).map(({ standing }) => standing), ["", "", "1.1.5.20260916.a"]);
  assert.deepEqual(await shelf.lend(readOwed), { digest: "1.1.6.20260917.a", asof: "2026-09-17", duties: { call: {} }, rows });
  assert.equal((await shelf.state()).standingAt, new Date(server.now).toISOString());
  assert.ok(!JSON.stringify(await shelf.state()).includes("h1"));
  shelf.close();
  await assert.rejects(async () => shelf.lend(readOwed), (error) => error.code === "locked");
});
