"""One row of the list of what is owed, as it stands in the page.

A list has fifty of them, and a template would look up a thousand names. Rows of a stack differ by what they are about
and by its name: one is written, and in the others these two are put in its place.
"""

from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from concerto.papers.mechanism import tongue_read

from .forms import why_address
from .rows import Owed

# Where what is a row's own goes. Neither is ever part of a text: names go in last.
ABOUT, TITLE = "\x01", "\x02"


def drawn(row: Owed) -> SafeString:
    """Write a row: its mark, what is to be done and with whom, why, and by when."""
    pattern = _pattern_of(row.alike or row)
    return SafeString(pattern.replace(ABOUT, str(row.line.about)).replace(TITLE, escape(row.title)))


def _pattern_of(row: Owed) -> str:
    """Give what all rows of its stack have alike, written once."""
    known: str | None = row.__dict__.get("_pattern")
    if known is None:
        known = row.__dict__["_pattern"] = _pattern(row)
    return known


def _pattern(row: Owed) -> str:
    """Write the row; whatever is not markup here is escaped here."""
    about = str(row.line.about)
    head = f'<a href="{escape(row.address.replace(about, ABOUT))}">{TITLE}</a>' if row.address else TITLE
    meta, stop = escape(row.meta), escape(pgettext("sentence", ". "))
    return (
        f'<li><span class="owed-mark on-{escape(row.part)}">{row.sign()}</span>'
        f'<div><h3 class="h-row">{head}</h3><p class="meta">{meta}{stop}{_reasons(row, about)}</p></div>'
        f'<p class="owed-due"><strong>{escape(row.due_words)}</strong>{escape(row.left_words)}</p></li>'
    )


def _reasons(row: Owed, about: str) -> str:
    """Link to where it is said why, for each of its lines."""
    duties, tongue = row.place.mechanism.duties, tongue_read()
    why, colon = escape(pgettext("duty", "Why")), escape(pgettext("clause", ": "))
    first = f'{why}<span class="hidden">{colon}{TITLE}</span>'
    others = [escape(gettext("Why: %(what)s") % {"what": duties[line.duty].title[tongue]}) for line in row.lines[1:]]
    addresses = [escape(why_address(line).replace(about, ABOUT)) for line in row.lines]
    links = zip(addresses, (first, *others), strict=True)
    return "".join(f'<a class="why" href="{to}">{said}</a>' for to, said in links)
