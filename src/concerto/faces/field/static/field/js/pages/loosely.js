// Where a browser keeps nothing, or shall keep nothing: the cards while the page is open, each record as a file.
import { uuid7 } from "../shelf/ids.js";
import { refused } from "./doors.js";
import { does, place, put } from "./dom.js";
import { inMemory } from "./memory.js";
import { say } from "./words.js";

/** @import { Shelf } from "../shelf/shelf.js" */
/** @import { Stage } from "./stage.js" */

/** @param {Stage} stage */
export async function loosely(stage) {
  const { phone, turn } = stage;
  const hello = await phone.ask.hello().catch(() => null);
  if (turn !== stage.turn) return;
  const who = hello?.signed_in;
  const main = stage.begin("loose", { back: "#start" });
  put(main, { why: phone.denied ? say("start_denied") : !hello ? say("start_no_signal") : !who ? say("start_sign_in") : "" });
  const begin = async () => {
    if (!hello || !who) return;
    try {
      // Nothing is enrolled: a device that forgets its key when the page goes would only be one more in the list.
      const shelf = /** @type {Shelf} */ (/** @type {unknown} */ (inMemory({ who, device: uuid7(), serverKey: hello.server_key })));
      phone.hold(shelf, { loosely: true });
      await phone.read();
      phone.link?.follow(shelf);
      stage.go("#list", { instead: true });
    } catch (wrong) {
      refused(/** @type {HTMLFormElement} */ (place(main, "form")), wrong);
    }
  };
  does(main, { begin: who?.posted && begin });
}
