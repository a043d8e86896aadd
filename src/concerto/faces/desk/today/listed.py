"""One row of the list of what is owed, as it stands in the page.

A list has fifty of them, and a template would look up a thousand names: what rows of a stack have alike is written
once, and what is their own (a name, addresses) goes in between.
"""

from html import escape
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from concerto.papers.mechanism import tongue_read

from .forms import why_address
from .rows import Owed


class Alike(NamedTuple):
    """What rows of a stack have alike: all that stands before, between and behind what is their own."""

    mark: str
    meta: str
    why: str
    others: tuple[str, ...]
    due: str


def drawn(row: Owed) -> SafeString:
    """Write a row: its mark, what is to be done and with whom, why, and by when."""
    alike = alike_of(row.alike or row)
    title = escape(row.title)
    links = (f"{alike.why}{title}</span>", *alike.others)
    whys = "".join(
        f'<a class="why" href="{escape(why_address(line))}">{link}</a>'
        for line, link in zip(row.lines, links, strict=True)
    )
    head = f'<a href="{escape(row.address)}">{title}</a>' if row.address else title
    return mark_safe(f"{alike.mark}{head}{alike.meta}{whys}{alike.due}")  # noqa: S308  (all that goes in is escaped)


def alike_of(row: Owed) -> Alike:
    """Write what all rows of its stack have alike, once."""
    known: Alike | None = row.__dict__.get("_alike")
    if known is None:
        known = row.__dict__["_alike"] = _alike(row)
    return known


def _alike(row: Owed) -> Alike:
    duties, tongue = row.place.mechanism.duties, tongue_read()
    others = [gettext("Why: %(what)s") % {"what": duties[line.duty].title[tongue]} for line in row.lines[1:]]
    stop, colon = pgettext("sentence", ". "), pgettext("clause", ": ")
    return Alike(
        mark=format_html('<li><span class="owed-mark on-{}">{}</span><div><h3 class="h-row">', row.part, row.sign()),
        meta=format_html('</h3><p class="meta">{}{}', row.meta, stop),
        why=format_html('{}<span class="hidden">{}', pgettext("duty", "Why"), colon),
        others=tuple(escape(words) for words in others),
        due=format_html('</p></div><p class="owed-due"><strong>{}</strong>{}</p></li>', row.due_words, row.left_words),
    )
