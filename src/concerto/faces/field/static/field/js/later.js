// What is seen after the first form: entries by themselves, the outbox, two versions, this phone; and the sync.
import { afraid } from "./pages/afraid.js";
import { correct, mend } from "./pages/amending.js";
import { anotherSlip } from "./pages/another_slip.js";
import { about, ofBranch, several } from "./pages/asking.js";
import { calls } from "./pages/calls.js";
import { card } from "./pages/card.js";
import { caseOf } from "./pages/case.js";
import { clash } from "./pages/clash.js";
import { consent } from "./pages/consents.js";
import * as branch from "./pages/branch.js";
import { full } from "./pages/full.js";
import { loosely } from "./pages/loosely.js";
import * as lost from "./pages/lost.js";
import { need } from "./pages/needs.js";
import { me } from "./pages/me.js";
import { notices, wayBack } from "./pages/notices.js";
import { opened } from "./pages/opened.js";
import { carry, out } from "./pages/outbox.js";
import { paper } from "./pages/paper.js";
import { done, entry, letgo, withdraw } from "./pages/recorded.js";
import { enrol, enrolled, wechat } from "./pages/setting_up.js";
import { today } from "./pages/today.js";
import { spot } from "./pages/spot.js";
import { step } from "./pages/steps.js";
import { triage } from "./pages/triage.js";
import { askTurn } from "./pages/turns.js";
import { sayUnread } from "./pages/unread.js";
import { Loop } from "./sync/loop.js";
import { Release } from "./sync/release.js";
import { mistakesIn } from "./forms/checking.js";
import { PEOPLE } from "./forms/people.js"; // reads names and numbers from here on
import { SLIPS } from "./forms/slips.js"; // and the numbers of slips

/** @import { View } from "./pages/stage.js" */

export { askTurn, branch, full, Loop, lost, mistakesIn, notices, opened, PEOPLE, Release, SLIPS, sayUnread, wayBack };

/** @type {Record<string, View>} */
export const views = { wechat, enrol, enrolled, today, calls, card, need, consent, deed: about("deed", "deed"), deeds: several("deeds"), screening: ofBranch("screening", "screening"), done, entry, withdraw, letgo, out, carry, clash, correct, mend, slip: anotherSlip, me, triage, afraid, spot, paper, loose: loosely, case: (stage, id, act, about) => (act ? step(stage, id, act, about) : caseOf(stage, id)) };
