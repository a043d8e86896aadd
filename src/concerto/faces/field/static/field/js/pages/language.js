// The other language in place: words, pieces and forms come anew under what is open, and the key stays where it is.
import { anew } from "./blanks.js";
import { facts, learn } from "./words.js";

/** What of the page itself says something: replaced as it stands. */
const FURNITURE = [".skip", ".practice", ".rail", "#bar", ".help > summary"];
/** What of a release a page can't change while it is shown. */
const RELEASE = "script[src], link[rel=stylesheet]";

/**
 * Speak as the server's page does now. Where that is of another release, or did not come, the page has to be opened anew.
 * @param {string} language as the document names it
 * @returns {Promise<boolean>} whether this page speaks it
 */
export async function speakHere(language) {
  const parsed = (/** @type {string} */ text) => new DOMParser().parseFromString(text, "text/html");
  try {
    const [shell, rest] = [parsed(await textAt(location.pathname)), parsed(await textAt(`${location.pathname}more/`))];
    if ([shell, rest].some(({ documentElement }) => documentElement.lang !== language) || releaseOf(shell) !== releaseOf(document)) return false;
    if (dataIn(shell, "facts").later !== facts.later) return false;
    turn(shell, rest);
    return true;
  } catch {
    return false;
  }
}

/** @param {Document} shell @param {Document} rest */
function turn(shell, rest) {
  for (const old of document.querySelectorAll("body > template")) old.remove();
  for (const piece of [shell, rest]) {
    for (const template of piece.querySelectorAll("template")) document.body.append(document.importNode(template, true));
  }
  for (const what of FURNITURE) {
    const [old, fresh] = [document.querySelector(what), shell.querySelector(what)];
    if (old && fresh) old.replaceChildren(...document.importNode(fresh, true).childNodes);
    if (old && fresh) for (const { name, value } of fresh.attributes) if (name === "aria-label") old.setAttribute(name, value);
  }
  document.getElementById("back")?.setAttribute("aria-label", shell.getElementById("back")?.getAttribute("aria-label") ?? "");
  document.documentElement.lang = shell.documentElement.lang;
  Object.assign(facts, dataIn(shell, "facts"));
  learn({ ...dataIn(shell, "words"), ...dataIn(rest, "more-words") });
  anew();
}

/** @param {string} address */
async function textAt(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`no page at ${address}`);
  return answer.text();
}

/** @param {Document} shell */
function releaseOf(shell) {
  return [...shell.head.querySelectorAll(RELEASE)].map((one) => one.getAttribute("src") ?? one.getAttribute("href")).join(" ");
}

/** @param {Document} piece @param {string} id */
function dataIn(piece, id) {
  return JSON.parse(piece.getElementById(id)?.textContent || "{}");
}
