// A phone that may keep nothing still seals what is recorded on it.
import { fileOf, seal } from "./envelopes.js";
import { uuid7 } from "./ids.js";

/** @import { Envelope, ServerKey } from "./envelopes.js" */
/** @import { Write } from "./outbox.js" */

/**
 * Where storage is denied: nothing is kept, and each record is an unsigned envelope to save as a file. Its author says
 * yes to it at the desk.
 * @param {{ who: { account: string }, serverKey: ServerKey }} given
 */
export function loose({ who, serverKey }) {
  const device = uuid7();
  /** @type {Envelope[]} */
  const made = [];
  let number = 0;
  return {
    account: who.account,
    device,
    /** @param {Write} write */
    async record(write) {
      number += 1;
      const { id, item, shows } = await write({ number, device });
      const box = await seal(JSON.stringify({ said: item.said, sealed: item.sealed }), serverKey);
      made.push({ id, box });
      return { id, number, device, item, shows, box, sig: "", state: "waiting" };
    },
    toFile: () => fileOf({ envelopes: made }),
  };
}
