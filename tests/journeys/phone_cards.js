async ({ pin, village, house }) => {
  // The modules of the page that is shown: what was joined keeps them by name.
  const { find, people } = Object.values(globalThis[Symbol.for("concerto")]).find(({ enrolHere }) => enrolHere);
  const [who] = await people();
  const shelf = await find(who.account);
  await shelf.open(pin);
  const id = (n) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
  const person = { id: id(1), name: "阿依努尔·木拉提", aliases: [], phones: ["13800000001"], born: "1975-03-04", relation: "head", find: "ayinuer", w: { "": id(9) } };
  const line = { e: id(5), on: "2026-05-20", parts: ["visits", "assistance"], kind: "visit", state: "met", by: who.account };
  const card = {
    id: house, village, seq: 1, number: "001", group: "一组", head: person.id, people: [person], members: [], helpers: [], lines: [line],
    places: [{ season: "summer", from: 5, to: 9, words: "大柳沟" }], reached_by: ["phone"], best_months: [11], names: [], w: { "": id(9) },
  };
  await shelf.putAbout({ digest: "", grants: [{ id: village, name: "上泉村", branches: [], records: [] }], people: { [who.account]: who.called } });
  await shelf.putPage({ [village]: 1 }, [card]);
  shelf.leave();
}
