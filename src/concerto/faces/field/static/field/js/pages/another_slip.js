// The number of another slip, where the first one could not be noted: for the same need of the same household.
import { SLIPS, slipKey } from "../forms/slips.js";
import { sayAt } from "../forms/mistakes.js";
import { orFull } from "./full.js";
import { entryTitle } from "./names.js";
import { settling } from "./restating.js";
import { whyWords } from "./rows.js";
import { lost } from "./stage.js";
import { put } from "./dom.js";
import { standingFor } from "./told.js";
import { label, say } from "./words.js";

/**
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 */

export const KIND = "matter_slip";

/** @param {Stage} stage @param {string} id */
export function anotherSlip(stage, id) {
  const { phone } = stage;
  const told = phone.own.of.get(id);
  if (told?.said.kind !== KIND || told.row.state !== "back" || told.replaced) return lost(stage);
  const main = put(stage.begin("slip", { sub: entryTitle(phone, told), back: "#out" }), { why: whyWords(phone, told.row) });
  const form = /** @type {HTMLFormElement} */ (main.querySelector("form"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { slip, code } = await slipIn(phone, String(new FormData(form).get("serial") ?? ""));
    sayAt(form, "serial", code && label("refusals", code));
    if (code || form.dataset.going) return form.querySelector("input")?.focus();
    form.dataset.going = "yes";
    const body = { ...told.said.body, slip };
    await orFull(stage, async () => {
      const row = await settling(phone, told, { body, sealed: [], digests: [], saw: { [`${slip}.given`]: null }, instead_of: standingFor(phone.own, [told]) });
      await phone.read();
      stage.tell(say("state_waiting"));
      phone.link?.now();
      stage.go(`#done/${row.id}`, { instead: true });
    }).finally(() => delete form.dataset.going);
  });
}

/**
 * The key of the slip with this number outside, or why it is none that can be noted here.
 * @param {Phone} phone
 * @param {string} written
 * @returns {Promise<{ slip: string, code: string }>}
 */
export async function slipIn(phone, written) {
  try {
    const [serial] = SLIPS.serial([written], {}, "");
    if (!serial) return { slip: "", code: "serial_wrong" };
    const slip = await slipKey(phone.kept.log ?? "", serial);
    const isNoted = phone.own.all.some(({ said, row }) => said.kind === KIND && said.body?.slip === slip && !["back", "settled"].includes(row.state));
    return { slip, code: isNoted ? "slip_given_already" : "" };
  } catch {
    return { slip: "", code: "serial_wrong" };
  }
}
