"""Cases in numbers: of one year, by how they stand. To whom not all of them open, no small number is told.

A case belongs to the year in which it was taken on, and is counted once, as it stands today. Nothing here is anybody's.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Q

from concerto.groundwork import database
from concerto.papers.bare import NONE, written
from concerto.papers.cases.readers import opened_to
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
COUNTED, OTHERS = ("stage", "state", "outcome", "level"), ("category", "source", "channel")
EVERY = """SELECT CASE WHEN {within} THEN 1 ELSE 0 END, CASE WHEN {opens} THEN 1 ELSE 0 END, {columns}, COUNT(*)
FROM dispute_case WHERE log = %s AND accepted_on BETWEEN %s AND %s GROUP BY {groups}"""
# Those that open: of the settled ones of a year how many days it took, of the open ones since when they are.
CLOCKS = """SELECT category, source, level, CASE WHEN state = 'resolved' THEN {days} END,
    CASE WHEN state = 'open' THEN accepted_on END AS "since [date]", COUNT(*)
FROM dispute_case WHERE {opens} AND accepted_on IS NOT NULL
    AND (state = 'open' OR state = 'resolved' AND accepted_on BETWEEN %s AND %s) GROUP BY 1, 2, 3, 4, 5"""
Table = Mapping[str, str]  # the numbers of one table, as they are told
AGES, OLDER = (7, 15, 30, 60), 0  # open cases by age: up to so many days


@dataclass(frozen=True)
class Numbers:
    """The numbers of one year as its reader is told them; `is_whole` where every case opens to them."""

    year: int
    accepted: str
    cells: Mapping[str, str]
    is_whole: bool


@dataclass(frozen=True)
class Year:
    """The cases of one year, counted: those of the reader's units and those that open to them, each by some columns.

    `rows` says of each group whether it is counted in the reader's units, whether it opens to them, its columns, and
    how many they are. `days` and `ages` are of those that open alone: the days until they were settled, by sort, source
    and level, and the open ones of any year by the day on which they were taken on.
    """

    year: int
    columns: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    clocks: Sequence[tuple[Any, ...]] = ()

    def counted(self, *names: str, mine: bool) -> Iterator[tuple[Any, ...]]:
        """Give columns and number of what is counted in the reader's units; or of that what opens to them."""
        at = [self.columns.index(name) for name in names]
        for is_counted, is_mine, *values, n in self.rows:
            if is_counted and (is_mine or not mine):
                yield *(values[place] for place in at), n

    def opening(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """Give columns and number of what opens to the reader."""
        at = [self.columns.index(name) for name in names]
        return ((*(values[place] for place in at), n) for _, is_mine, *values, n in self.rows if is_mine)

    @property
    def mine(self) -> int:
        """How many open to the reader."""
        return sum(n for (n,) in self.opening())


def of_year(sight: Sight, year: int, *, by: bool = False) -> Year:
    """Count the cases of a year in one statement; with all that the tables of `numbers` ask for, in one trip."""
    columns = (*COUNTED, *OTHERS) if by else COUNTED
    counted, mine = written(Case.objects.counted_by(sight)), opened_to(sight)
    if counted is None and mine is None:
        return Year(year, columns, ())
    within, opens = counted or NONE, mine or NONE
    span = [date(year, 1, 1), date(year, 12, 31)]
    groups = ", ".join(str(n + 1) for n in range(len(columns) + 2))
    told = {"within": within[0], "opens": opens[0], "columns": ", ".join(columns), "groups": groups}
    asked: list[database.Query] = [(EVERY.format(**told), [*within[1], *opens[1], sight.log, *span], ())]
    if by:
        days = database.days_between("accepted_on", "closed_on")
        asked += [(CLOCKS.format(**told, days=days), [*opens[1], *span], ())]
    rows, *more = database.fetch_together(*asked)
    return Year(year, columns, rows, *more)


def numbers(known: Year) -> Numbers:
    """Tell how many cases of a year there are in the reader's units.

    Those that open to the reader they can count themselves: what is hidden is hidden of the others.
    """
    mine, others = _mine_and_others(known, _counted, COUNTED)
    gone = hidden(others, SUMS)
    told = {name: _told(mine[name], others[name], is_hidden=name in gone) for name in (ALL, SETTLED, *CELLS, STAYED)}
    return Numbers(known.year, told[ALL], told, is_whole=not others[ALL])


def numbers_by(known: Year) -> Mapping[str, Table]:
    """Tell of a year how many cases there are by sort, source and level, as `numbers` tells how many they are.

    Each of these tables has the sum of all cases and nothing else in common with the others and with `numbers`: with
    that sum told, what is hidden in one is not told by another. Where the sum is not told there is no table, nor
    where a small number in it would follow from the sum.
    """
    _mine, others = _mine_and_others(known, _counted, COUNTED)
    if ALL in hidden(others, SUMS):
        return {}
    its, theirs = _mine_and_others(known, _counted_by, BY)
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


def _counted_by(rows: Iterable[tuple[Any, ...]]) -> dict[Any, int]:
    found: defaultdict[Any, int] = defaultdict(int)
    for *values, n in rows:
        for key in zip(BY, values, strict=True):
            found[key] += n
    return found


def _mine_and_others(
    known: Year, count: Callable[[Iterable[tuple[Any, ...]]], dict[Any, int]], columns: Sequence[str]
) -> tuple[Any, dict[Any, int]]:
    """Count those that open to the reader, and the others."""
    every, mine = (count(known.counted(*columns, mine=only)) for only in (False, True))
    return mine, {name: every[name] - mine.get(name, 0) for name in every}


def _counted(rows: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    found = dict.fromkeys((*CELLS, STAYED, WENT_ON), 0)
    for stage, state, outcome, level, n in rows:
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


def statistics(known: Year, day: date) -> Statistics:
    """Count what opens to the reader: everything here they could count on their own board."""
    cells: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: dict.fromkeys(CELLS, 0))
    ways: dict[tuple[str, str, str], int] = defaultdict(int)
    for *values, channel, outcome, n in known.opening(*BY, "channel", "outcome"):
        came_to = outcome or "open"
        ways[values[BY.index("source")], channel, came_to] += n
        for key in (*zip(BY, values, strict=True), ("", "")):
            cells[key][came_to] += n
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    ages = dict.fromkeys((*AGES, OLDER), 0)
    for *values, took, since, n in known.clocks:
        if since is not None:
            ages[next((most for most in AGES if (day - since).days <= most), OLDER)] += n
            continue
        for key in (*zip(BY, values, strict=True), ("", "")):
            days[key] += [took] * n
    counted = {key: Counted(found, _median(days[key])) for key, found in cells.items()}
    by = {name: {value: counted[which, value] for which, value in counted if which == name} for name in BY}
    whole = counted.get(("", ""), Counted(dict.fromkeys(CELLS, 0), UNTOLD))
    return Statistics(by, whole, dict(sorted(ways.items())), ages)


def _median(days: Sequence[int]) -> str:
    return f"{median(days):g}" if days else UNTOLD


def years(sight: Sight) -> Sequence[int]:
    """Name the years in which cases were taken on, the last first, the running one always."""
    first = Case.objects.counted_by(sight).filter(accepted_on__isnull=False).order_by("accepted_on")
    began = first.values_list("accepted_on", flat=True).first()
    return range(sight.day.year, min(began.year if began else sight.day.year, sight.day.year) - 1, -1)
