// The pages' hold on the sync: what it found out, and what stands in its way. The loop that runs it sets these and calls
// `head.draw()`; until it is joined here nothing is sent by itself, and everything waits in the outbox.
import { allBlanks } from "./blanks.js";

/**
 * @import { Shelf } from "../shelf/shelf.js"
 * @import { Head } from "./head.js"
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
  /** @type {{ code: string, why: string, cards: string[] } | null} */
  alarm = null;
  certificate = false;

  /** @param {Phone} phone @param {Head} head */
  constructor(phone, head) {
    this.phone = phone;
    this.head = head;
  }

  begin() {
    allBlanks();
  }

  /** @param {Shelf} shelf */
  follow(shelf) {
    void shelf;
  }

  async now() {}

  heard() {
    this.alarm = null;
    this.head.draw();
  }
}
