// Seals and signs as a phone does, for a test of the server: the server's point and items come in, envelopes go out.
import { text } from "node:stream/consumers";
import { newSigningKey, seal, sign } from "../../src/concerto/faces/field/static/field/js/shelf/envelopes.js";
import { partDigest } from "../../src/concerto/faces/field/static/field/js/shelf/ids.js";

const { raw, items, parts, plain } = JSON.parse(await text(process.stdin));
if (plain) delete globalThis.CompressionStream; // as in an older browser
const { pair, raw: key } = await newSigningKey();
const envelopes = [];
for (const item of items) {
  const { id } = JSON.parse(item.said);
  const box = await seal(JSON.stringify(item), { id: "", raw });
  envelopes.push({ id, box, sig: await sign(id, box, pair) });
}
console.log(JSON.stringify({ key, envelopes, digests: await Promise.all(parts.map(partDigest)) }));
