"""The lines of the board of cases, as they stand in the page: a template would look up a thousand names for fifty."""

from collections.abc import Iterable
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

NOBODY = UUID(int=0)  # in its place in an address goes the case of each line


def drawn(rows: Iterable[Any]) -> SafeString:
    """Write the lines, each group under its heading; whatever is not markup here is escaped here."""
    words = {
        "where": reverse("desk:case", args=[NOBODY]),
        "in_hands": escape(gettext("In whose hands")),
        "next_step": escape(pgettext("case", "Next")),
    }
    join, colon = escape(pgettext("case sides", " and ")), escape(pgettext("clause", ": "))
    written, group = [], ""
    for row in rows:
        if row.group and row.group != group:
            group = row.group
            written.append(f'<tr class="month-row"><th scope="rowgroup" colspan="7">{escape(row.group)}</th></tr>')
        sides = join.join(f'<span class="name">{escape(side)}</span>' for side in row.sides)
        written.append(_line(row, f"{sides}{colon if sides else ''}{escape(row.sort)}", **words))
    return SafeString("\n".join(written))


def _line(row: Any, matter: str, *, where: str, in_hands: str, next_step: str) -> str:
    about = f' <span class="meta">{escape(row.category)}</span>' if row.category != row.sort else ""
    return (
        f'<tr><td class="nowrap s-hide">{escape(row.number) or "–"}</td>'
        f'<td class="s-lead"><a href="{where.replace(str(NOBODY), str(row.id))}"><span>{matter}</span></a>{about}</td>'
        f'<td class="nowrap">{escape(row.village)}</td><td data-label="{in_hands}">{escape(row.held)}</td>'
        f'<td data-label="{next_step}">{escape(row.next)}</td><td class="case-clock">{row.clock}</td>'
        f'<td class="num s-end nowrap">{_left(row)}</td></tr>'
    )


def _left(row: Any) -> str:
    if row.due is None:
        return ""
    if row.over:
        said = ngettext("%(n)s day over", "%(n)s days over", row.over) % {"n": row.over}
    elif row.left == 0:
        said = pgettext("due", "today")
    else:
        return escape(ngettext("%(n)s day", "%(n)s days", row.left) % {"n": row.left})
    return f"<strong>{escape(said)}</strong>"
