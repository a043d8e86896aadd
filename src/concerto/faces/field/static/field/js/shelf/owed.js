// What the server said is owed, kept beside the cards under the same key: some of it is this person's alone.
import { lockUp, mayOpen } from "./locked.js";
import { found } from "./store.js";

/** @import { Home } from "./outbox.js" */
/** @import { Standing } from "../pages/owing.js" */

/** @param {Home} home @returns {Promise<Standing | null>} */
export async function readOwed(home) {
  const held = home.need();
  const kept = await home.store.read(["about"], ({ about }, done) => found(about.get("owed"), done));
  return kept ? mayOpen(held, kept.under, kept.locked) : null;
}

/** Of the same standing at another moment only that moment is told. @param {Home} home @param {Partial<Standing>} told */
export async function putOwed(home, told) {
  const held = home.need();
  const standing = told.rows ? told : { ...(await readOwed(home)), ...told };
  const kept = { under: held.under, locked: await lockUp(held, standing) };
  await home.store.write(["about"], ({ about }) => void about.put(kept, "owed"));
  home.tell("owed");
}
