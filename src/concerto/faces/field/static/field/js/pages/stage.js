// Where the pages of the phone are shown: one at a time, by the hash; Back works, the title follows, focus goes to the heading.
import { put } from "./dom.js";
import { facts, say } from "./words.js";

/**
 * @import { Filling } from "./dom.js"
 * @import { full } from "./full.js"
 * @import * as branch from "./branch.js"
 * @import { mistakesIn } from "../forms/checking.js"
 * @import { opened } from "./opened.js"
 * @import { Phone } from "./phone.js"
 * @import { askTurn } from "./turns.js"
 * @import { sayUnread } from "./unread.js"
 * @import { wayBack } from "./notices.js"
 */

/**
 * @typedef {(stage: Stage, ...args: string[]) => Promise<Shown | void> | Shown | void} View
 * What a page asks for while it is shown: to hear of changes, and to be told when it goes.
 * @typedef {{ changed?: (what: string) => unknown, left?: () => unknown }} Shown
 */

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Which place of the bar a page lies under. @type {Record<string, string>} */
const UNDER = {
  today: "today", case: "today", list: "list", card: "list", calls: "calls", record: "record", out: "out", entry: "out", clash: "out", letgo: "out", slip: "out", withdraw: "out",
  me: "me", carry: "me", done: "record", triage: "record", afraid: "record", spot: "record", paper: "out",
};

/** What may turn the page: a shelf that was closed, or opened. */
const TURNS = new Set(["closed", "open"]);

export class Stage {
  /** @type {Shown} */
  #shown = {};
  #turn = 0;
  #first = true;
  /** @type {Record<string, View>} */
  #views;
  /** Pages that need no open shelf. */
  #open;
  /** What is said beside the heading of this page instead of how the phone stands. @type {string | null} */
  aside = null;
  view = "";

  /**
   * @param {Phone} phone
   * @param {Record<string, View>} views
   * @param {Set<string>} open
   * @param {() => string} door which page stands before a shelf that is not open
   * @param {Promise<{ full: typeof full, mistakesIn: typeof mistakesIn, opened: typeof opened, branch: typeof branch, askTurn: typeof askTurn, sayUnread: typeof sayUnread, wayBack: typeof wayBack }>} later what is loaded behind the first pages
   */
  constructor(phone, views, open, door, later) {
    this.phone = phone;
    this.#views = views;
    this.#open = open;
    this.door = door;
    this.later = later;
    this.main = $("main");
    this.onAside = () => {};
    addEventListener("hashchange", () => this.show());
    document.querySelector("[data-skip]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.main.focus();
    });
    phone.onChange((what) => {
      // Another tab that opens says so here as well: what is being typed is not drawn anew for that.
      if (what === "wiped" || (TURNS.has(what) && this.#due() !== this.view)) {
        this.tell(""); // what was said last was for who had it open
        return void this.show();
      }
      this.#shown.changed?.(what);
    });
  }

  /** Which showing this is: a page that had to wait for the line draws nothing once another one is shown. */
  get turn() {
    return this.#turn;
  }

