"""One open list (一本清单) of needs and cases: what is open, the oldest first, and what was struck off (销号), the last
first, each with the entry that struck it off.

A reader finds here what they find on the two boards: the needs of their units and desks, and the cases that open to
them. Of cases that do not, nothing stands here. Nothing is ranked, and nothing is counted by anybody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from concerto.groundwork import database
from concerto.papers.bare import NONE, Reading, both, one_of
from concerto.papers.behind import behind
from concerto.papers.cases.board import OF_A_LINE
from concerto.papers.cases.readers import opened_to
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.disputes.models import Case, CaseStep
from concerto.parts.disputes.states import COMING, ENDED, OPEN, RESOLVED
from concerto.places.sight import Sight

NEED, CASE = "need", "case"
RUNNING = (COMING[0], *OPEN)
CASES = Reading(Case, (*OF_A_LINE, "closed_on", "last_on"))
STRIKES: Mapping[str, tuple[str, ...]] = {
    NEED: ("yes", "told_to_the_doer", "no_answer", "not_ours"),
    CASE: ("not_accepted", *RESOLVED, *ENDED),
}


class Cursor(NamedTuple):
    """The last line of a page: the next one goes on behind it."""

    on: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; nonsense begins at the start."""
        try:
            on, matter = text.split(".")
            return cls(date.fromisoformat(on), UUID(matter))
        except ValueError:
            return None


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; nothing set is all of what is open."""

    is_struck: bool = False
    units: frozenset[UUID] | None = None
    what: str = ""
    after: Cursor | None = None


class Listed(NamedTuple):
    """One line: the day by which it stands in its place, and the need or the case."""

    on: date
    what: str
    row: Any

    @property
    def cursor(self) -> Cursor:
        """Where the list goes on behind it."""
        return Cursor(self.on, self.row.id)


class Strike(NamedTuple):
    """What struck a matter off: the step, its day, and the entry that says so."""

    kind: str
    on: date
    entry: UUID


def listed(sight: Sight, asked: Asked, most: int) -> list[Listed]:
    """Give the first lines of the list, or those behind a cursor, in two statements."""
    found = [Listed(row.day, NEED, row) for row in _needs(sight, asked, most)] if asked.what in ("", NEED) else []
    if asked.what in ("", CASE):
        found += [Listed(_day_of(row, asked), CASE, row) for row in _cases(sight, asked, most)]
    return sorted(found, key=lambda one: (one.on, one.row.id), reverse=asked.is_struck)[:most]


def _needs(sight: Sight, asked: Asked, most: int) -> QuerySet[Any]:
    """Ask for needs in the order of the day that gives a line its place: when it was told, or came to its end."""
    rows: QuerySet[Any] = Need.objects.seen_by(sight).standing()
    rows = rows.filter(is_open=not asked.is_struck, called__isnull=True)
    rows = rows.annotate(day=Coalesce("closed_on", "last_on") if asked.is_struck else F("opened_on"))
    order = ("-day", "-id") if asked.is_struck else ("day", "id")
    if asked.units is not None:
        rows = rows.filter(unit__in=asked.units)
    if asked.after is not None:
        rows = rows.filter(behind(*zip(order, asked.after, strict=True)))
    return rows.order_by(*order)[:most]


def _cases(sight: Sight, asked: Asked, most: int) -> list[Any]:
    """Give cases in the same order, by a bare statement."""
    known = opened_to(sight)
    if known is None or asked.units == frozenset():
        return []
    day, order, further = (
        ("COALESCE(closed_on, last_on)", "DESC", "<") if asked.is_struck else ("opened_on", "ASC", ">")
    )
    running = one_of("stage", RUNNING) or NONE
    where = both(known, (f"NOT {running[0]}" if asked.is_struck else running[0], running[1]))
    if asked.units is not None:
        where = both(where, database.among("unit", asked.units))
    if asked.after is not None:
        where = both(where, (f"({day}, id) {further} (%s, %s)", [*asked.after]))
    sql, values, _ = CASES.asked(where)
    return CASES.told(database.fetch(f"{sql} ORDER BY {day} {order}, id {order} LIMIT %s", [*values, most]))


def _day_of(case: Any, asked: Asked) -> date:
    day: date = (case.closed_on or case.last_on) if asked.is_struck else case.opened_on
    return day


def strikes(log: UUID, lines: Sequence[Listed]) -> dict[UUID, Strike]:
    """Tell for each of these lines what struck it off, in a statement for each sort."""
    found: dict[UUID, Strike] = {}
    for what, steps in ((NEED, NeedStep), (CASE, CaseStep)):
        found |= _strikes(steps, log, [one.row.id for one in lines if one.what == what], STRIKES[what])
    return found


def _strikes(steps: Any, log: UUID, matters: Collection[UUID], kinds: Collection[str]) -> dict[UUID, Strike]:
    if not matters:
        return {}
    rows = steps.objects.filter(log=log, id__in=matters, kind__in=kinds).order_by("id", "n")
    return {row.id: Strike(row.kind, row.on, row.entry) for row in rows}
