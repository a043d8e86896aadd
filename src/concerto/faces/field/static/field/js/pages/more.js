// The rest of the shell: pieces and words that no first form needs.
import { learn } from "./words.js";

const AGAIN = 3000;

/** Fetch it, and put its pieces beside those of the shell; on a bad line again and again. */
export async function more() {
  const rest = new DOMParser().parseFromString(await text(), "text/html");
  for (const template of rest.querySelectorAll("template")) document.body.append(document.importNode(template, true));
  learn(JSON.parse(rest.getElementById("more-words")?.textContent || "{}"));
}

/** @returns {Promise<string>} */
async function text() {
  for (;;) {
    const answer = await fetch(`${location.pathname}more/`, { credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) return answer.text();
    await new Promise((resolve) => setTimeout(resolve, AGAIN));
  }
}
