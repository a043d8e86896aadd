// What stands around every page of the phone: how it stands with the server, how much waits, and what one has to know.
import { inSafari, timeWords } from "./doors.js";
import { does, icon, link, place, put, stamp } from "./dom.js";
import { titleOf } from "./names.js";
import { signIn } from "./stage.js";
import { clause, count, instant, say } from "./words.js";

/**
 * @import { Link } from "./link.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const AN_HOUR = 3_600_000;
const A_DAY = 24 * AN_HOUR;
const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** Pages on which the outbox is not announced. */
/** Pages on which it is worth a word that all is well. */
const CALM = new Set(["out", "me", "record"]);
const OWN = new Set(["out", "lock", "start", "enrol", "wechat"]);

export class Head {
  /** What became of entries since one last looked. @type {Record<string, number>} */
  news = {};
  /** Days in which an iPhone's Safari did not see this page. */
  away = 0;
  /** A new release that waits to be used. @type {(() => unknown) | null} */
  release = null;
  /** @type {Map<string, string>} */
  #before = new Map();
  #account = "";
  #drawn = "";

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
    this.#notices();
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
              : phone.state.lastContact && CALM.has(stage.view)
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
    const n = phone.rows.filter(({ state }) => state !== "sent" && state !== "settled").length - replacedIn(phone);
    for (const badge of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-badge]"))) {
      badge.hidden = n <= 0;
      badge.replaceChildren(String(n), hiddenWords(count("badge", n)));
    }
    for (const who of document.querySelectorAll("[data-who]")) who.textContent = phone.shelf?.called ?? "";
    $("bar").classList.toggle("is-locked", !phone.isOpen);
    document.querySelector(".house")?.classList.toggle("is-nobodys", !phone.shelf);
  }

  #notices() {
    const { phone, stage } = this;
    const wire = phone.link;
    /** @type {[string, HTMLElement][]} */
    const shown = [];
    const add = (/** @type {string} */ key, /** @type {HTMLElement} */ piece) => shown.push([key, piece]);
    if (wire?.ended) add(`ended ${wire.ended.state}`, endedNotice(wire.ended));
    if (wire?.alarm) add(`alarm ${wire.alarm.code}`, alarmNotice(phone, wire));
    const skew = phone.state.clockSkew ?? 0;
    if (phone.shelf && Math.abs(skew) > AN_HOUR) {
      const time = timeWords(Math.round(Math.abs(skew) / 1000));
      add(`clock ${time}`, put(stamp("n-clock"), { what: say(skew < 0 ? "clock_ahead" : "clock_behind", { time }) }));
    }
    if (wire?.session === "other") add("other", link(stamp("n-other_person"), { sign_out: "/accounts/logout/" }));
    if (wire?.session === "none" && phone.shelf) add("none", link(stamp("n-signed_out"), { sign_in: signIn() }));
    if (wire?.certificate) add("certificate", stamp("n-certificate"));
    if (this.away >= 3) add(`ios ${this.away}`, put(stamp("n-ios"), { what: count("ios_days", this.away) }));
    if (this.release && !OWN.has(stage.view)) add("release", does(stamp("n-release"), { release: this.release }));
    const news = newsWords(this.news);
    if (news && !OWN.has(stage.view)) {
      add(`news ${news}`, does(put(stamp("n-receipts"), { what: news }), { heard: () => {
        this.news = {};
        this.draw();
      } }));
    }
    const drawn = shown.map(([key]) => key).join("\n");
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    $("notices").replaceChildren(...shown.map(([, piece]) => piece));
  }
}

/** @param {Phone} phone */
function replacedIn(phone) {
  return phone.own.all.filter((told) => told.replaced && told.row.state !== "sent" && told.row.state !== "settled").length;
}

/** @param {string} text */
function hiddenWords(text) {
  const words = document.createElement("span");
  words.className = "hidden";
  words.textContent = ` ${text}`;
  return words;
}

/** @param {Record<string, number>} news */
function newsWords({ sent = 0, back = 0, clash = 0, pending = 0 }) {
  const says = [sent && count("arrived", sent), back && count("came_back", back), clash && count("clashed", clash), pending && count("pended", pending)];
  return says.filter(Boolean).join(" ");
}

/** @param {{ state: string, handed: number }} ended */
function endedNotice({ state, handed }) {
  return put(stamp("n-ended"), { what: say(state === "revoked" ? "revoked" : "ended"), handed: handed > 0 ? count("ended_handed", handed) : say("handed_none") });
}

/** @param {Phone} phone @param {Link} wire */
function alarmNotice(phone, wire) {
  const cards = wire.alarm?.cards ?? [];
  const piece = put(stamp("n-alarm"), {
    why: wire.alarm?.why ?? "",
    cards: cards.map((id) => {
      const row = put(stamp("t-link"), { name: titleOf(phone.cards.get(id) ?? phone.raw.get(id)), what: document.createTextNode("") });
      row.querySelector("a")?.setAttribute("href", `#card/${id}`);
      return row;
    }),
  });
  if (cards.length === 0) place(piece, "went_back")?.remove();
  return does(piece, { heard: () => wire.heard() });
}
