"""The four ones by household: what was done for each in a year, what is still owed, and when one meets it anyhow.

Of helpers one sees oneself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from concerto.places import leaving_out
from concerto.places.models import Unit
from concerto.places.sight import Sight
from concerto.register.models import HelperLink, Household, Member, Resident
from concerto.register.search import head_of, log_of, places_of
from concerto.rulebook.facts import Id
from concerto.rulebook.occasions import Occasion, first_of, moves_in
from concerto.rulebook.standing import Line, Verdict

from .board.year import state_of, year_of
from .rounds import rounds_of
from .standing.near import book_of
from .standing.workplace import Workplace
from .trips import proposal, week_of

VISIT, CHANGE, TROUBLE, DEED = "four-ones-visit", "four-ones-change", "four-ones-trouble", "four-ones-deed"
MONTHLY, YEARLY = (VISIT, CHANGE), (TROUBLE, DEED)
Helped = Mapping[Id, Sequence[tuple[date, date]]]
MEETING = "theme-day"  # on which a branch's members meet every month


@dataclass(frozen=True)
class Row:
    """One helped household through a year: its state a month and duty, a year and duty; what is open now."""

    id: UUID
    number: str
    name: str
    group: str
    helps: bool
    months: tuple[tuple[str, str], ...]
    year: tuple[str, str]
    owed: tuple[tuple[str, date], ...]
    occasion: Occasion | None = None

    @property
    def next_due(self) -> date | None:
        """The day by which the next of it is due."""
        return min((due for _duty, due in self.owed), default=None)


def table(sight: Sight, village: Unit, year: int) -> list[Row]:
    """Give the helped households of one village in the order of their numbers."""
    assert sight.log is not None
    lines: dict[UUID, list[Line]] = defaultdict(list)
    for line in year_of(sight.log, year, sight.day, {village.id}).lines:
        if line.duty in (*MONTHLY, *YEARLY) and isinstance(line.about, UUID):
            lines[line.about].append(line)
    rows = list(Household.objects.seen_by(sight).filter(id__in=lines).order_by("number", "id"))
    people = _people(rows, sight)
    mine = set(
        HelperLink.objects.on(sight.day)
        .filter(log=log_of(sight), helper=sight.account)
        .values_list("household", flat=True)
    )
    helped = _helped(log_of(sight), [line for some in lines.values() for line in some if _is_done_unowed(line)])

    def state(house: UUID, duty: str, month: int) -> str:
        return next((_state(line, helped) for line in lines[house] if (line.duty, line.due.month) == (duty, month)), "")

    found = [
        Row(
            row.id,
            row.number,
            head.name if (head := head_of(row, people[row.id])) else "",
            row.group,
            row.id in mine,
            tuple((state(row.id, VISIT, n), state(row.id, CHANGE, n)) for n in range(1, 13)),
            (state(row.id, TROUBLE, 12), state(row.id, DEED, 12)),
            tuple((line.duty, line.due) for line in lines[row.id] if line.verdict is Verdict.OPEN),
        )
        for row in rows
        if any(_state(line, helped) != Verdict.NOT_OWED for line in lines[row.id])
    ]
    occasions = _occasions(sight, village, [row for row in rows if row.left_on is None], people)
    return [replace(row, occasion=occasions.get(row.id)) if row.owed else row for row in found]


def _occasions(
    sight: Sight, village: Unit, rows: Sequence[Household], people: dict[UUID, list[Resident]]
) -> dict[UUID, Occasion]:
    """Name for each household the soonest day on which its reader meets it anyhow, where one is known."""
    known: defaultdict[UUID, list[Occasion]] = defaultdict(list)
    place = Workplace(village.log, sight.account, sight.day, book_of(village.log, sight.day))
    for house, one in _on_the_way(sight, place):
        known[house].append(one)
    running = [one.until for one in rounds_of(sight) if village.id in one.villages and one.runs(sight.day)]
    meetings = _meetings(place, village.log, people)
    for row in rows:
        known[row.id] += [Occasion("round", until) for until in running]
        known[row.id] += [
            Occasion("move", moves_in(usual.since, asof=sight.day), usual.season)
            for usual in places_of(row)
            if not usual.holds_in(sight.day.month)
        ]
        known[row.id] += [Occasion("meeting", meetings[one.id]) for one in people[row.id] if one.id in meetings]
    first = {house: first_of(some, asof=sight.day) for house, some in known.items()}
    return {house: one for house, one in first.items() if one is not None}


def _on_the_way(sight: Sight, place: Workplace) -> Iterator[tuple[UUID, Occasion]]:
    """Give the stops of this week's trips, and whom one calls because they take no visits."""
    assert sight.log is not None
    out = leaving_out.left_out(sight.account, sight.log, asof=sight.day)
    sunday, found = week_of(sight.day)[1], proposal(sight, place, left_out=out)
    for trip in found.week:
        for stop in trip.stops:
            if isinstance(stop.home.household, UUID):
                yield stop.home.household, Occasion("trip", sunday)
    for stop in found.calls:
        if isinstance(stop.home.household, UUID) and stop.due:
            yield stop.home.household, Occasion("call", stop.due)


def _meetings(place: Workplace, log: UUID, people: dict[UUID, list[Resident]]) -> dict[UUID, date]:
    """Say for people who are members by which day their branch meets next, where its reader sees that owed."""
    due: dict[UUID, date] = {}
    for alike in place.stacks:
        for line in alike.lines:
            if line.duty == MEETING and line.verdict is Verdict.OPEN and isinstance(line.unit, UUID):
                due[line.unit] = min(due.get(line.unit, line.due), line.due)
    if not due:
        return {}
    here = [one.id for some in people.values() for one in some]
    rows = Member.objects.filter(log=log, branch__in=due, resident__in=here, until__isnull=True, floating=False)
    return {row.resident: due[row.branch] for row in rows.filter(source_withdrawn=False)}


def _state(line: Line, helped: Helped) -> str:
    """Say how a duty stands; what was done for a helped household stays done, though its helper left meanwhile."""
    days = helped.get(line.about, ()) if _is_done_unowed(line) else ()
    is_done = any(since <= one.on <= until for one in line.because.counted if one.on for since, until in days)
    return Verdict.MET if is_done else state_of(line)


def _is_done_unowed(line: Line) -> bool:
    return line.verdict is Verdict.NOT_OWED and line.have >= line.need


def _helped(log: UUID, lines: Sequence[Line]) -> Helped:
    """Say from when to when those households were helped of which something was done that is not owed."""
    days: defaultdict[Id, list[tuple[date, date]]] = defaultdict(list)
    if lines:
        rows = HelperLink.objects.filter(log=log, household__in={line.about for line in lines}, helps=True)
        told = rows.filter(source_withdrawn=False).values_list("household", "helps_from", "until")
        for house, since, until in told:
            days[house].append((since or date.min, until or date.max))
    return days


def _people(rows: Sequence[Household], sight: Sight) -> dict[UUID, list[Resident]]:
    people: dict[UUID, list[Resident]] = defaultdict(list)
    for one in Resident.objects.filter(log=log_of(sight), household__in=[row.id for row in rows]).here().order_by("id"):
        people[one.household].append(one)
    return people
