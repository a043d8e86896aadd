// Before anything is open: who comes for the first time, and the lock.
import { Refusal } from "../shelf/shelf.js";
import { does, link, place, put, stamp } from "./dom.js";
import { saveQueue } from "./files.js";
import { outRow } from "./rows.js";
import { filledNotice, noticeIn, signIn } from "./stage.js";
import { count, label, say } from "./words.js";

/** @import { Shown, Stage } from "./stage.js" */

export const inWeChat = () => /MicroMessenger/i.test(navigator.userAgent);
/** Safari of a phone, where seven days without this page take what it keeps. */
export const inSafari = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);

/** Who comes for the first time. @param {Stage} stage */
export async function start(stage) {
  if (inWeChat()) return stage.go("#wechat", { instead: true });
  const main = stage.begin("start", { help: "" }); // its help comes with what comes above it
  const { phone, turn } = stage;
  const hello = await phone.ask.hello().catch(() => null);
  if (turn !== stage.turn) return;
  const who = hello?.signed_in;
  const why = phone.denied ? say("start_denied") : !hello ? say("start_no_signal") : !who ? say("start_sign_in") : !who.posted ? who.why : say("as_who", { who: who.called });
  put(main, { why });
  if (phone.denied) put(main, { lead: say("start_loosely"), sign_in_words: say("sign_in_loosely") });
  else if (phone.link?.ended && hello && !who) (await stage.later).wayBack(main, phone.link.ended.state);
  link(main, { sign_in: hello && !who && signIn(), set_up: who?.posted && (phone.denied ? "#loose" : "#enrol") });
  if (phone.denied && who?.posted) put(main, { set_up: say("into_files") });
  does(main, { again: !hello && (() => stage.show()) });
  main.querySelector('a[data-put="set_up"]')?.classList.add("button-main");
  if (!who) place(main, "carry_part")?.remove();
  for (const held of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll("[hidden]"))) held.hidden = false; // nothing jumps
  if (phone.denied) await stage.later; // of recording into files it speaks
  if (turn === stage.turn) stage.help(phone.denied ? "loose" : "start");
}

/** Before a shelf that is not open. @param {Stage} stage @returns {Promise<Shown | void> | Shown | void} */
export function lock(stage) {
  const { phone } = stage;
  if (!phone.shelf) return stage.go("#start", { instead: true });
  const main = stage.begin("lock");
  const form = /** @type {HTMLFormElement} */ (place(main, "form"));
  const left = place(main, "left");
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;
  const several = phone.people.length > 1;
  if (!several) place(main, "people_part").remove();
  put(main, {
    people: phone.people.map(({ account, called }) => {
      const choice = put(stamp("t-person"), { name: called });
      const input = /** @type {HTMLInputElement} */ (choice.querySelector("input"));
      input.checked = account === phone.shelf?.account;
      input.addEventListener("change", async () => {
        await phone.take(account);
        if (phone.shelf) phone.link?.follow(phone.shelf);
        stage.show();
      });
      return choice;
    }),
    whose: several ? "" : phone.kept.called,
  });
  const queue = () => {
    const waits = phone.rows.filter(({ state }) => state !== "sent" && state !== "settled");
    put(main, { queue: waits.map((row) => outRow(phone, row, { acts: false, linked: false })), count: count("entries", waits.length) });
    const part = place(main, "queue_part");
    if (part) part.hidden = waits.length === 0;
  };
  queue();
  const wait = (/** @type {number} */ seconds) => {
    clearInterval(ticking);
    const until = Date.now() + seconds * 1000;
    const key = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
    const tick = () => {
      const rest = Math.ceil((until - Date.now()) / 1000);
      key.disabled = rest > 0;
      left.textContent = rest > 0 ? say("wait_words", { time: timeWords(rest) }) : say("wait_over");
      if (rest <= 0) clearInterval(ticking);
    };
    tick();
    ticking = setInterval(tick, 1000);
  };
  phone.kept.wait().then((seconds) => seconds > 0 && form.isConnected && wait(seconds)).catch(() => undefined);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const box = valueIn(form, "pin");
    if (!box.value) return box.focus();
    await busy(form, async () => {
      try {
        await phone.kept.open(box.value);
        await phone.read();
        stage.tell(say("opened"));
        if (["#lock", "#start", ""].includes(location.hash)) stage.go("#list", { instead: true });
      } catch (wrong) {
        box.value = "";
        box.focus();
        if (!(wrong instanceof Refusal)) throw wrong;
        if (wrong.code === "wait") return wait(wrong.facts.seconds);
        if (wrong.code !== "wrong_pin") return refused(form, wrong);
        noticeIn(form, filledNotice(stamp("n-plain"), { what: say("wrong_pin"), safe: wrong.facts.left > 0 ? count("tries_left", wrong.facts.left) : "", acts: [] }));
        if (wrong.facts.seconds > 0) wait(wrong.facts.seconds);
        box.focus();
      }
    });
  });
  does(main, { save: (event) => saveQueue(stage, event) });
  return {
    changed: (/** @type {string} */ what) => what === "entries" && queue(),
    left: () => clearInterval(ticking),
  };
}

/** A time in its largest unit. @param {number} seconds */
export function timeWords(seconds) {
  if (seconds < 100) return count("seconds", seconds);
  if (seconds < 90 * 60) return count("minutes", Math.round(seconds / 60));
  return seconds < 36 * 3600 ? count("hours", Math.round(seconds / 3600)) : count("days", Math.round(seconds / 86_400));
}

// ---------------------------------------------------------------- forms without a blank

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
export function valueIn(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** What the phone or the server said no to. @param {HTMLFormElement} form @param {unknown} wrong */
export function refused(form, wrong) {
  const code = /** @type {any} */ (wrong)?.code;
  if (typeof code !== "string") {
    if (!(wrong instanceof TypeError)) throw wrong;
    return noticeIn(form, filledNotice(stamp("n-plain"), { what: say("not_in_signal"), acts: [] }));
  }
  const known = label("refusals", code);
  noticeIn(form, filledNotice(stamp("n-plain"), { what: known === code ? say(code) : known, safe: code === "disk_full" ? say("make_room") : "", code: say("code", { code }), acts: [] }));
}

/** Striped while it takes a moment. @param {HTMLFormElement} form @param {() => Promise<void>} work */
export async function busy(form, work) {
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  const key = form.querySelector("[type=submit]");
  key?.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    delete form.dataset.going;
    key?.removeAttribute("aria-busy");
  }
}
