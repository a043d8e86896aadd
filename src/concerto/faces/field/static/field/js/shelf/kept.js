// What is kept beside cards and entries: where the phone stands with the server, in clear; who works where, and drafts,
// under the key.
import { lockUp, mayOpen } from "./locked.js";
import { Refusal } from "./refusal.js";
import { found } from "./store.js";

/** @import { Home } from "./outbox.js" */

export class Kept {
  #home;

  /** @param {Home} home */
  constructor(home) {
    this.#home = home;
  }

  /** @param {string} name @returns {Promise<any>} */
  read(name) {
    return this.#home.store.read(["about"], ({ about }, done) => found(about.get(name), done));
  }

  /** @returns {Promise<Record<string, any>>} */
  state() {
    return this.#home.store.read(["about"], ({ about }, done) => {
      found(about.get("who"), (who) => {
        if (!who) throw new Refusal("no_shelf"); // a full disk let it be begun again by halves
        found(about.get("state"), (state) => done(state ?? {}));
      });
    });
  }

  /** @param {Record<string, any>} patch */
  async putState(patch) {
    await this.#home.store.write(["about"], ({ about }) => {
      found(about.get("state"), (state) => about.put({ ...state, ...patch }, "state"));
    });
    this.#home.tell("state");
  }

  /** @returns {Promise<any>} */
  async about() {
    const held = this.#home.need();
    const kept = await this.read("about");
    return kept ? mayOpen(held, kept.under, kept.locked) : null;
  }

  /** @param {any} told */
  async putAbout(told) {
    const held = this.#home.need();
    const kept = { under: held.under, locked: await lockUp(held, told) };
    await this.#home.store.write(["about"], ({ about }) => void about.put(kept, "about"));
    this.#home.tell("about");
  }

  /** @param {string} key @returns {Promise<any>} */
  async draft(key) {
    const held = this.#home.need();
    const kept = await this.#home.store.read(["drafts"], ({ drafts }, done) => found(drafts.get(key), done));
    return kept ? mayOpen(held, kept.under, kept.locked) : null;
  }

  /** @param {string} key @param {any} answers */
  async putDraft(key, answers) {
    const held = this.#home.need();
    const locked = await lockUp(held, answers, { small: true });
    const at = new Date(this.#home.now()).toISOString();
    await this.#home.store.write(["drafts"], ({ drafts }) => void drafts.put({ key, at, under: held.under, locked }));
    this.#home.tell("drafts");
  }

  /** @returns {Promise<{ key: string, at: string, answers: any }[]>} */
  async drafts() {
    const held = this.#home.need();
    /** @type {{ key: string, at: string, under: number, locked: string }[]} */
    const kept = await this.#home.store.read(["drafts"], ({ drafts }, done) => found(drafts.getAll(), done));
    const mine = kept.filter(({ under }) => under === held.under);
    return Promise.all(mine.map(async ({ key, at, under, locked }) => ({ key, at, answers: await mayOpen(held, under, locked) })));
  }

  /** @param {string} key */
  async dropDraft(key) {
    await this.#home.store.write(["drafts"], ({ drafts }) => void drafts.delete(key));
    this.#home.tell("drafts");
  }
}
