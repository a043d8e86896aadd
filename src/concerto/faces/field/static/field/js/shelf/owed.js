// What the server said is owed, and which cases its person handles, kept beside the cards under the same key: some of it is
// this person's alone.
import { lockUp, mayOpen } from "./locked.js";
import { found } from "./store.js";

/** @import { Home } from "./outbox.js" */
/** @import { Cases } from "../pages/handled.js" */
/** @import { Standing } from "../pages/owing.js" */

/** @param {Home} home @param {"owed" | "cases"} name */
async function read(home, name) {
  const held = home.need();
  const kept = await home.store.read(["about"], ({ about }, done) => found(about.get(name), done));
  return kept ? mayOpen(held, kept.under, kept.locked) : null;
}

/** Of the same told at another moment only that moment is told. @param {Home} home @param {"owed" | "cases"} name @param {any} told */
async function keep(home, name, told) {
  const held = home.need();
  const whole = told.rows ? told : { ...(await read(home, name)), ...told };
  const kept = { under: held.under, locked: await lockUp(held, whole) };
  await home.store.write(["about"], ({ about }) => void about.put(kept, name));
}

/** @param {Home} home @returns {Promise<Standing | null>} */
export function readOwed(home) {
  return read(home, "owed");
}

/** @param {Home} home @param {Partial<Standing>} told */
export async function putOwed(home, told) {
  await keep(home, "owed", told);
  home.tell("owed");
}

/** @param {Home} home @returns {Promise<Cases | null>} */
export function readCases(home) {
  return read(home, "cases");
}

/** What is in these hands no more leaves, and what was being written of it; what is being taken in stays. @param {Home} home @param {Partial<Cases>} told */
export async function putCases(home, told) {
  await keep(home, "cases", told);
  const here = new Set(told.rows?.map(({ id }) => id));
  const isGone = (/** @type {any} */ key) => /^case\/(?!new\/)/.test(key) && !here.has(key.split("/")[1]);
  if (told.rows) {
    await home.store.write(["drafts"], ({ drafts }) => {
      found(drafts.getAllKeys(), (keys) => keys.filter(isGone).forEach((/** @type {any} */ key) => drafts.delete(key)));
    });
  }
  home.tell("owed");
}
