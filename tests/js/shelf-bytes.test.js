import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { test } from "node:test";
import { base64, fromBase64, fromUtf8, gzip, squeeze, unsqueeze, utf8 } from "../../src/concerto/faces/field/static/field/js/shelf/bytes.js";
import { uuid7 } from "../../src/concerto/faces/field/static/field/js/shelf/ids.js";

const WORDS = "阿依努尔 🐑 ".repeat(50);

test("bytes survive base64, long ones too", () => {
  const bytes = Uint8Array.from({ length: 40_000 }, (_, n) => (n * 7) % 256);
  assert.deepEqual(fromBase64(base64(bytes)), bytes);
  assert.equal(base64(bytes), Buffer.from(bytes).toString("base64"));
});

test("what is squeezed comes back, and an older browser leaves it as it is", async (t) => {
  const small = await squeeze(utf8(WORDS));
  assert.ok(small.length < 100 && small[0] === 1);
  assert.equal(fromUtf8(await unsqueeze(small)), WORDS);
  assert.deepEqual(Buffer.from(gunzipSync(await gzip(utf8(WORDS)))), Buffer.from(WORDS));
  const given = globalThis.CompressionStream;
  t.after(() => (globalThis.CompressionStream = given));
  delete globalThis.CompressionStream;
  const plain = await squeeze(utf8(WORDS));
  assert.equal(plain[0], 0);
  assert.equal(fromUtf8(await unsqueeze(plain)), WORDS);
  assert.equal(await gzip(utf8(WORDS)), null);
});

test("an id is a UUIDv7 of its moment, whatever the clock says", () => {
  const now = Date.parse("2026-09-16T04:00:00Z");
  const id = uuid7(now);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), now);
  assert.ok(uuid7(now + 1) > id);
  assert.match(uuid7(-5), /^00000000-0000-7/);
  assert.notEqual(uuid7(now), id);
});