  /** Which page is to be shown: what the hash names, or the door of a closed shelf. */
  #due() {
    const [name] = hashed();
    const wanted = this.#views[name] ? name : name ? "lost" : "list";
    return this.#open.has(wanted) || this.phone.isOpen ? wanted : this.door();
  }

  /** Show what the hash names; before a closed shelf its door. */
  async show() {
    const [, ...args] = hashed();
    const view = this.#due();
    const turn = (this.#turn += 1);
    this.#shown.left?.();
    this.#shown = {};
    this.aside = null;
    this.view = view;
    this.onAside();
    const shown = (await this.#views[view](this, ...args)) ?? {};
    if (turn !== this.#turn) return void shown.left?.();
    this.#shown = shown;
    this.#arrived(view);
  }

  /** @param {string} view */
  #arrived(view) {
    for (const place of document.querySelectorAll("[data-place]")) {
      const here = /** @type {HTMLElement} */ (place).dataset.place === UNDER[view];
      if (here) place.setAttribute("aria-current", "page");
      else place.removeAttribute("aria-current");
    }
    /** @type {HTMLElement | null} */ (document.querySelector(".house"))?.style.removeProperty("min-block-size");
    scrollTo(0, 0);
    const wanted = /** @type {HTMLElement | null} */ (this.main.querySelector("[data-focus], [autofocus]"));
    if (this.#first && !wanted) this.#first = false;
    else (wanted ?? $("heading")).focus({ preventScroll: true });
    this.#first = false;
  }

  /**
   * Begin a page: its piece of the shell, its title, where Back leads, what it is for. Returns what was put into the page.
   * @param {string} name
   * @param {{ title?: string, sub?: string, back?: string, help?: string, dock?: HTMLElement | null }} [more]
   */
  begin(name, more = {}) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector(`template[data-view="${name}"]`));
    const piece = document.importNode(template.content, true);
    this.name({ ...more, title: more.title ?? template.dataset.title, help: more.help ?? template.dataset.help });
    this.main.replaceChildren(piece);
    this.dock(more.dock ?? null);
    return this.main;
  }

  /** @param {{ title?: string, sub?: string, back?: string, help?: string }} said */
  name({ title = "", sub = "", back = "", help = "" }) {
    $("heading").textContent = title;
    $("sub").textContent = sub;
    $("help").textContent = help;
    document.title = `${title} | ${say("site")}`;
    const up = /** @type {HTMLAnchorElement} */ ($("back"));
    up.hidden = back === "";
    if (back) up.href = back;
  }

  /** Say what a page is for that was begun without a word of it. @param {string} name */
  help(name) {
    const template = /** @type {HTMLElement} */ (document.querySelector(`template[data-view="${name}"]`));
    $("help").textContent = template.dataset.help ?? "";
  }

  /** @param {string} words */
  sub(words) {
    $("sub").textContent = words;
  }

  /** @param {HTMLElement | null} dock */
  dock(dock) {
    $("dock").replaceChildren(...(dock ? [dock] : []));
    document.querySelector(".house")?.classList.toggle("is-docked", dock !== null);
  }

  /** Say something to those who hear the page. @param {string} words */
  tell(words) {
    $("told").textContent = words;
  }

  /** Go to another page. With `instead` Back does not lead here again. @param {string} hash @param {{ instead?: boolean }} [how] */
  go(hash, { instead = false } = {}) {
    if (location.hash === hash) return void this.show();
    if (instead) {
      history.replaceState(null, "", hash);
      this.show();
    } else location.hash = hash;
  }
}

/** What the address names, and about what. */
function hashed() {
  return location.hash.slice(1).split("/").map(decodeURIComponent);
}

/** The address of the sign-in, and back to here. */
export function signIn() {
  return `${facts.sign_in}?next=${encodeURIComponent(location.pathname)}`;
}

/**
 * A notice in a form's own place; what is wrong is said at its field too.
 * @param {HTMLElement} form
 * @param {HTMLElement} notice
 */
export function noticeIn(form, notice) {
  const slot = /** @type {HTMLElement} */ (form.querySelector('[data-slot="notice"]'));
  slot.replaceChildren(notice);
  if (notice.tabIndex < 0) notice.tabIndex = -1;
  notice.focus();
}

/** @param {Record<string, Filling>} said @param {HTMLElement} notice */
export function filledNotice(notice, said) {
  return put(notice, { what: "", safe: "", do: "", acts: "", code: "", ...said });
}

/** What is not here, or not yet: shown again as soon as more cards have come. @param {Stage} stage */
export function lost(stage) {
  const main = stage.begin("lost", { back: "#list" });
  if (stage.phone.link?.busy) put(main, { why: say("fetching") });
  return { changed: (/** @type {string} */ what) => what === "cards" && stage.show() };
}
