"""The lines of the open list, as they stand in the page: a template would look up a thousand names for fifty."""

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext


def drawn(rows: Iterable[Any], *, is_struck: bool) -> SafeString:
    """Write the lines of what is open, or of what was struck off; whatever is not markup here is escaped here."""
    words = {
        "colon": escape(pgettext("clause", ": ")),
        "village": escape(gettext("Village")),
        "grade": escape(gettext("Grade of the matter")),
        "level": escape(pgettext("open list", "Level")),
        "held": escape(gettext("In whose hands")),
        "last": escape(gettext("Struck off by") if is_struck else pgettext("open list", "Since")),
    }
    end = _struck if is_struck else _running
    return SafeString("\n".join(f"{_line(row, words)}{end(row, words['last'])}</tr>" for row in rows))


def _line(row: Any, words: dict[str, str]) -> str:
    about = f'<br><span class="meta name">{escape(row.about)}</span>' if row.about else ""
    head = f"{escape(row.what)}{words['colon']}{escape(row.matter)}"
    return (
        f'<tr><td class="s-lead"><a href="{escape(row.url)}">{head}</a>{about}</td>'
        f'<td class="nowrap" data-label="{words["village"]}">{escape(row.village)}</td>'
        f'<td data-label="{words["grade"]}">{escape(row.grade)}</td>'
        f'<td data-label="{words["level"]}">{escape(row.level)}</td>'
        f'<td data-label="{words["held"]}">{escape(row.held)}</td>'
    )


def _struck(row: Any, label: str) -> str:
    by = f'<a href="{escape(row.entry)}">{escape(row.struck)}</a>' if row.entry else "–"
    on = _day(row.struck_on) if row.struck_on else ""
    return f'<td data-label="{label}">{by}</td><td class="num s-end nowrap">{on}</td>'


def _running(row: Any, label: str) -> str:
    due = escape(date_format(row.due, "MONTH_DAY_FORMAT")) if row.due else ""
    if row.over:
        said = ngettext("%(n)s day over", "%(n)s days over", row.over) % {"n": row.over}
        due = f"<strong>{escape(said)}</strong>"
    return f'<td class="nowrap" data-label="{label}">{_day(row.since)}</td><td class="num s-end nowrap">{due}</td>'


def _day(day: date) -> str:
    return f'<time datetime="{day.isoformat()}">{escape(date_format(day, "DATE_FORMAT"))}</time>'
