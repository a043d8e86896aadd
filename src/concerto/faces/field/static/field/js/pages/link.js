// The pages' hold on the sync: what it found out, and what stands in its way. The loop that runs it sets these and draws the head.
import { allBlanks } from "./blanks.js";

/**
 * @import { Shelf } from "../shelf/shelf.js"
 * @import { Left } from "../sync/left.js"
 * @import { Loop } from "../sync/loop.js"
 * @import { Release } from "../sync/release.js"
 * @import { Head } from "./head.js"
 * @import * as Lost from "./lost.js"
 * @import { Phone } from "./phone.js"
 */

export class Link {
  offline = navigator.onLine === false;
  /** @type {"" | "sending" | "fetching"} */
  busy = "";
  /** @type {"" | "mine" | "none" | "other"} */
  session = "";
  /** @type {{ state: string, handed: number } | null} */
  ended = null;
  /** Whether something reached nobody and is gone with the shelf of whoever recorded it. */
  missed = false;
  certificate = false;
  /** What stands in the way of sending and fetching but the line, by its code: the phone is full, or unknown there. */
  refused = "";
  /** What lies here of a shelf that is gone and could not be sent; and how many of these arrived. @type {Left["left"]} */
  left = { devices: [], envelopes: [] };
  arrived = 0;
  /** @type {Loop | null} */
  #loop = null;
  /** What is done about what the browser lost. @type {typeof Lost | null} */
  lost = null;
  /** @type {Release | null} */
  #release = null;

  /** @param {Phone} phone @param {Head} head */
  constructor(phone, head) {
    this.phone = phone;
    this.head = head;
  }

  /** @param {{ Loop: new (link: Link) => Loop, Release: new (head: Head) => Release, lost: typeof Lost }} sync loaded behind the first pages */
  begin({ Loop, Release, lost }) {
    this.lost = lost;
    this.#loop = new Loop(this);
    this.#release = new Release(this.head);
    allBlanks();
    this.#loop.begin();
    this.#release.begin();
  }

  /** @param {Shelf} _shelf who is now at the phone */
  follow(_shelf) {
    this.#loop?.follow();
  }

  async now() {
    await this.#loop?.now({ thorough: true });
  }

  /** The page as the server has it now, in the language of the day. */
  async anew() {
    await this.#release?.anew();
  }

  /** What the server lost, until its user has read it. @returns {{ code: string, why: string, cards: string[], after?: number, until?: number } | null} */
  get alarm() {
    return (this.phone.shelf && this.phone.state.alarm) ?? null;
  }

  /** It was read: the shelf says so to every page. */
  async heard() {
    await this.phone.shelf?.putState({ alarm: null });
  }
}
