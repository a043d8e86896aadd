// What stands around every page of the phone: how it stands with the server, and how much waits.
import { inSafari } from "./doors.js";
import { icon } from "./dom.js";
import { clause, count, instant, say } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const A_DAY = 86_400_000;
const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Pages on which it is worth a word that all is well. */
const CALM = new Set(["out", "me", "record"]);

export class Head {
  /** What became of entries since one last looked. @type {Record<string, number>} */
  news = {};
  /** Days in which an iPhone's Safari did not see this page. */
  away = 0;
  /** What is said above a page, once it is loaded. @type {((head: Head) => void) | null} */
  notices = null;
  /** A new release that waits to be used. @type {(() => unknown) | null} */
  release = null;
  /** @type {Map<string, string>} */
  #before = new Map();
  #account = "";

  /** @param {Phone} phone @param {Stage} stage */
  constructor(phone, stage) {
    this.phone = phone;
    this.stage = stage;
    phone.onChange(() => this.draw());
    stage.onAside = () => this.draw();
  }

  /** Remember when this page was opened, and warn where a browser counts the days. */
  async opened() {
    const { shelf, state } = this.phone;
    if (!shelf) return;
    const before = state.openedAt ? Date.parse(state.openedAt) : Date.now();
    this.away = inSafari() ? Math.floor((Date.now() - before) / A_DAY) : 0;
    await shelf.putState({ openedAt: new Date().toISOString() }).catch(() => undefined);
  }

  draw() {
    this.#look();
    this.#state();
    this.#badge();
    this.notices?.(this);
  }

  /** What changed since the last look: receipts are said in words when one comes back to the page. */
  #look() {
    const { phone } = this;
    if (this.#account !== (phone.shelf?.account ?? "")) {
      this.#account = phone.shelf?.account ?? "";
      this.#before = new Map();
      this.news = {};
    }
    for (const row of phone.rows) {
      const before = this.#before.get(row.id);
      if ((before === "waiting" || before === "pending") && row.state !== before && row.state !== "waiting") {
        this.news[row.state] = (this.news[row.state] ?? 0) + 1;
      }
      this.#before.set(row.id, row.state);
    }
    if (this.stage.view === "out") this.news = {};
  }

  #state() {
    const { phone, stage } = this;
    const { link: wire } = phone;
    const waiting = phone.waiting();
    const holder = $("state");
    const [name, text] = stage.aside
      ? ["save", stage.aside]
      : !phone.shelf
        ? ["", ""]
        : wire?.offline
          ? ["offline", clause([say("no_signal"), waiting > 0 && count("waiting", waiting)])]
          : wire?.busy
            ? ["online", say(wire.busy)]
            : waiting > 0
              ? ["outbox", count("waiting", waiting)]
              : phone.state.lastContact && CALM.has(stage.view) && unfiledIn(phone) === 0 && !phone.state.offering?.[0]
                ? ["check", say("all_sent", { at: instant(phone.state.lastContact) })]
                : ["", ""];
    const said = `${name} ${text}`;
    if (holder.dataset.said === said) return;
    holder.dataset.said = said;
    const words = document.createElement("span");
    words.textContent = text;
    holder.replaceChildren(...(name ? [icon(name), words] : []));
  }

  #badge() {
    const { phone } = this;
    const n = unfiledIn(phone);
    const waiting = Math.min(n, phone.waiting()); // the others were sent back, or are to be decided
    const said = clause([waiting > 0 && count("badge", waiting), n > waiting && count("badge_open", n - waiting)]);
    for (const badge of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-badge]"))) {
      badge.hidden = n <= 0;
      badge.replaceChildren(String(n), hiddenWords(said));
    }
    for (const who of document.querySelectorAll("[data-who]")) who.textContent = phone.shelf?.called ?? "";
    $("bar").classList.toggle("is-locked", !phone.isOpen);
    document.querySelector(".house")?.classList.toggle("is-nobodys", !phone.shelf);
  }
}

/** How many somebody still has to do with: what is to be sent, was sent back or clashes, and nothing took its place. @param {Phone} phone */
function unfiledIn(phone) {
  const open = (/** @type {{ state: string }} */ { state }) => state !== "sent" && state !== "settled";
  return phone.rows.filter(open).length - phone.own.all.filter((told) => told.replaced && open(told.row)).length;
}

/** @param {string} text */
function hiddenWords(text) {
  const words = document.createElement("span");
  words.className = "hidden";
  words.textContent = ` ${text}`;
  return words;
}
