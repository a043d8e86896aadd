// A photo or a PDF of a paper goes with a quarrel that was settled on the spot, or with a step of a case that was recorded
// here: nothing asks for it. Of a photo the picture alone is kept; sealed to the server at once, it can't be looked at here.
import { plainPhoto } from "../../../desk/js/plain-photo.js";
import { sealBytes } from "../shelf/envelopes.js";
import { partDigest, salt, uuid7 } from "../shelf/ids.js";
import { described, isPdfIn, MOST_BYTES, putFile } from "../shelf/papers.js";
import { Refusal } from "../shelf/refusal.js";
import { does, put } from "./dom.js";
import { orFull } from "./full.js";
import { whyOf } from "./names.js";
import { KIND as SPOT } from "./spot.js";
import { lost } from "./stage.js";
import { say } from "./words.js";

/**
 * @import { Part } from "../shelf/rows.js"
 * @import { Phone } from "./phone.js"
 * @import { Stage } from "./stage.js"
 * @import { Told } from "./told.js"
 */

const KIND = "case_attachment";
/** What a paper shows that goes with an entry. @type {Record<string, string>} */
const SHOWS = { [SPOT]: "agreement", case_agreement: "agreement", case_signature: "agreement", case_session: "record", case_consent: "consent", case_performance: "receipt" };

/** Whether a paper may go with an entry: with a step of a case in these hands, with a settlement by whoever mediated it. @param {Phone} phone @param {Told} told */
export function mayAttach(phone, { said, row, replaced }) {
  const stands = ["waiting", "pending", "sent"].includes(row.state) && !replaced;
  return said.kind in SHOWS && stands && Boolean(said.body) && (said.kind !== SPOT || said.body.account === phone.kept.account);
}

/** @param {Stage} stage @param {string} id of the settlement */
export function paper(stage, id) {
  const { phone } = stage;
  const told = phone.own.of.get(id);
  if (!told || !mayAttach(phone, told)) return lost(stage);
  const main = stage.begin("paper", { back: `#entry/${id}` });
  const control = /** @type {HTMLInputElement} */ (main.querySelector("input[type=file]"));
  /** @type {Uint8Array<ArrayBuffer> | null} */
  let photo = null;
  const tell = (/** @type {string} */ words) => put(main, { words: words || " " });
  control.addEventListener("change", async () => {
    photo = null;
    const [file] = control.files ?? [];
    if (!file) return tell("");
    tell(say("paper_busy"));
    try {
      photo = await bytesOf(file);
      tell(say("paper_ready", { size: Math.ceil(photo.length / 1024) }));
    } catch (wrong) {
      tell(wrong instanceof Refusal ? whyOf({ code: wrong.code, facts: { most: MOST_BYTES >> 20 } }) : say("paper_unread"));
    }
  });
  does(main, { record: () => (photo ? submit(stage, told, photo) : tell(control.files?.length ? say("paper_busy") : say("paper_none"))) });
}

/** What is sent of a file: of a photo the picture alone, of a PDF all. @param {File} file */
async function bytesOf(file) {
  const isPdf = file.type === "application/pdf" || (!file.type && /\.pdf$/i.test(file.name));
  const sent = isPdf ? file : await plainPhoto(file);
  if (sent.size > MOST_BYTES) throw new Refusal("file_too_large");
  const bytes = new Uint8Array(await sent.arrayBuffer());
  if (isPdf && !isPdfIn(bytes)) throw new Refusal("file_of_no_such_sort");
  return bytes;
}

/** @param {Stage} stage @param {Told} told @param {Uint8Array<ArrayBuffer>} photo */
async function submit(stage, told, photo) {
  const { phone, main } = stage;
  if (main.dataset.going) return;
  main.dataset.going = "yes";
  try {
    const { said } = told;
    const now = phone.now();
    const id = uuid7(now);
    /** @type {Part} */
    const part = { about: said.body.case, audience: "case", salt: salt(), text: await described(photo) };
    const digest = await partDigest(part);
    const box = await sealBytes(photo, phone.kept.serverKey);
    const body = { case: said.body.case, shows: SHOWS[said.kind], files: [digest] };
    await orFull(stage, async () => {
      // The file first: an entry whose file was lost would wait for it for ever.
      await putFile(phone.kept.account, { digest, entry: id, log: said.log, box });
      await phone.kept.record(({ number, device }) => {
        const entry = {
          id, kind: KIND, version: 1, log: said.log, unit: said.unit, author: phone.kept.account, device, number,
          happened_on: phone.day(), recorded_at: new Date(now).toISOString(), body, sealed: [digest],
        };
        return { id, item: { said: JSON.stringify(entry), sealed: [part] }, shows: { kind: KIND, form: KIND, name: "", household: "", about: "", parts: [], on: phone.day() } };
      }, {});
      await phone.read();
      stage.tell(say("state_waiting"));
      phone.link?.now();
      stage.go(`#done/${id}/0`, { instead: true });
    });
  } finally {
    delete main.dataset.going;
  }
}
