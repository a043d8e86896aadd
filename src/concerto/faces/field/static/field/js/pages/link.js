// The pages' hold on the sync: when it runs, what it found out, what stands in its way.
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
