"""Cases in numbers: of one year, by how they stand. To whom not all of them open, no small number is told.

A case belongs to the year in which it was taken on, and is counted once, as it stands today. Nothing here is anybody's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
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
# What a number opens to: a list that counts the same.
LISTED: Mapping[str, Q] = {
    ALL: Q(),
    SETTLED: Q(stage__in=RESOLVED),
    **CELLS,
    STAYED: Q(stage__in=RESOLVED, level="village"),
}
BY = ("category", "source", "level")
Table = Mapping[str, str]  # the numbers of one table, as they are told
AGES, OLDER = (7, 15, 30, 60), 0  # open cases by age: up to so many days


@dataclass(frozen=True)
class Numbers:
    """The numbers of one year as its reader is told them; `is_whole` where every case opens to them."""

    year: int
    accepted: str
    cells: Mapping[str, str]
    is_whole: bool


def numbers(sight: Sight, year: int) -> Numbers:
    """Count the cases of a year in the reader's units, in two statements.

    Those that open to the reader they can count themselves: what is hidden is hidden of the others.
    """
    rows = Case.objects.counted_by(sight).filter(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    mine, others = _mine_and_others(sight, rows, _counted)
    gone = hidden(others, SUMS)
    told = {name: _told(mine[name], others[name], is_hidden=name in gone) for name in (ALL, SETTLED, *CELLS, STAYED)}
    return Numbers(year, told[ALL], told, is_whole=not others[ALL])


def numbers_by(sight: Sight, year: int) -> Mapping[str, Table]:
    """Count the cases of a year in the reader's units by sort, source and level, as `numbers` tells how many they are.

    Each of these tables has the sum of all cases and nothing else in common with the others and with `numbers`: with
    that sum told, what is hidden in one is not told by another. Where the sum is not told there is no table, nor
    where a small number in it would follow from the sum.
    """
    rows = Case.objects.counted_by(sight).filter(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    _mine, others = _mine_and_others(sight, rows, _counted)
    if ALL in hidden(others, SUMS):
        return {}
    its, theirs = _mine_and_others(sight, rows, _counted_by)
    told = {}
    for name in BY:
        cells = {value: n for (which, value), n in theirs.items() if which == name}
        if cells and (gone := hidden_beside(cells)) is not None:
            told[name] = {value: _told(its[name, value], n, is_hidden=value in gone) for value, n in cells.items()}
    return told


def hidden_beside(cells: Mapping[str, int]) -> Collection[str] | None:
    """Name what is not told of a row whose sum is told; nothing may be, where a small one would follow from the sum.

    >>> sorted(hidden_beside({"damages": 3, "neighbours": 9, "housing": 20}))
    ['damages', 'neighbours']
    >>> hidden_beside({"damages": 4, "neighbours": 4})
    """
    gone = hidden({**cells, ALL: sum(cells.values())}, [(ALL, tuple(cells))])
    return None if ALL in gone else gone


def _counted_by(rows: Any) -> dict[Any, int]:
    found: defaultdict[Any, int] = defaultdict(int)
    for *values, n in rows.order_by().values_list(*BY).annotate(n=Count("id")):
        for key in zip(BY, values, strict=True):
            found[key] += n
    return found


def _mine_and_others(sight: Sight, rows: Any, count: Callable[[Any], dict[Any, int]]) -> tuple[Any, dict[Any, int]]:
    """Count those that open to the reader, and the others."""
    every = count(rows)
    mine = count(rows.filter(id__in=Case.objects.seen_by(sight).values("id"))) if any(every.values()) else every
    return mine, {name: every[name] - mine[name] for name in every}


def _counted(rows: Any) -> dict[str, int]:
    found = dict.fromkeys((*CELLS, STAYED, WENT_ON), 0)
    columns = ("stage", "state", "outcome", "level")
    for stage, state, outcome, level, n in rows.order_by().values_list(*columns).annotate(n=Count("id")):
        found["open" if state == "open" else outcome] += n
        if stage in RESOLVED:
            found[STAYED if level == "village" else WENT_ON] += n
    for total, parts in SUMS:
        found[total] = sum(found[part] for part in parts)
    return found


def _told(mine: int, others: int, *, is_hidden: bool) -> str:
    """Say a number; where that of the others is not told, one's own and that there are more."""
    if not is_hidden:
        return str(mine + others)
    said = few(others)
    hint = UNTOLD if said == str(others) else said
    return f"{mine} + {hint}" if mine else hint


# ---------------------------------------------------------------- those that open to the reader, by what they are


@dataclass(frozen=True)
class Counted:
    """The cases of one row of a table: how many came to what, and the median of the days until they were settled."""

    cells: Mapping[str, int]
    median: str

    @property
    def all(self) -> int:
        """How many they are."""
        return sum(self.cells.values())


@dataclass(frozen=True)
class Statistics:
    """The cases of a year that open to their reader: by sort, source and level, as ways, and the open ones by age."""

    by: Mapping[str, Mapping[str, Counted]]
    whole: Counted
    ways: Mapping[tuple[str, str, str], int]
    ages: Mapping[int, int]


def statistics(sight: Sight, year: int) -> Statistics:
    """Count what opens to the reader: everything here they could count on their own board."""
    mine = Case.objects.seen_by(sight).standing()
    rows = mine.filter(accepted_on__range=(date(year, 1, 1), date(year, 12, 31)))
    columns = (*BY, "channel", "outcome")
    grouped: Any = rows.order_by().values(*columns).annotate(n=Count("id"))
    cells: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(CELLS, 0))
    ways: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in grouped:
        came_to = row["outcome"] or "open"
        ways[row["source"], row["channel"], came_to] += row["n"]
        for key in (*((name, row[name]) for name in BY), ("", "")):
            cells[key][came_to] += row["n"]
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    settled = rows.filter(state="resolved").values_list(*BY, "accepted_on", "closed_on")
    for *values, accepted, closed in settled.iterator(chunk_size=2000):
        for key in (*zip(BY, values, strict=True), ("", "")):
            days[key].append((closed - accepted).days)
    counted = {key: Counted(found, _median(days[key])) for key, found in cells.items()}
    by = {name: {value: counted[which, value] for which, value in counted if which == name} for name in BY}
    whole = counted.get(("", ""), Counted(dict.fromkeys(CELLS, 0), UNTOLD))
    return Statistics(by, whole, dict(ways), _ages(mine, sight.day))


def _ages(rows: Any, day: date) -> dict[int, int]:
    """Count the open cases by how long they have been: up to so many days each, the last without an end."""
    since = {most: day - timedelta(days=most) for most in AGES}
    bounds = [date.max, *since.values(), date.min]
    tallies: dict[str, Any] = {}
    for n, most in enumerate((*AGES, OLDER)):
        older = Q(accepted_on__lt=bounds[n]) if n else Q()
        tallies[f"up_to_{most}"] = Count("id", filter=older & Q(accepted_on__gte=bounds[n + 1]))
    found = rows.filter(state="open").order_by().aggregate(**tallies)
    return {most: found[f"up_to_{most}"] for most in (*AGES, OLDER)}


def _median(days: Sequence[int]) -> str:
    return f"{median(days):g}" if days else UNTOLD


def years(sight: Sight) -> Sequence[int]:
    """Name the years in which cases were taken on, the last first, the running one always."""
    first = Case.objects.counted_by(sight).filter(accepted_on__isnull=False).order_by("accepted_on")
    began = first.values_list("accepted_on", flat=True).first()
    return range(sight.day.year, min(began.year if began else sight.day.year, sight.day.year) - 1, -1)
