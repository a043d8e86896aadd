// Files of papers go behind their entries, in pieces, and leave once a copy has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { described, dropFile, filesOf, putFile } from "../../src/concerto/faces/field/static/field/js/shelf/papers.js";
import { round } from "../../src/concerto/faces/field/static/field/js/sync/round.js";
import { enrolled, visitOf } from "./shelf-phone.js";
import { served, wire } from "./sync-server.js";

const DIGEST = "d".repeat(64);

/** A phone with one entry that names a file of 250,000 bytes, and a server that takes pieces. */
async function phone() {
  const shelf = await enrolled();
  const server = served(shelf.account);
  server.logId = shelf.log;
  const { id, write } = await visitOf();
  await shelf.record(write);
  const box = new Uint8Array(250_000).map((_, n) => n % 251);
  await putFile(shelf.account, { digest: DIGEST, entry: id, log: shelf.log, box });
  const there = { bytes: new Uint8Array(0), copied: false, cut: 0 };
  server.attach = ({ begins = 0, piece = "" }) => {
    const bytes = Uint8Array.from(atob(piece), (letter) => letter.charCodeAt(0));
    if (begins === there.bytes.length) there.bytes = Uint8Array.from([...there.bytes, ...bytes]);
    const whole = there.bytes.length === box.length;
    return { have: there.bytes.length, whole, copied: whole && there.copied };
  };
  return { shelf, server, box, there, id };
}

const lying = async ({ account }) => (await filesOf(account)).length;

test("a file is sent in pieces behind its entry, and stays until a copy has it", async () => {
  const { shelf, server, box, there } = await phone();
  await round(shelf, wire());
  assert.deepEqual(there.bytes, box);
  assert.equal(server.count("attach"), 4);
  assert.equal(await lying(shelf), 1);
  there.copied = true;
  await round(shelf, wire());
  assert.equal(await lying(shelf), 0);
  assert.equal(server.count("attach"), 5);
});

test("a cut line goes on where it stopped", async () => {
  const { shelf, server, box, there } = await phone();
  const taken = server.attach;
  server.attach = (told) => {
    if (told.begins > 0 && there.cut === 0) {
      there.cut = 1;
      taken(told); // the piece came, its answer is lost
      throw new TypeError("cut");
    }
    return taken(told);
  };
  await assert.rejects(round(shelf, wire()));
  await round(shelf, wire());
  assert.deepEqual(there.bytes, box);
});

test("nothing goes without a session, nor before its entry is in the book", async () => {
  const { shelf, server, id } = await phone();
  server.refusals.set(id, "not_yours");
  await round(shelf, wire());
  assert.equal(server.count("attach"), 0);
  server.refusals.clear();
  const other = await phone();
  other.server.session = null;
  await round(other.shelf, wire());
  assert.equal(other.server.count("attach"), 0);
  assert.deepEqual([await lying(shelf), await lying(other.shelf)], [1, 1]);
});

for (const code of ["file_not_named", "file_runs", "envelope_not_opened"]) {
  test(`what no later try makes good leaves here: ${code}`, async () => {
    const { shelf, server } = await phone();
    server.attach = () => new Response(JSON.stringify({ refused: { code, facts: {}, why: "w" } }), { status: 422 });
    await round(shelf, wire());
    assert.equal(await lying(shelf), 0);
    assert.equal((await shelf.state()).untaken.code, code, "said until it is heard");
  });
}

test("what the sealed part says of a file is told from its bytes", async () => {
  const sorts = await Promise.all(["%PDF-1.4", "\xff\xd8\xff"].map((text) => described(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))));
  assert.deepEqual(sorts.map((said) => said.split(" ").slice(0, 2)), [["pdf", "8"], ["jpeg", "3"]]);
});

test("a phone that is wiped keeps none, and asking makes no database", async () => {
  const { shelf } = await phone();
  await shelf.wipe();
  await dropFile("nobody", DIGEST);
  assert.deepEqual(await filesOf(shelf.account), []);
});
