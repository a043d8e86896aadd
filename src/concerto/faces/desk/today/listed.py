"""One row of the list of what is owed, as it stands in the page.

A list has fifty of them, and a template would look up a thousand names. Rows of a stack differ by what they are about
and by its name: one is written, and in the others these two are put in its place.
"""

from html import escape

from django.utils.html import format_html, format_html_join
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
    about = str(row.line.about)
    head = format_html('<a href="{}">{}</a>', row.address.replace(about, ABOUT), TITLE) if row.address else TITLE
    return format_html(
        '<li><span class="owed-mark on-{}">{}</span><div><h3 class="h-row">{}</h3><p class="meta">{}{}{}</p></div>'
        '<p class="owed-due"><strong>{}</strong>{}</p></li>',
        row.part,
        row.sign(),
        head,
        row.meta,
        pgettext("sentence", ". "),
        _reasons(row, about),
        row.due_words,
        row.left_words,
    )


def _reasons(row: Owed, about: str) -> SafeString:
    """Link to where it is said why, for each of its lines."""
    duties, tongue = row.place.mechanism.duties, tongue_read()
    first = format_html('{}<span class="hidden">{}{}</span>', pgettext("duty", "Why"), pgettext("clause", ": "), TITLE)
    others = [gettext("Why: %(what)s") % {"what": duties[line.duty].title[tongue]} for line in row.lines[1:]]
    addresses = [why_address(line).replace(about, ABOUT) for line in row.lines]
    links = zip(addresses, (first, *others), strict=True)
    return format_html_join("", '<a class="why" href="{}">{}</a>', links)
