// The worker that keeps the page for when there is no signal. A new release is installed beside the one in use, and takes
// over on a tap.
import { facts } from "../pages/words.js";

/** @import { Head } from "../pages/head.js" */

const TAKE_OVER = "take over";
const WITHIN = 20_000;

export class Release {
  #head;
  /** @type {ServiceWorkerRegistration | null} */
  #kept = null;

  /** @param {Head} head */
  constructor(head) {
    this.#head = head;
  }

  async begin() {
    try {
      this.#kept = await navigator.serviceWorker.register(`${location.pathname}sw.js`, { updateViaCache: "none" });
    } catch {
      return; // refused together with storage, or no signal: the page works as long as it is open
    }
    const kept = this.#kept;
    this.#offer();
    kept.addEventListener("updatefound", () => kept.installing?.addEventListener("statechange", () => this.#offer()));
  }

  /** Where one is in use and another waits, say so. One that brings the language chosen meanwhile needs no word before a closed shelf. */
  #offer() {
    if (!this.#kept?.waiting || !navigator.serviceWorker.controller) return;
    const use = async () => {
      await this.#takeOver();
      location.reload();
    };
    const typing = /** @type {HTMLInputElement | null} */ (document.getElementById("lock-pin"))?.value;
    if (!this.#head.phone.isOpen && !typing && speaksOther(document.cookie)) return void use();
    this.#head.release = use;
    this.#head.draw();
  }

  /** The worker that waits takes this page. */
  async #takeOver() {
    const waiting = this.#kept?.waiting;
    if (!waiting) return;
    const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    waiting.postMessage(TAKE_OVER);
    await within(taken);
  }

  /** Fetch what the server has now, and use it: a worker keeps the page in one language. */
  async anew() {
    const kept = this.#kept;
    if (!kept) return;
    await kept.update().catch(() => undefined);
    const coming = kept.installing;
    if (coming) {
      await within(new Promise((resolve) => coming.addEventListener("statechange", () => coming.state !== "installing" && resolve(coming))));
    }
    await this.#takeOver();
    this.#head.release = null; // it was offered while it came, and is in use now
  }
}

/** @param {Promise<unknown>} what */
function within(what) {
  return Promise.race([what, new Promise((resolve) => setTimeout(resolve, WITHIN))]);
}

/** Whether the cookies name another language than the page is written in. @param {string} cookies */
export function speaksOther(cookies) {
  const chosen = cookies.split("; ").find((one) => one.startsWith(`${facts.language_cookie}=`))?.split("=")[1];
  return chosen !== undefined && (chosen === "en") !== (facts.language === "en");
}
