"""Cases in numbers: of one year, by how they stand. To whom not all of them open, no small number is told.

A case belongs to the year in which it was taken on, and is counted once, as it stands today. Nothing here is anybody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from concerto.papers.few import few
from concerto.papers.hiding import UNTOLD, hidden
from concerto.parts.disputes.models import Case
from concerto.parts.disputes.states import RESOLVED
from concerto.places.sight import Sight

# What is counted of cases that were taken on: each is in one of these.
CELLS: Mapping[str, Q] = {
    "open": Q(state="open"),
    "written": Q(outcome="written"),
    "oral": Q(outcome="oral"),
    "between_themselves": Q(outcome="between_themselves"),
    "not_settled": Q(state="not_settled"),
    "withdrawn": Q(state="withdrawn"),
    "refused": Q(state="refused"),
}
# Of those that were settled: without leaving the village, and all others, which are not shown.
STAYED, WENT_ON = "in_the_village", "beyond_it"
ALL, SETTLED = "accepted", "settled"
SUMS = ((ALL, tuple(CELLS)), (SETTLED, ("written", "oral", "between_themselves")), (SETTLED, (STAYED, WENT_ON)))


@dataclass(frozen=True)
class Numbers:
    """The numbers of one year as its reader is told them; `is_whole` where every case opens to them."""

    year: int
    accepted: str
    cells: Mapping[str, str]
    is_whole: bool


def numbers(sight: Sight, year: int) -> Numbers:
    """Count the cases of a year in the reader's units, in two statements."""
    mine = Q(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    rows = Case.objects.counted_by(sight).filter(mine)
    tallies: dict[str, Any] = {name: Count("id", filter=within) for name, within in CELLS.items()}
    settled = Q(stage__in=RESOLVED)
    tallies |= {STAYED: Count("id", filter=settled & Q(level="village")),
                WENT_ON: Count("id", filter=settled & ~Q(level="village"))}  # fmt: skip
    found = rows.order_by().aggregate(**tallies)
    for total, parts in SUMS:
        found[total] = sum(found[part] for part in parts)
    accepted = found[ALL]
    opens = Case.objects.seen_by(sight).filter(mine, unit__in=sight.units).standing().count() if accepted else 0
    shown = [*CELLS, STAYED]
    if opens == accepted:
        return Numbers(year, str(accepted), {name: str(found[name]) for name in shown}, is_whole=True)
    gone = hidden(found, SUMS)
    told = {name: _told(found[name], is_hidden=name in gone) for name in (ALL, *shown)}
    return Numbers(year, told[ALL], told, is_whole=False)


def _told(number: int, *, is_hidden: bool) -> str:
    said = few(number)
    return UNTOLD if is_hidden and said == str(number) else said
