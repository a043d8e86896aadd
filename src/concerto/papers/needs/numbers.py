"""Needs in numbers, by village and by what they are about; never by a person, and small ones not told from above.

Raised counts everybody who asked; all the other numbers count needs. A need belongs to the year it was told in.
Beside a number that is not told others are not told either where it could be reckoned from the sums: those of the
villages, of the sorts, and of all, which the page tells, hold for the file as well.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from concerto.papers.few import SMALL, few
from concerto.papers.hiding import UNTOLD, hidden
from concerto.parts.assistance.models import Need, NeedStep
from concerto.places.sight import Sight
from concerto.register.search import log_of

DONE = ("done", "told", "confirmed", "told_to_the_doer")  # where nobody could be asked it is no success
COLUMNS = ("raised", "solved", "confirmed", "told_to_the_doer", "no_answer", "not_ours", "merged", "open", "sent",
           "returned")  # fmt: skip


@dataclass
class Numbers:
    """The numbers of some needs."""

    raised: int = 0
    solved: int = 0
    confirmed: int = 0
    told_to_the_doer: int = 0
    no_answer: int = 0
    not_ours: int = 0
    merged: int = 0
    open: int = 0
    sent: int = 0
    returned: int = 0
    days: list[int] = field(default_factory=list)
    is_from_above: bool = False

    def add(self, other: "Numbers") -> None:
        """Add those of other needs; from above some of them are seen from above, all are."""
        for one in fields(self):
            if one.name not in ("days", "is_from_above"):
                setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        self.days += other.days
        self.is_from_above |= other.is_from_above

    @property
    def median(self) -> str:
        """Half of those that have an end took no longer; of a few nothing is told above the village."""
        if not self.days or (self.is_from_above and len(self.days) < SMALL):
            return UNTOLD
        return f"{median(self.days):g}"


def numbers(sight: Sight, year: int) -> dict[tuple[UUID, str], Numbers]:
    """Count the needs of a year by unit and sort, in a few statements whatever their number."""
    told = Need.objects.seen_by(sight).filter(
        source_withdrawn=False, opened_on__range=(date(year, 1, 1), date(year, 12, 31))
    )
    rows = told.filter(called__isnull=True)
    found: defaultdict[tuple[UUID, str], Numbers] = defaultdict(Numbers)
    counted = rows.order_by().values("unit", "sort").annotate(
        raised=Sum("askers"),
        solved=Count("id", filter=Q(state__in=DONE) & ~Q(outcome__in=("", "could_not"))),
        confirmed=Count("id", filter=Q(state="confirmed")),
        told=Count("id", filter=Q(state="told_to_the_doer")),
        no_answer=Count("id", filter=Q(state="no_answer")),
        not_ours=Count("id", filter=Q(state="not_ours")),
        open=Count("id", filter=Q(is_open=True)),
    )  # fmt: skip
    for row in counted:
        found[row["unit"], row["sort"]] = Numbers(
            row["raised"] or 0,
            row["solved"],
            row["confirmed"],
            row["told"],
            row["no_answer"],
            row["not_ours"],
            open=row["open"],
        )
    _count(found, "merged", told.filter(called__isnull=False))
    _days(found, rows)
    _moved(found, rows, sight)
    for (unit, _sort), one in found.items():
        one.is_from_above = unit not in sight.near
    return dict(found)


def _days(found: dict[tuple[UUID, str], Numbers], rows: Any) -> None:
    closed = rows.filter(closed_on__isnull=False).values_list("unit", "sort", "opened_on", "closed_on")
    for unit, sort, opened, ended in closed.iterator(chunk_size=2000):
        found[unit, sort].days.append((ended - opened).days)


def _moved(found: dict[tuple[UUID, str], Numbers], rows: Any, sight: Sight) -> None:
    """Count the needs that were sent on, and those that came back."""
    for kind in ("sent", "returned"):
        steps = NeedStep.objects.filter(log=log_of(sight), kind=kind).values("id")
        _count(found, kind, rows.filter(id__in=steps))


def _count(found: dict[tuple[UUID, str], Numbers], name: str, rows: Any) -> None:
    for row in rows.order_by().values("unit", "sort").annotate(n=Count("id")):
        setattr(found[row["unit"], row["sort"]], name, row["n"])


def summed(found: Mapping[tuple[UUID, str], Numbers], at: int) -> dict[Any, Numbers]:
    """Sum by unit (0) or by sort (1)."""
    sums: defaultdict[Any, Numbers] = defaultdict(Numbers)
    for key, one in found.items():
        sums[key[at]].add(one)
    return dict(sums)


@dataclass(frozen=True)
class Said:
    """The numbers as their reader is told of them, in the order of the columns with the median of days last."""

    by_unit: dict[UUID, list[str]]
    by_sort: dict[str, list[str]]
    by_both: dict[tuple[UUID, str], list[str]]
    all: list[str]


def said(found: Mapping[tuple[UUID, str], Numbers]) -> Said:
    """Say every number that tells nobody of few, and of none of those that are not told by the sums of others."""
    by_unit, by_sort, every = summed(found, 0), summed(found, 1), Numbers()
    for one in found.values():
        every.add(one)
    told = _Told(found, by_unit, by_sort, every)
    gone = {name: told.gone(name) for name in COLUMNS}
    return Said(
        {unit: _row(one, (UNIT, unit), gone) for unit, one in by_unit.items()},
        {sort: _row(one, (SORT, sort), gone) for sort, one in by_sort.items()},
        {key: _row(one, (BOTH, key), gone) for key, one in found.items()},
        _row(every, EVERY, gone),
    )


UNIT, SORT, BOTH = "unit", "sort", "both"
EVERY = ("every", None)
Key = tuple[str, Any]


class _Told:
    """Every number of the tables with the sums that it is in."""

    def __init__(
        self,
        found: Mapping[tuple[UUID, str], Numbers],
        by_unit: Mapping[UUID, Numbers],
        by_sort: Mapping[str, Numbers],
        every: Numbers,
    ) -> None:
        # in one order, whichever they were read in: what is hidden beside another is the same ones on page and file
        in_order = sorted(found.items(), key=lambda item: (str(item[0][0]), item[0][1]))
        self.all: dict[Key, Numbers] = {(BOTH, key): one for key, one in in_order}
        self.all |= {(UNIT, unit): by_unit[unit] for unit in sorted(by_unit)}
        self.all |= {(SORT, sort): by_sort[sort] for sort in sorted(by_sort)}
        self.all[EVERY] = every
        parts: defaultdict[Key, list[Key]] = defaultdict(list)
        for (unit, sort), _one in in_order:
            parts[UNIT, unit].append((BOTH, (unit, sort)))
            parts[SORT, sort].append((BOTH, (unit, sort)))
        self.sums: list[tuple[Key, list[Key]]] = [*parts.items()]
        self.sums += [(EVERY, [key for key in parts if key[0] == which]) for which in (UNIT, SORT)]
        self.near = {key for key, one in self.all.items() if not one.is_from_above}

    def gone(self, name: str) -> set[Key]:
        """Name those of one column that are not told. What is near its reader is told."""
        numbers = {key: int(getattr(one, name)) for key, one in self.all.items()}
        return hidden(numbers, self.sums, open_=self.near)


def _row(one: Numbers, key: Key, gone: Mapping[str, set[Key]]) -> list[str]:
    def word(name: str) -> str:
        n = getattr(one, name)
        return str(n) if key not in gone[name] else few(n) if 0 < n < SMALL else UNTOLD

    return [*(word(name) for name in COLUMNS), one.median]


def years(sight: Sight) -> Sequence[int]:
    """Name the years that needs were told in, the last first, the running one always."""
    first = Need.objects.seen_by(sight).order_by("opened_on").values_list("opened_on", flat=True).first()
    return range(sight.day.year, (first.year if first else sight.day.year) - 1, -1)
