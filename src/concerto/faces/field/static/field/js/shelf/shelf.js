// What one person's phone keeps: their cards and what they recorded, under a PIN. docs/shelf.md says what this protects.
import { newSigningKey } from "./envelopes.js";
import { RECORDED } from "./outbox.js";
import { inPeople, people } from "./people.js";
import { Shelf } from "./person.js";
import { checkPin, newLock, ROUNDS } from "./pin.js";
import { Refusal } from "./refusal.js";
import { answerOf } from "./rows.js";
import { found, nameOf, Store } from "./store.js";

/** @import { Card as CardOf } from "./cards.js" */
/** @import { World } from "./keyring.js" */
/** @import { Who as WhoHere } from "./people.js" */
/** @import { Device } from "./person.js" */
/** @import { EntryRow as RowOf, Receipt as ReceiptOf } from "./rows.js" */

export { answerOf, checkPin, newSigningKey, people, RECORDED, Refusal, Shelf };

/**
 * @typedef {Device & { who: WhoHere }} Enrolled
 * @typedef {WhoHere} Who
 * @typedef {RowOf} EntryRow
 * @typedef {ReceiptOf} Receipt
 * @typedef {CardOf} Card
 */

/** @type {World} */
const WORLD = { now: () => Date.now(), rounds: ROUNDS };

/**
 * Make the shelf of somebody who was just enrolled, and open it.
 * @param {Enrolled} enrolled
 * @param {string} pin
 * @param {Partial<World>} [world]
 */
export async function enrolHere({ who, device, ticket, serverKey, pair }, pin, world = {}) {
  const { lock, key } = await newLock(pin, 1, world.rounds);
  const kept = { account: who.account, called: who.called, log: who.log ?? null };
  const store = new Store(nameOf(who.account), { make: true });
  try {
    await store.write(["about"], ({ about }) => {
      found(about.get("who"), (before) => {
        if (before) throw new Refusal("shelf_here");
        about.put(kept, "who");
        about.put({ device, ticket, serverKey, pair }, "device");
        about.put(lock, "lock");
      });
    });
  } finally {
    store.close();
  }
  await inPeople((list) => list.put(kept));
  const shelf = await known(who.account, world);
  await shelf.begin(key);
  return shelf;
}

/**
 * The shelf of somebody, closed; null if there is none.
 * @param {string} account
 * @param {Partial<World>} [world]
 * @returns {Promise<Shelf | null>}
 */
export async function find(account, world = {}) {
  const store = new Store(nameOf(account));
  if (!(await store.isThere())) return null;
  /** @type {{ who?: Who, device?: any }} */
  const kept = await store.read(["about"], ({ about }, done) => {
    found(about.get("who"), (who) => found(about.get("device"), (device) => done({ who, device })));
  });
  if (!kept.who) {
    store.close();
    return null;
  }
  return new Shelf(store, kept.who, kept.device, { ...WORLD, ...world });
}

/** @param {string} account @param {Partial<World>} world */
async function known(account, world) {
  const shelf = await find(account, world);
  if (!shelf) throw new Refusal("no_shelf");
  return shelf;
}

/**
 * The PIN is forgotten: a new key, and an empty shelf under it. What was recorded under the old one can't be read here
 * any more, and goes on being sent in its envelopes. Nothing is wiped: the old key stays wrapped as it was.
 * @param {string} account
 * @param {string} pin
 * @param {Partial<World>} [world]
 */
export async function renew(account, pin, world = {}) {
  const shelf = await known(account, world);
  await shelf.renew(pin);
  return shelf;
}
