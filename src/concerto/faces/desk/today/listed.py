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
ABOUT, NAME = "\x01", "\x02"


def drawn(row: Owed) -> SafeString:
    """Write a row: its mark, what is to be done and with whom, why, and by when."""
    name = row.whom
    pattern = _pattern_of(row.alike or row, is_named=bool(name))
    return SafeString(pattern.replace(ABOUT, str(row.line.about)).replace(NAME, escape(name)))


def _pattern_of(row: Owed, *, is_named: bool) -> str:
    """Give what all rows of its stack have alike, written once for those with a name and once for those without."""
    patterns: dict[bool, str] = row.__dict__.setdefault("_patterns", {})
    if is_named not in patterns:
        patterns[is_named] = _pattern(row, escape(row.called(NAME if is_named else "")))
    return patterns[is_named]


def _pattern(row: Owed, title: str) -> str:
    """Write the row; whatever is not markup here is escaped here."""
    about = str(row.line.about)
    head = f'<a href="{escape(row.address.replace(about, ABOUT))}">{title}</a>' if row.address else title
    meta, stop = escape(row.meta), escape(pgettext("sentence", ". "))
    return (
        f'<li><span class="owed-mark on-{escape(row.part)}">{row.sign()}</span>'
        f'<div><h3 class="h-row">{head}</h3><p class="meta">{meta}{stop}{_reasons(row, about, title)}</p></div>'
        f'<p class="owed-due"><strong>{escape(row.due_words)}</strong>{escape(row.left_words)}</p></li>'
    )


def _reasons(row: Owed, about: str, title: str) -> str:
    """Link to where it is said why, for each of its lines."""
    duties, tongue = row.place.mechanism.duties, tongue_read()
    why, colon = escape(pgettext("duty", "Why")), escape(pgettext("clause", ": "))
    first = f'{why}<span class="hidden">{colon}{title}</span>'
    others = [escape(gettext("Why: %(what)s") % {"what": duties[line.duty].title[tongue]}) for line in row.lines[1:]]
    addresses = [escape(why_address(line).replace(about, ABOUT)) for line in row.lines]
    links = zip(addresses, (first, *others), strict=True)
    return "".join(f'<a class="why" href="{to}">{said}</a>' for to, said in links)
