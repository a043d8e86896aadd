// Where words stood that were erased, an own entry says so; of words that never came to this phone it says nothing.
import "./as-served.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const WORDS = { clause: ", ", list: ", ", words_erased: "These words were erased.", fields: { name: "Name", group: "Group" } };
globalThis.document = { getElementById: (id) => (id === "words" ? { textContent: JSON.stringify(WORDS) } : null) };
const { enrolled } = await import("./shelf-phone.js");
const JS = "../../src/concerto/faces/field/static/field/js/";
const { partDigest, salt, uuid7 } = await import(`${JS}shelf/ids.js`);
const { forgetWords } = await import(`${JS}shelf/leaving.js`);
const { factsOf } = await import(`${JS}pages/facts.js`);
const { Phone } = await import(`${JS}pages/phone.js`);

test("an own entry whose words were erased says so where they stood, and one that carries none does not", async () => {
  const shelf = await enrolled();
  const part = { about: uuid7(), audience: "place", salt: salt(), text: "马兰" };
  const digest = await partDigest(part);
  const [named, again] = [uuid7(), uuid7()];
  const wording = (id, sealed) => ({ number, device }) => {
    const said = { id, kind: "resident_change", body: { resident: part.about, name: digest }, sealed: [digest], number, device };
    return { id, item: { said: JSON.stringify(said), sealed }, shows: { kind: "resident_change", name: "马兰" } };
  };
  await shelf.record(wording(named, [part]));
  const phone = new Phone();
  phone.hold(shelf);
  const factsIn = async (id) => {
    await phone.read();
    const { said, shows } = phone.own.of.get(id);
    return factsOf(phone, said, shows);
  };
  assert.deepEqual(await factsIn(named), [["Name", "马兰"]]);
  await forgetWords(shelf, [digest]);
  assert.deepEqual(await factsIn(named), [["Name", "These words were erased."]]);
  await shelf.record(wording(again, [])); // it goes on naming words that lie elsewhere
  assert.deepEqual(await factsIn(again), []);
});
