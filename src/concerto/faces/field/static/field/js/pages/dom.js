// Pieces of the shell: stamped from its templates and filled with text. Nothing is ever read as markup.

/** @typedef {string | number | null | undefined | false | Node | Node[]} Filling */

const SVG = "http://www.w3.org/2000/svg";

/**
 * One piece of the shell, anew.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function stamp(id) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById(id));
  if (!template) throw new Error(`the shell has no ${id}`);
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/**
 * Fill the places of a piece; a place for which there is nothing goes.
 * @template {ParentNode} T
 * @param {T} piece
 * @param {Record<string, Filling>} fillings
 * @returns {T}
 */
export function put(piece, fillings) {
  for (const [name, filling] of Object.entries(fillings)) {
    for (const place of piece.querySelectorAll(`[data-put="${name}"]`)) {
      if (Array.isArray(filling) ? filling.length === 0 : filling === "" || filling == null || filling === false) place.remove();
      else if (Array.isArray(filling)) place.replaceChildren(...filling);
      else if (filling instanceof Node) place.replaceChildren(filling);
      else place.textContent = String(filling);
    }
  }
  return piece;
}

/**
 * @template {ParentNode} T
 * @param {T} piece
 * @param {Record<string, string | null | undefined | false>} addresses of the links in their places; without one a link goes
 * @returns {T}
 */
export function link(piece, addresses) {
  for (const [name, address] of Object.entries(addresses)) {
    for (const place of piece.querySelectorAll(`a[data-put="${name}"]`)) {
      if (address) place.setAttribute("href", address);
      else place.remove();
    }
  }
  return piece;
}

/**
 * What its keys do.
 * @template {ParentNode} T
 * @param {T} piece
 * @param {Record<string, ((event: Event) => unknown) | null | undefined | false>} deeds a key without a deed goes
 * @returns {T}
 */
export function does(piece, deeds) {
  for (const [name, deed] of Object.entries(deeds)) {
    for (const key of piece.querySelectorAll(`[data-do="${name}"]`)) {
      if (deed) key.addEventListener("click", deed);
      else key.remove();
    }
  }
  return piece;
}

/** @param {ParentNode} piece @param {string} name @returns {HTMLElement} */
export function place(piece, name) {
  return /** @type {HTMLElement} */ (piece.querySelector(`[data-put="${name}"], [data-slot="${name}"]`));
}

/** @param {string} text */
export function words(text) {
  return document.createTextNode(text);
}

/** A mark of the staff; its words stand beside it. @param {string} state @param {string} [part] */
export function mark(state, part = "") {
  const drawn = stamp(`mark-${state}`);
  if (part) drawn.classList.add(`on-${part}`);
  return drawn;
}

/** @param {string} name */
export function icon(name) {
  return stamp(`icon-${name}`);
}

/** "On this phone": what has not been sent yet. */
export function here() {
  return stamp("t-here");
}

/** @param {string} term @param {Filling} said @param {Filling} [more] */
export function fact(term, said, more = "") {
  return put(stamp("t-fact"), { term, words: said, more });
}

export const FIVE = ["study", "branch", "visits", "disputes", "assistance"];
const LANE = 17;

/**
 * One entry across the five lanes of an upright staff, as the desk draws it.
 * @param {string[]} parts
 * @param {string} state
 * @param {string} told what it shows, for those who do not see it
 */
export function chord(parts, state, told) {
  const drawn = document.createElementNS(SVG, "svg");
  const set = (/** @type {Element} */ element, /** @type {Record<string, string>} */ named) => {
    for (const [name, value] of Object.entries(named)) element.setAttribute(name, value);
    return element;
  };
  set(drawn, { class: "chord", viewBox: `0 0 ${LANE * 5} 20`, role: "img", "aria-label": told });
  const at = FIVE.filter((part) => parts.includes(part)).map((part) => LANE * (FIVE.indexOf(part) + 0.5));
  if (at.length > 1) {
    const beam = document.createElementNS(SVG, "path");
    drawn.append(set(beam, { class: state === "waiting" ? "m-wait" : "m-stem", d: `M${at[0]} 5.2H${at[at.length - 1] + 1}` }));
  }
  for (const part of FIVE.filter((one) => parts.includes(one))) {
    const head = document.createElementNS(SVG, "g");
    set(head, { class: `on-${part} mark-g`, transform: `translate(${LANE * (FIVE.indexOf(part) + 0.5)} ${LANE * 0.6})` });
    const lone = at.length === 1 && state === "waiting";
    head.append(...stamp(`mark-${state === "waiting" && !lone ? "met" : state}`).childNodes);
    drawn.append(head);
  }
  return drawn;
}
