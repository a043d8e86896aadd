// The phone's page: finds whose shelf is here, shows what the address names, and keeps in touch with the server. What it
// shows first is loaded first; the rest comes at once behind it, so that nothing is missing when the signal goes.
import { about, ofBranch, several } from "./pages/asking.js";
import { list, record } from "./pages/lists.js";
import { lock, start } from "./pages/doors.js";
import { Head } from "./pages/head.js";
import { Link } from "./pages/link.js";
import { more } from "./pages/more.js";
import { Phone } from "./pages/phone.js";
import { lost, Stage } from "./pages/stage.js";
import { facts } from "./pages/words.js";

/** @import { View } from "./pages/stage.js" */

const AGAIN = 3000;

const later = Promise.all([import("./later.js").catch(tryAgain), more()]).then(([module]) => module);

/** What comes behind did not arrive. A browser may remember that of an address: each try has one of its own. @param {unknown} wrong */
async function tryAgain(wrong) {
  for (let n = 1; wrong instanceof TypeError; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
    const module = await import(`${facts.later}#${n}`).catch((/** @type {unknown} */ another) => void (wrong = another));
    if (module) return module;
  }
  throw wrong;
}

/** @type {Record<string, View>} */
const VIEWS = {
  start, lock, list, record,
  gathering: several("gathering"),
  visit: about("visit", "visit"),
  household: about("household", "household"),
  change: about("change", "household_change"),
  places: about("places", "household_places"),
  left: about("left", "household_left"),
  person: about("person", "resident"),
  "person-change": about("person-change", "resident_change"),
  "person-left": about("person-left", "resident_left"),
  "own-study": ofBranch("own-study", "own_study"),
  study: ofBranch("study", "study"),
  talk: ofBranch("talk", "heart_talk"),
  meeting: ofBranch("meeting", "meeting"),
  lost,
};
for (const name of ["wechat", "enrol", "enrolled", "today", "calls", "card", "need", "consent", "deed", "deeds", "screening", "done", "entry", "withdraw", "letgo", "out", "carry", "clash", "correct", "mend", "slip", "me", "triage", "afraid", "spot", "paper", "loose", "case"]) {
  VIEWS[name] = async (stage, ...args) => (await later).views[name](stage, ...args);
}
/** What may be shown before a shelf is open. */
const OPEN = new Set(["start", "wechat", "enrol", "lock", "loose", "carry", "triage"]);

const phone = new Phone();
await phone.start();
const stage = new Stage(phone, VIEWS, OPEN, () => (phone.shelf && !phone.denied ? "lock" : "start"), later);
const head = new Head(phone, stage);
phone.link = new Link(phone, head);
await head.opened();
await stage.show();
head.draw();
head.notices = (await later).notices;
head.draw();
phone.link.begin(await later);
