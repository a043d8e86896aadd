// Binds the small behaviours of a page to its data- attributes. Every page works without any of them.
import { focusNotice } from "./focus-errors.js";
import { foldFilters } from "./filters.js";
import { goOn } from "./goes-on.js";
import { keepAlone, showAsked } from "./choices.js";
import { keepTable } from "./tables.js";
import { markOthers } from "./others.js";
import { clearOthers, parkIntakes } from "./parked.js";
import { printPage } from "./prints.js";
import { sendOnce } from "./submit-once.js";
import { stripPhotos } from "./strips.js";
import { watchPreview } from "./preview.js";
import { watchRoll } from "./roll.js";
import { watchVotes } from "./votes.js";

/**
 * @param {string} attribute
 * @param {(element: any) => void} bind
 */
function each(attribute, bind) {
  for (const element of document.querySelectorAll(`[${attribute}]`)) bind(element);
}

each("data-focus", focusNotice);
each("data-filters", foldFilters);
each("data-alone", keepAlone);
each("data-shows", showAsked);
each("data-strips", stripPhotos);
each("data-once", sendOnce);
each("data-preview", watchPreview);
each("data-votes", watchRoll);
each("data-votes", markOthers);
each("data-votes", watchVotes);
each("data-goes-on", goOn);
each("data-prints", printPage);
each("data-parks", parkIntakes);
if (document.querySelector(".door")) clearOthers(sessionStorage); // signed out: nothing that was put aside stays
for (const table of document.querySelectorAll("table.stack")) keepTable(/** @type {HTMLElement} */ (table));
