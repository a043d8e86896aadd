// The outbox: everything recorded here, by what became of it; sending now, saving to a file, carrying one in.
import { post } from "./ask.js";
import { does, place, put, stamp } from "./dom.js";
import { readFile } from "../shelf/carried.js";
import { Refusal } from "../shelf/shelf.js";
import { whyOf } from "./names.js";
import { stateWords, counted, outRow } from "./rows.js";
import { saveQueue } from "./files.js";
import { filledNotice, noticeIn, signIn } from "./stage.js";
import { count, label, say, sentences } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

const AT_ONCE = 50;
const GROUPS = ["waiting", "back", "clash", "pending", "sent", "settled"];
const OLDEST_FIRST = new Set(["waiting", "pending"]);

/** @param {Stage} stage */
export function out(stage) {
  const { phone } = stage;
  const main = stage.begin("out");
  const hand = async (/** @type {string} */ id) => {
    await phone.kept.hand([id], "wanted");
    stage.tell(say("handed_wanted"));
    phone.link?.now();
  };
  const draw = () => {
    for (const state of GROUPS) {
      const section = /** @type {HTMLElement} */ (main.querySelector(`[data-group="${state}"]`));
      const rows = [...inGroup(phone, state)];
      if (!OLDEST_FIRST.has(state)) rows.reverse();
      const list = /** @type {HTMLElement} */ (section.querySelector("ul"));
      list.replaceChildren(...rows.map((row) => outRow(phone, row, { hand })));
      counted(section, rows.length);
      section.hidden = rows.length === 0 && state !== "waiting";
      section.classList.toggle("is-empty", rows.length === 0);
    }
    put(main, { line: phone.link?.offline ? stamp("n-offline") : [document.createTextNode("")] });
  };
  does(main, { now: () => sendNow(stage), save: (event) => saveQueue(stage, event) });
  draw();
  return { changed: draw };
}

/** @param {Phone} phone @param {string} state */
export function inGroup(phone, state) {
  const mended = phone.rows.filter((row) => phone.own.of.get(row.id)?.replaced && row.state !== "sent" && row.state !== "settled");
  return state === "settled" ? [...phone.rowsIn(state), ...mended] : phone.rowsIn(state);
}

/** @param {Stage} stage */
export async function sendNow(stage) {
  stage.tell(say("sending"));
  await stage.phone.link?.now();
}

/** The file of another phone, brought in by whoever is signed in. @param {Stage} stage */
export function carry(stage) {
  const main = stage.begin("carry", { back: stage.phone.shelf ? "#me" : "#start" });
  const form = /** @type {HTMLFormElement} */ (place(main, "form"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const file = /** @type {HTMLInputElement} */ (form.elements.namedItem("file")).files?.[0];
    if (!file) return;
    const part = place(main, "answer_part");
    part.hidden = true; // what became of another file
    try {
      const told = readFile(await file.text());
      const receipts = await carryIn(told);
      part.hidden = false;
      place(part, "answer").replaceChildren(...receipts.map(receiptRow));
      form.reset();
      noticeIn(form, put(stamp("n-well"), { what: carriedWords(receipts) }));
    } catch (wrong) {
      const code = wrong instanceof Refusal ? wrong.code : "";
      const words = label("refusals", code);
      const notice = filledNotice(stamp("n-plain"), { what: words === code || !code ? say("not_in_signal") : words, code: code && say("code", { code }) });
      if (code === "signed_out") {
        const anchor = put(stamp("n-signed_out"), {}).querySelector("a");
        anchor?.setAttribute("href", signIn());
        if (anchor) notice.append(anchor);
      }
      noticeIn(form, notice);
    }
  });
}

/** @param {ReturnType<typeof readFile>} file @returns {Promise<any[]>} */
async function carryIn({ device, ticket, envelopes }) {
  const receipts = [];
  for (let at = 0; at < envelopes.length; at += AT_ONCE) {
    receipts.push(...(await post("carry", { device, ticket, envelopes: envelopes.slice(at, at + AT_ONCE) })).receipts);
  }
  return receipts;
}

/** How many became what: none is counted as carried in that was sent back. @param {{ outcome: string }[]} receipts */
export function carriedWords(receipts) {
  const of = (/** @type {string[]} */ ...outcomes) => receipts.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const told = /** @type {[string, number][]} */ ([["carried", of("accepted", "known", "settled")], ["came_back", of("refused")], ["clashed_theirs", of("clash")], ["pended", of("waits")]]);
  return sentences(told.map(([name, n]) => n > 0 && count(name, n)));
}

/** @type {Record<string, string>} */
const STATES = { accepted: "sent", known: "sent", refused: "back", clash: "clash", waits: "pending", settled: "settled" };

/** @param {any} receipt */
function receiptRow(receipt) {
  const row = /** @type {any} */ ({ id: receipt.id, state: STATES[receipt.outcome] ?? "back", seq: receipt.seq ?? 0, code: receipt.code ?? "" });
  const piece = stamp("t-out");
  const names = { back: "refused", clash: "clash", pending: "waiting" };
  const drawn = stamp(`mark-${/** @type {any} */ (names)[row.state] ?? "met"}`);
  return put(piece, {
    mark: drawn, title: "", plain: say("entry_number", { number: receipt.id.slice(-4) }), state: stateWords(row), when: "",
    why: whyOf(receipt), code: "", acts: [],
  });
}
