// Where a browser keeps nothing: what can be done all the same, in words.
import { place, put } from "./dom.js";
import { say } from "./words.js";

/** @import { Stage } from "./stage.js" */

/** @param {Stage} stage */
export function loosely(stage) {
  const main = stage.begin("loose", { back: "#start" });
  put(main, { why: stage.phone.denied ? say("start_denied") : "" });
  place(main, "begin")?.remove();
}
