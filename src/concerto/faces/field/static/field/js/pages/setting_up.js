// Setting a phone up, with a PIN of one's own; and the browser inside WeChat, where nothing is set up. It needs signal, and
// cards come behind it, so that it is loaded behind the first pages.
import { checkPin, enrolHere, find, newSigningKey, renew } from "../shelf/shelf.js";
import { busy, inSafari, inWeChat, lock, refused, start, valueIn } from "./doors.js";
import { does, place, put, stamp } from "./dom.js";
import { copyAt } from "./sharing.js";
import { filledNotice, noticeIn } from "./stage.js";
import { count, say } from "./words.js";

/** @import { Stage } from "./stage.js" */

/** @param {Stage} stage */
export function wechat(stage) {
  const main = stage.begin("wechat");
  const address = `${location.origin}${location.pathname}`;
  put(main, { address });
  does(main, { copy: (event) => copyAt(stage, event, address) });
}

/** Set this phone up for whoever is signed in. @param {Stage} stage */
export async function enrol(stage) {
  if (inWeChat()) return wechat(stage);
  const { phone, turn } = stage;
  const hello = await phone.ask.hello().catch(() => null);
  if (turn !== stage.turn) return;
  const who = hello?.signed_in;
  if (phone.denied || !who?.posted) return start(stage);
  const there = await find(who.account).catch(() => null);
  const main = stage.begin("enrol", { back: phone.people.length > 0 ? "#list" : "#start" });
  const form = /** @type {HTMLFormElement} */ (place(main, "form"));
  put(main, { who: say("as_who", { who: who.called }) });
  if (!inSafari()) place(main, "ios").remove();
  const [warning, rest] = [place(main, "private"), place(main, "rest")];
  form.addEventListener("change", () => {
    const said = /** @type {RadioNodeList} */ (form.elements.namedItem("private")).value;
    warning.hidden = said !== "yes";
    rest.hidden = said !== "no";
  });
  valueIn(form, "name").value = say("own_name");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const faults = pinFaults(form);
    if (!valueIn(form, "name").value.trim()) faults.push(["name", "say_name"]);
    if (faults.length > 0) return showFaults(form, faults);
    await busy(form, async () => {
      try {
        const pin = valueIn(form, "pin").value;
        const shelf = there ? await renew(who.account, pin) : await setUp(stage, valueIn(form, "name").value.trim(), pin);
        await shelf.putState({ setUp: new Date().toISOString() });
        askToKeep().then((persisted) => shelf.putState({ persisted })).catch(() => undefined); // some browsers ask their user first
        phone.people = [...phone.people.filter(({ account }) => account !== who.account), { account: who.account, called: who.called, log: who.log }];
        phone.hold(shelf);
        await phone.read();
        phone.link?.follow(shelf);
        stage.go("#enrolled", { instead: true });
      } catch (wrong) {
        refused(form, wrong);
      }
    });
  });
  if (there) noticeIn(form, filledNotice(stamp("n-plain"), { what: say("shelf_here"), acts: [openInstead()] }));
}

function openInstead() {
  const anchor = document.createElement("a");
  anchor.className = "button";
  anchor.href = "#lock";
  anchor.textContent = say("shelf_open");
  return anchor;
}

/** @param {Stage} stage @param {string} name @param {string} pin */
async function setUp(stage, name, pin) {
  const { pair, raw } = await newSigningKey();
  const told = await stage.phone.ask.enrol({ name, key: raw });
  return enrolHere({ who: told.who, device: told.device, ticket: told.ticket, serverKey: told.server_key, pair }, pin);
}

/** Ask the browser not to let go what lies here. */
export async function askToKeep() {
  try {
    return (await navigator.storage?.persisted?.()) || (await navigator.storage?.persist?.()) || false;
  } catch {
    return false;
  }
}

/** @param {Stage} stage */
export function enrolled(stage) {
  const { phone } = stage;
  if (!phone.isOpen) return lock(stage);
  const main = stage.begin("enrolled", { back: "#list" });
  const none = () => document.createTextNode("");
  const draw = () => {
    const { persisted } = phone.state; // not answered yet where the browser asks its user
    put(main, {
      persist: persisted === undefined ? none() : say(persisted ? "persist_yes" : "persist_no"),
      cards: phone.cards.size > 0 ? count("cards_here", phone.cards.size) : none(),
    });
  };
  draw();
  return { changed: draw };
}

/** @param {HTMLFormElement} form @returns {[string, string][]} */
export function pinFaults(form) {
  try {
    checkPin(valueIn(form, "pin").value);
  } catch {
    return [["pin", "pin_too_short"]];
  }
  return valueIn(form, "pin").value === valueIn(form, "again").value ? [] : [["again", "pins_differ"]];
}

/** @param {HTMLFormElement} form @param {[string, string][]} faults field and the name of what is said */
export function showFaults(form, faults) {
  for (const old of form.querySelectorAll(".error-words")) old.remove();
  for (const field of form.querySelectorAll("[data-field]")) field.classList.remove("has-error");
  for (const [field, name] of faults) {
    const holder = form.querySelector(`[data-field="${field}"]`);
    const words = stamp("t-version-error");
    const text = words.querySelector("span");
    if (text) text.textContent = say(name);
    holder?.classList.add("has-error");
    holder?.querySelector("label, legend")?.after(words);
  }
  valueIn(form, faults[0][0])?.focus?.();
}
