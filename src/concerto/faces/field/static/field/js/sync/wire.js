// The wire to the server: JSON there, JSON back, and what became of a request told apart as far as a browser lets one.
import { gzip, utf8 } from "../shelf/bytes.js";
import { Refusal } from "../shelf/refusal.js";

const PATIENCE = 60_000;
/** Below this, squeezed text is hardly smaller. */
const WORTH_IT = 600;

/**
 * No answer: "cut" where the browser could not fetch, "slow" where nothing came for too long, "broken" where somebody
 * answered who is not this server, or it could not.
 */
export class NoAnswer extends Error {
  /** @param {"cut" | "slow" | "broken"} how */
  constructor(how) {
    super(how);
    this.name = "NoAnswer";
    this.how = how;
  }
}

export class Wire {
  #home;
  #patience;
  /** How far this phone's clock is behind the server's, in milliseconds, as the last answer showed. @type {number | null} */
  behind = null;
  /** How many answers have come. */
  answers = 0;

  /** @param {string} [home] @param {number} [patience] how long nothing may come */
  constructor(home = location.pathname, patience = PATIENCE) {
    this.#home = home;
    this.#patience = patience;
  }

  /**
   * Ask. The ticket is a third of what one visit weighs: it is shown where the server may have forgotten this phone, or has.
   * @param {string} what
   * @param {any} told
   * @param {{ shown?: boolean }} [how]
   * @returns {Promise<any>} the answer, or a Refusal of the server, or NoAnswer
   */
  async ask(what, told, { shown = false } = {}) {
    if (!told.ticket || shown) return this.#asked(what, told);
    try {
      return await this.#asked(what, { ...told, ticket: "" });
    } catch (wrong) {
      if (!(wrong instanceof Refusal) || wrong.code !== "unknown_device") throw wrong;
      return this.#asked(what, told);
    }
  }

  /** @param {string} what @param {any} told */
  async #asked(what, told) {
    const text = utf8(JSON.stringify(told));
    const small = text.length > WORTH_IT ? await gzip(text).catch(() => null) : null;
    const headers = { "Content-Type": "application/json", "X-Concerto": "1", ...(small ? { "Content-Encoding": "gzip" } : {}) };
    return this.#answer(what, { method: "POST", body: small ?? text, headers });
  }

  /** @param {string} what @param {RequestInit} how */
  async #answer(what, how) {
    const asked = Date.now();
    const { status, text } = await this.#fetched(`${this.#home}${what}/`, how);
    const said = read(text);
    if (status >= 200 && status < 300) {
      this.answers += 1;
      if (typeof said.now === "string") this.behind = Date.parse(said.now) - Math.round((asked + Date.now()) / 2);
      return said;
    }
    if (status < 500 && said.refused?.code) throw new Refusal(said.refused.code, { ...said.refused.facts, why: said.refused.why });
    throw new NoAnswer("broken");
  }

  /**
   * The whole answer. A slow line has all the time it wants, as long as something comes.
   * @param {string} address
   * @param {RequestInit} how
   */
  async #fetched(address, how) {
    const end = new AbortController();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end.abort(), this.#patience);
    };
    wait();
    try {
      const answer = await fetch(address, { ...how, credentials: "same-origin", cache: "no-store", redirect: "error", signal: end.signal });
      return { status: answer.status, text: await readAll(answer, wait) };
    } catch {
      throw new NoAnswer(end.signal.aborted ? "slow" : "cut");
    } finally {
      clearTimeout(timer);
    }
  }
}

/** @param {Response} answer @param {() => void} heard called whenever a piece has come */
async function readAll(answer, heard) {
  const reader = answer.body?.getReader();
  if (!reader) return answer.text();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    heard();
    text += decoder.decode(value, { stream: true });
  }
}

/** @param {string} text */
function read(text) {
  try {
    const said = JSON.parse(text);
    if (said && typeof said === "object") return said;
  } catch {
    // the sign-in of a hotel's network, or half an answer
  }
  throw new NoAnswer("broken");
}
