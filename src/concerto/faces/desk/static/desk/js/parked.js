// An intake put aside while somebody else is heard, and taken up again. It lies in the memory of this tab alone: never on
// the server, gone with the tab, with the sign-out, or when another account signs in here.

/** @typedef {{ key: string, at: string, about: string, answers: [string, string][] }} Parked */

const SHELF = "concerto:parked:";
const MOST = 8;
const WRITTEN = new Set(["sort", "a", "a_more", "b", "b_more", "summary"]); // without any of these there is nothing to park
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "draft", "looked", "afraid"]);

/**
 * @param {Storage} store
 * @param {string} account
 * @returns {Parked[]}
 */
export function parkedOf(store, account) {
  try {
    const read = JSON.parse(store.getItem(SHELF + account) ?? "[]");
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

/**
 * @param {Storage} store
 * @param {string} account
 * @param {Parked[]} parked
 */
function keep(store, account, parked) {
  if (parked.length) store.setItem(SHELF + account, JSON.stringify(parked));
  else store.removeItem(SHELF + account);
}

/**
 * Put an intake aside; the oldest is never pushed out: where the shelf is full it says so.
 * @param {Storage} store
 * @param {string} account
 * @param {Parked} one
 * @returns {boolean}
 */
export function park(store, account, one) {
  const before = parkedOf(store, account).filter((other) => other.key !== one.key);
  if (before.length >= MOST) return false;
  keep(store, account, [...before, one]);
  return true;
}

/**
 * Take an intake from the shelf: it lies there no more.
 * @param {Storage} store
 * @param {string} account
 * @param {string} key
 * @returns {Parked | undefined}
 */
export function takeUp(store, account, key) {
  const every = parkedOf(store, account);
  keep(store, account, every.filter((one) => one.key !== key));
  return every.find((one) => one.key === key);
}

/**
 * Whatever another account put aside in this tab goes; without an account, everything does.
 * @param {Storage} store
 * @param {string} [account]
 */
export function clearOthers(store, account) {
  const keys = Array.from({ length: store.length }, (_none, n) => store.key(n) ?? "");
  for (const key of keys) {
    if (key.startsWith(SHELF) && key !== SHELF + account) store.removeItem(key);
  }
}

/**
 * What of a form is put aside: what was answered, and nothing that is the page's own.
 * @param {Iterable<[string, FormDataEntryValue]>} entries
 * @returns {[string, string][]}
 */
export function answersOf(entries) {
  return [...entries]
    .filter(([name, value]) => !NOT_KEPT.has(name) && typeof value === "string" && value.trim() !== "")
    .map(([name, value]) => [name, String(value)]);
}

/**
 * How many are named on a side. A list tells one intake from another by this, and never by a name or a told word: the
 * next one to be heard sits before the screen.
 * @param {string} side
 * @param {[string, string][]} answers
 * @returns {number}
 */
export function namedOn(side, answers) {
  const told = answers.filter(([name]) => name === side || name === `${side}_more`).map(([, value]) => value);
  return new Set(told.join("\n").split("\n").map((line) => line.trim()).filter(Boolean)).size;
}

/**
 * Write answers into a form, in which nothing of another intake stays.
 * @param {HTMLFormElement} form
 * @param {[string, string][]} answers
 */
export function answer(form, answers) {
  for (const field of form.elements) {
    const control = /** @type {HTMLInputElement} */ (field);
    const said = answers.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.name === "looked") control.value = ""; // it was another matter that somebody looked for
    if (!control.name || NOT_KEPT.has(control.name)) continue;
    if (control.type === "radio" || control.type === "checkbox") control.checked = said.includes(control.value);
    else control.value = said[0] ?? "";
  }
  for (const more of form.querySelectorAll("details")) {
    const names = [...more.querySelectorAll("[name]")].map((field) => field.getAttribute("name"));
    more.open = answers.some(([name, value]) => names.includes(name) && value !== "person");
  }
  form.dispatchEvent(new Event("change"));
}

/**
 * `data-parks="ACCOUNT"` on the form of an intake, which holds the list of what is parked and the key that parks.
 * @param {HTMLFormElement} form
 */
export function parkIntakes(form) {
  const account = form.dataset.parks ?? "";
  const key = /** @type {HTMLButtonElement | null} */ (form.querySelector("[data-park]"));
  const holder = /** @type {HTMLElement | null} */ (document.querySelector("[data-parked]"));
  const line = holder?.querySelector("template");
  const list = holder?.querySelector("ul");
  if (!key || !holder || !line || !list) return;
  const store = sessionStorage;
  const begun = { isResumed: false, isSent: false };
  clearOthers(store, account);

  const show = () => {
    list.textContent = "";
    for (const one of parkedOf(store, account)) {
      const row = /** @type {DocumentFragment} */ (line.content.cloneNode(true));
      const named = row.querySelector("[data-named]");
      if (named) named.textContent = `${one.at} ${one.about}`;
      row.querySelector("[data-take-up]")?.addEventListener("click", () => {
        const found = takeUp(store, account, one.key);
        putAside(); // there is room for it now
        const calm = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=afraid][value=no]"));
        if (calm) calm.checked = true;
        if (found) answer(form, found.answers);
        begun.isResumed = true;
        show();
        calm?.focus();
      });
      row.querySelector("[data-throw-away]")?.addEventListener("click", () => {
        takeUp(store, account, one.key);
        show();
        const next = list.querySelector("[data-take-up]") ?? form.querySelector("[name=afraid]");
        /** @type {HTMLElement | null} */ (next)?.focus();
      });
      list.append(row);
    }
    holder.hidden = list.children.length === 0;
  };

  const signs = (/** @type {[string, string][]} */ answers) => {
    const sort = /** @type {HTMLSelectElement | null} */ (form.querySelector("[name=sort]"));
    const unit = /** @type {HTMLSelectElement | null} */ (form.querySelector("select[name=unit]"));
    const came = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=source]:checked"));
    const story = answers.find(([name]) => name === "summary")?.[1].trim() ?? "";
    const many = { a: namedOn("a", answers), b: namedOn("b", answers), n: [...story].length };
    const sides = (holder.dataset.sides ?? "").replace(/\{([abn])\}/g, (_all, /** @type {"a" | "b" | "n"} */ what) => `${many[what]}`);
    const what = sort?.value ? sort.selectedOptions[0]?.text : key.dataset.park;
    const where = unit?.value ? unit.selectedOptions[0]?.text : "";
    const how = came?.labels?.[0]?.textContent?.trim();
    return [what, where, how, sides].filter(Boolean).join(holder.dataset.between);
  };

  // Of somebody hurt or afraid nothing is kept, here neither.
  const putAside = () => {
    const told = new FormData(form);
    const answers = answersOf(told.entries());
    if (told.get("afraid") === "yes" || !answers.some(([name]) => WRITTEN.has(name))) return true;
    const at = new Date().toTimeString().slice(0, 5);
    return park(store, account, { key: `${Date.now()}${Math.random()}`, at, about: signs(answers), answers });
  };

  key.addEventListener("click", () => {
    if (putAside()) {
      begun.isResumed = false;
      location.assign(location.pathname);
    } else form.querySelector("[data-park-full]")?.removeAttribute("hidden");
  });
  form.addEventListener("submit", (event) => {
    begun.isSent ||= !event.defaultPrevented;
  });
  // What was taken up and is left by a link is put aside again; what was sent is not.
  addEventListener("pagehide", () => {
    if (begun.isResumed && !begun.isSent && putAside()) form.reset();
    begun.isResumed = false;
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    begun.isSent = false;
    form.dispatchEvent(new Event("change"));
    show();
  });
  show();
}
