"""One bar of a board opened: each duty with its source, and line by line how it stands and by which record."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from concerto.faces.desk.board import words
from concerto.faces.desk.board.telling import draw, told
from concerto.faces.desk.frame import BRANCH, WRITERS
from concerto.faces.desk.today.forms import form_address
from concerto.papers.board.leaving import still_counts
from concerto.papers.board.year import STATES, Head, Place, key, state_of, tells_lines
from concerto.papers.ledgers import numbers
from concerto.papers.naming import Named, houses_named
from concerto.places.models import PartyGroup
from concerto.places.sight import Sight
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Line, Verdict

AT_ONCE = 60  # lines on a page
RECORDS = 3  # records named of one line


@dataclass(frozen=True)
class Record:
    """A record that counts: the page of its entry, its number, and when it was if it is late."""

    entry: UUID
    number: str
    said: str


@dataclass(frozen=True)
class OpenedLine:
    """One line of a duty."""

    about: str
    card: UUID | None
    drawn: SafeString
    state: str
    records: list[Record]
    more: str
    form: str  # where it is made up for, as long as it can be


@dataclass(frozen=True)
class OpenedDuty:
    """One duty of the bar, with the lines of this page."""

    title: str
    unit: str
    source: str
    often: str
    due: str
    drawn: SafeString
    said: str
    lines: list[OpenedLine] = field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """What the lines of one page are called."""

    houses: dict[UUID, Named]
    groups: dict[UUID, str]
    numbers: dict[UUID, int]
    units: dict[UUID, str]


def opened(
    heads: Sequence[Head], place: Place, sight: Sight, *, mechanism: Mechanism, year: int, behind: int = 0
) -> tuple[list[OpenedDuty], int | None]:
    """Open the heads of a bar: what stands on one page, and where the next page begins."""
    every = [(head, line) for head in heads for line in _in_order(head, sight)]
    shown = every[behind : behind + AT_ONCE]
    names = _names(sight, [line for _, line in shown], place)
    by_head: dict[int, list[Line]] = {}
    for head, line in shown:
        by_head.setdefault(id(head), []).append(line)
    duties = [
        _duty(head, by_head.get(id(head), []), names, sight, year, mechanism)
        for head in heads
        if id(head) in by_head or (behind == 0 and not _in_order(head, sight))
    ]
    return duties, behind + AT_ONCE if len(every) > behind + AT_ONCE else None


def _in_order(head: Head, sight: Sight) -> list[Line]:
    """Show first what is missed, then what is open; no line at all to whoever is told how many."""
    if not tells_lines(sight, head):
        return []
    return sorted(head.lines, key=lambda line: (STATES.index(state_of(line)), str(line.about)))


def _names(sight: Sight, lines: Sequence[Line], place: Place) -> Names:
    assert sight.log is not None
    about = {key(line.about) for line in lines}
    entries = {key(entry) for line in lines for entry in line.proof[:RECORDS]}
    groups = PartyGroup.objects.filter(log=sight.log, id__in=about).values_list("id", "name")
    return Names(
        houses_named(sight, about) if about else {},
        dict(groups) if about else {},
        numbers(sight, entries) if entries else {},
        {unit.id: unit.name for unit in place.units},
    )


def _duty(head: Head, lines: Sequence[Line], names: Names, sight: Sight, year: int, mechanism: Mechanism) -> OpenedDuty:
    one = told(head, sight)
    return OpenedDuty(
        words.title(head.duty),
        names.units.get(key(head.unit), ""),
        words.source(head),
        words.how_often(words.edition_of(head)),
        words.month_day(head.due, year=year),
        one.drawn,
        one.words(year=year),
        [_line(line, head, names, year, _form(line, mechanism, sight)) for line in lines],
    )


def _form(line: Line, mechanism: Mechanism, sight: Sight) -> str:
    """Give those who record here the form that makes up for what was missed, with its turn proposed."""
    may = sight.has(*(WRITERS if line.by.sort == "post" else BRANCH)) and key(line.unit) in sight.near
    if not may or line.verdict is not Verdict.MISSED or not still_counts(line, mechanism, sight.day):
        return ""
    return form_address(mechanism, line)


def _line(line: Line, head: Head, names: Names, year: int, form: str) -> OpenedLine:
    state = state_of(line)
    days = {reason.entry: reason for reason in line.because.counted}
    shown = [key(entry) for entry in line.proof[:RECORDS]]
    left, house = len(line.proof) - len(shown), names.houses.get(key(line.about))
    return OpenedLine(
        _about(line, head, names),
        house.id if house else None,
        draw(state, head.duty.part),
        words.line_words(line, state, year=year),
        [Record(entry, f"{names.numbers.get(entry, 0):04d}", _when(line, days.get(entry), year)) for entry in shown],
        ngettext("and {n} more record", "and {n} more records", left).format(n=left) if left else "",
        form,
    )


def _about(line: Line, head: Head, names: Names) -> str:
    if head.counts_members:
        return gettext("{have} of {need} members").format(have=line.have, need=line.need)
    about = key(line.about)
    if about in names.houses:
        return names.houses[about].name
    if about in names.groups:
        return names.groups[about]
    if line.by.sort == "post":
        return gettext("a household in {village}").format(village=names.units.get(key(line.unit), ""))
    if line.period.every is None:
        return gettext("the meeting of {day}").format(day=words.month_day(line.period.first, year=0))
    return pgettext("board", "the branch")


def _when(line: Line, reason: object, year: int) -> str:
    on, code = getattr(reason, "on", None), getattr(reason, "code", "")
    if on is None:
        return ""
    day = words.month_day(on, year=year)
    if code != "counted_late":
        return day
    return gettext("{day}, counts for {turn}").format(day=day, turn=words.turn(line.period, year=year))
