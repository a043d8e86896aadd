// The phone's page: finds whose shelf is here, shows what the address names, and keeps in touch with the server.
import { about, correct, gathering, mend } from "./pages/asking.js";
import { calls, list, record } from "./pages/lists.js";
import { card } from "./pages/card.js";
import { carry, out } from "./pages/outbox.js";
import { clash } from "./pages/clash.js";
import { done, entry, letgo, withdraw } from "./pages/recorded.js";
import { enrol, enrolled, lock, start, wechat } from "./pages/doors.js";
import { Head } from "./pages/head.js";
import { Link } from "./pages/link.js";
import { loosely } from "./pages/loosely.js";
import { me } from "./pages/me.js";
import { Phone } from "./pages/phone.js";
import { Stage } from "./pages/stage.js";

/** @import { View } from "./pages/stage.js" */

/** @type {Record<string, View>} */
const VIEWS = {
  start, wechat, enrol, enrolled, lock, loose: loosely,
  list, calls, record, card, out, carry, me, done, entry, withdraw, letgo, clash, correct, mend, gathering,
  visit: about("visit", "visit"),
  household: about("household", "household"),
  change: about("change", "household_change"),
  places: about("places", "household_places"),
  left: about("left", "household_left"),
  person: about("person", "resident"),
  "person-change": about("person-change", "resident_change"),
  "person-left": about("person-left", "resident_left"),
  lost: (stage) => void stage.begin("lost", { back: "#list" }),
};
/** What may be shown before a shelf is open. */
const OPEN = new Set(["start", "wechat", "enrol", "lock", "loose", "carry"]);

const phone = new Phone();
await phone.start();
const stage = new Stage(phone, VIEWS, OPEN, () => (phone.shelf && !phone.denied ? "lock" : "start"));
const head = new Head(phone, stage);
phone.link = new Link(phone, head);
await head.opened();
await stage.show();
head.draw();
phone.link.begin();
