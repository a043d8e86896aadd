// What leaves this phone as soon as the server has answered, whatever the answer: from then on it is read by others alone.
// That it will is written down before it is recorded, by its id, so that it leaves a locked phone as well.
import { isFiled } from "./rows.js";
import { dropSecond } from "./second.js";
import { alone } from "./tabs.js";

/** @import { Shelf } from "./person.js" */

/**
 * @param {Pick<Shelf, "state" | "putState">} shelf
 * @param {string} id
 */
export async function willLeave(shelf, id) {
  const { leaves = [] } = await shelf.state();
  if (!leaves.includes(id)) await shelf.putState({ leaves: [...leaves, id] });
}

/** Let go what was answered. @param {Shelf} shelf @returns {Promise<number>} how many left */
export async function letGo(shelf) {
  const { leaves = [] } = await shelf.state();
  if (leaves.length === 0) return 0;
  const left = await shelf.lend?.((home, outbox) =>
    alone(home.store.name, async () => {
      const rows = (await outbox.rows()).filter(({ id }) => leaves.includes(id));
      const answered = rows.filter(({ state }) => state !== "waiting");
      const going = answered.map(({ id }) => id);
      if (going.length === 0) return going;
      if (!answered.every(isFiled)) await shelf.putState({ unreached: true }); // first: nothing else will say so
      await dropSecond(home.account, going);
      await home.store.write(["entries"], ({ entries }) => going.forEach((id) => entries.delete(id)));
      home.tell("entries");
      return going;
    }),
  );
  if (!left?.length) return 0;
  await shelf.putState({ leaves: leaves.filter((/** @type {string} */ id) => !left.includes(id)) });
  return left.length;
}

/**
 * Whether something for the centre reached nobody, and nobody has heard it yet: also of what could not leave.
 * @param {Pick<Shelf, "state" | "entries">} shelf
 */
export async function unreached(shelf) {
  const { leaves = [], unreached: known = false } = await shelf.state();
  return known || (await shelf.entries()).some((row) => leaves.includes(row.id) && row.state !== "waiting" && !isFiled(row));
}
