// This phone: whose it is, how it stands, its PIN, its language.
import { busy, refused, valueIn } from "./doors.js";
import { does, fact, place, put, stamp } from "./dom.js";
import { speakHere } from "./language.js";
import { sendNow } from "./outbox.js";
import { askToKeep, pinFaults, showFaults } from "./setting_up.js";
import { filledNotice, noticeIn } from "./stage.js";
import { Refusal } from "../shelf/shelf.js";
import { count, facts, instant, listed, say } from "./words.js";

/** @import { Stage } from "./stage.js" */

/** @param {Stage} stage */
export function me(stage) {
  const { phone } = stage;
  const main = stage.begin("me", { sub: phone.kept.called });
  const draw = async () => {
    const kept = phone.state.persisted ?? (await navigator.storage?.persisted?.().catch(() => false)) ?? false;
    put(main, {
      facts: [
        fact(say("fact_who"), phone.kept.called),
        fact(say("fact_mark"), phone.kept.device.slice(0, 8)),
        fact(say("fact_villages"), listed(phone.villages().map(({ name }) => name)) || "—"),
        fact(say("fact_cards"), count("households", phone.cards.size)),
        fact(say("fact_waits"), count("entries", phone.waiting())),
        fact(say("fact_signal"), instant(phone.state.lastContact) || say("never_met")),
      ],
      keep: say(kept ? "persist_yes" : "persist_no"),
    });
    if (kept) main.querySelector('[data-do="persist"]')?.remove();
  };
  draw();
  does(main, {
    now: () => sendNow(stage),
    lock: () => phone.kept.close(),
    persist: async () => {
      await phone.kept.putState({ persisted: await askToKeep() });
      stage.tell(say(phone.state.persisted ? "persist_yes" : "persist_no"));
    },
  });
  for (const key of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll("[data-language]"))) {
    key.addEventListener("click", () => speak(stage, key));
  }
  changingPin(stage, /** @type {HTMLFormElement} */ (place(main, "pin")));
  return { changed: draw };
}

/**
 * The same page in the other language: it comes from the server once, then it is kept like this one. What is open stays
 * open: only where another release came with it the page is loaded anew, and asks for the PIN.
 * @param {Stage} stage
 * @param {HTMLElement} key
 */
async function speak(stage, key) {
  const part = /** @type {HTMLElement} */ (place(stage.main, "elsewhere"));
  const tell = (/** @type {string} */ name) => noticeIn(part, filledNotice(stamp("n-plain"), { what: say(name), acts: [] }));
  if (stage.phone.link?.offline) return tell("no_language");
  tell("language_coming");
  document.cookie = `${facts.language_cookie}=${key.dataset.language}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  await stage.phone.link?.anew();
  if (!(await speakHere(key.lang))) return location.reload();
  stage.phone.tell("language");
  await stage.show();
}

/** @param {Stage} stage @param {HTMLFormElement} form */
function changingPin(stage, form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const faults = pinFaults(form);
    if (faults.length > 0) return showFaults(form, faults);
    showFaultsAway(form);
    await busy(form, async () => {
      try {
        await stage.phone.kept.changePin(valueIn(form, "old").value, valueIn(form, "pin").value);
        form.reset();
        noticeIn(form, put(stamp("n-well"), { what: say("pin_changed") }));
      } catch (wrong) {
        if (wrong instanceof Refusal && wrong.code === "wrong_pin") return showFaults(form, [["old", "wrong_pin"]]);
        refused(form, wrong);
      }
    });
  });
}

/** @param {HTMLFormElement} form */
function showFaultsAway(form) {
  for (const old of form.querySelectorAll(".error-words")) old.remove();
  for (const field of form.querySelectorAll(".has-error")) field.classList.remove("has-error");
}
