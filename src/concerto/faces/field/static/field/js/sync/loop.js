// When the phone speaks to the server: on return to the page, when the signal comes, after recording, when one says so.
// A bad line is tried again after growing pauses; a page that nobody looks at asks nothing.
import { find, people, Refusal } from "../shelf/shelf.js";
import { bringBack } from "../shelf/twice.js";
import { sendLeft } from "./left.js";
import { round } from "./round.js";
import { openTogether } from "./together.js";
import { NoAnswer, Wire } from "./wire.js";

/**
 * @import { Link } from "../pages/link.js"
 * @import { Outcome } from "./round.js"
 */

/** Seconds. A line that drops one request in ten is tried again soon. */
const PAUSES = [2, 5, 15, 45, 120, 300];
/** What the browser says in place of a certificate: it could not fetch, twice, though it thinks it is online. */
const LOOKS_CUT = 2;

export class Loop {
  #link;
  #wire;
  /** @type {Promise<void> | null} */
  #running = null;
  #wanted = false;
  #thorough = false;
  #failed = 0;
  #cut = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Whether what the database lost is here again. */
  #whole = false;
  /** Whether all that lies here beside a shelf that is gone was sent or has its answer: once for each opening of the page. */
  #clear = false;
  /** @type {Set<string>} */
  #tried = new Set();
  /** Whose other shelves on this phone were asked about. @type {Set<string>} */
  #asked = new Set();

  /** @param {Link} link @param {Wire} [wire] */
  constructor(link, wire = new Wire()) {
    this.#link = link;
    this.#wire = wire;
  }

  begin() {
    const back = () => this.now();
    addEventListener("online", back);
    addEventListener("pageshow", ({ persisted }) => persisted && back());
    addEventListener("offline", () => this.#say({ offline: true }));
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(this.#timer) : back()));
    this.#link.phone.onChange((what) => what === "open" && this.now({ thorough: true }));
    openTogether(this.#link.phone);
    return this.now({ thorough: true });
  }

  /** Another shelf lies open now. */
  follow() {
    this.#link.session = "";
    return this.now({ thorough: true });
  }

  /** Speak now; what is asked for during a round gets one of its own after it. @param {{ thorough?: boolean }} [how] */
  now({ thorough = false } = {}) {
    clearTimeout(this.#timer);
    this.#wanted = true;
    this.#thorough ||= thorough;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run() {
    while (this.#wanted) {
      this.#wanted = false;
      const thorough = this.#thorough;
      this.#thorough = false;
      await this.#once(thorough);
    }
  }

  /** @param {boolean} thorough */
  async #once(thorough) {
    const { phone } = this.#link;
    const before = this.#wire.answers;
    try {
      if (!this.#whole && !phone.denied) await this.#lost();
      const { shelf } = phone;
      if (shelf) {
        const busy = (/** @type {Link["busy"]} */ what) => this.#say({ busy: what });
        this.#heard(await round(shelf, this.#wire, { session: this.#link.session, thorough, busy }));
        if (this.#link.session === "mine") await this.#link.lost?.enrolAgain(phone);
      }
      if (!phone.denied) await this.#others(shelf?.account ?? "");
      if (!phone.denied && !this.#clear) await this.#left();
      this.#failed = this.#cut = 0;
      this.#say({ offline: false, certificate: false, refused: "" });
    } catch (wrong) {
      if (this.#wire.answers > before) this.#failed = this.#cut = 0;
      await this.#trouble(wrong);
    } finally {
      this.#say({ busy: "" });
    }
  }

  /** Shelves that the browser dropped as broken are begun again from what lies beside its database. */
  async #lost() {
    const back = await bringBack();
    this.#whole = true;
    if (back) await this.#link.lost?.found(this.#link);
  }

  /** What was kept apart of a shelf that can't be begun again. */
  async #left() {
    const { sent, left } = await sendLeft(this.#wire, this.#tried);
    this.#clear = true;
    this.#say({ left, arrived: this.#link.arrived + sent });
  }

  /** @param {Outcome} outcome */
  #heard({ session, ended, handed, missed }) {
    this.#say({ session, ...(ended ? { ended: { state: ended, handed }, session: "" } : {}), ...(missed && { missed }) });
  }

  /** What others recorded on this phone goes too, sealed; whose work here ended is heard without them. @param {string} own */
  async #others(own) {
    for (const { account } of await people()) {
      if (account === own) continue;
      const shelf = await find(account);
      if (!shelf) continue;
      try {
        if ((await shelf.count()).waiting === 0 && this.#asked.has(account)) continue;
        const { ended, missed } = await round(shelf, this.#wire, { session: "none" });
        this.#asked.add(account);
        if (ended) this.#link.phone.people = await people();
        if (missed) this.#say({ missed });
      } catch (wrong) {
        if (!(wrong instanceof Refusal)) throw wrong; // what one is refused keeps nobody else waiting
      } finally {
        shelf.leave();
      }
    }
  }

  /** @param {unknown} wrong */
  async #trouble(wrong) {
    if (wrong instanceof NoAnswer) {
      this.#cut = wrong.how === "cut" && navigator.onLine !== false ? this.#cut + 1 : 0;
      this.#say({ offline: true, certificate: this.#cut >= LOOKS_CUT });
    } else if (wrong instanceof Refusal) {
      // The shelf was closed in the middle: nothing is missing, its next opening goes on.
      if (wrong.code === "locked") return;
      if (wrong.code === "no_shelf") return this.#gone();
      this.#say({ offline: false, refused: wrong.code });
    } else throw wrong;
    this.#later();
  }

  /** The database is not there. Wiped, its page was told; else the browser let it go, and it is begun again once there is room. */
  async #gone() {
    const { phone, lost } = this.#link;
    const offline = navigator.onLine === false;
    try {
      const back = await lost?.bringHere(phone);
      if (!phone.shelf) return;
      if (back) this.#failed = 0;
      this.#say({ offline, refused: back ? "" : "no_shelf" });
    } catch (wrong) {
      if (!(wrong instanceof Refusal)) throw wrong;
      this.#say({ offline, refused: "shelf_gone" });
    }
    this.#later({ line: false });
  }

  /** Try again after a pause that grows, while somebody looks. @param {{ line?: boolean }} [needs] whether it is a line that is waited for */
  #later({ line = true } = {}) {
    const pause = PAUSES[Math.min(this.#failed, PAUSES.length - 1)] * 1000;
    this.#failed += 1;
    if (document.hidden || (line && navigator.onLine === false)) return;
    // Phones that lost the same signal do not come back all at once.
    this.#timer = setTimeout(() => this.now(), pause * (0.75 + Math.random() / 2));
  }

  /** @param {Partial<Link>} found */
  #say(found) {
    const { offline } = this.#link;
    Object.assign(this.#link, found);
    this.#link.head.draw();
    if (this.#link.offline !== offline) this.#link.phone.tell("line");
  }
}
