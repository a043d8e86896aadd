"""What is owed by whose phone it is, as the last page of a pull tells it: the server's standing, for the way without
signal.

It holds ids, days and numbers, and what duties are called; of households no name, and only such as lie on the phone.
Beside it lies a small table: which kinds of entry count for which duty. Nothing is judged on the phone.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

import msgspec

from concerto.groundwork import canonical
from concerto.journal.models import Head
from concerto.papers.rounds import DUTY, lines_to_meet, rounds_of
from concerto.papers.standing.local import shipped_digest
from concerto.papers.standing.made_up import turns_around
from concerto.papers.standing.settling import Gives, settled_by
from concerto.papers.standing.workplace import Workplace
from concerto.papers.trips import proposal
from concerto.places.sight import Sight
from concerto.rulebook.duty import Edition
from concerto.rulebook.facts import Id
from concerto.rulebook.standing import Line, Verdict
from concerto.rulebook.terms import terms
from concerto.rulebook.trips import Stop, Trip

SHAPE = 5  # of what is told; raised with it, so that no phone keeps the standing of another release

MOST_WAYS, MOST_CALLS, MOST_OUT = 6, 20, 100  # what a phone is told of a week; the rest comes up as these are settled


class Duty(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a duty is called, about what sort of thing it is, in what it is counted, and what counts for it. Where it is
    about members, its rows are one a branch."""

    part: str
    title: dict[str, str]
    of: str
    measure: str = "times"
    settled_by: list[Gives] = []


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """Debts of one duty that stand alike, about each of `about`; of one's own, about nothing. `turn` is what
    `counts_for` calls the period. `overdue` ones were due, and something still counts for them: until a day, if any."""

    duty: str
    unit: UUID
    turn: str
    since: date
    due: date
    about: list[UUID] = []
    have: int = 0
    need: int = 1
    verdict: str = "open"
    until: date | None = None
    provisional: bool = False


class Turn(msgspec.Struct, frozen=True):
    """A turn that records of these forms may count for, late: of the days after its last one until a day."""

    turn: str
    last: date
    until: date
    forms: list[str]


class Home(msgspec.Struct, frozen=True):
    """A home on the way, and why it is, as codes. What is owed about it stands in the rows."""

    household: UUID
    because: tuple[str, ...]


class Way(msgspec.Struct, frozen=True, omit_defaults=True):
    """Homes of one place in the order they are gone to, and why this is one way: `week`, `later`, or by `call`."""

    homes: list[Home]
    because: tuple[str, ...] = ()
    season: str = ""
    nth: int = 1
    when: str = "week"


class Standing(msgspec.Struct, frozen=True, omit_defaults=True):
    """How it stands on a day. `digest` names this very standing and the moment it was read at; where only the moment is
    another, it comes alone. `rounds` are of the villages one works in, where somebody else owes them."""

    digest: str
    asof: date | None = None
    duties: dict[str, Duty] = {}
    rows: list[Row] | None = None
    turns: list[Turn] = []
    ways: list[Way] = []
    left_out: list[Home] = []
    rounds: list[Row] = []


def since(asked: str | None, sight: Sight, head: Head, left_out: Collection[UUID] = ()) -> Standing | None:
    """Tell how it stands, if a phone asks and has another. It is read anew only where the log, the day,
    the release's rules or whom its person leaves out moved on; what a township changed of them stands in its log."""
    out = canonical.digest(msgspec.json.encode(sorted(left_out)).decode())[:8] if left_out else "0"
    moment = f"{SHAPE}.{shipped_digest()[:8]}.{out}.{head.epoch}.{head.seq}.{sight.day:%Y%m%d}"
    before, _, digest = (asked or "").rpartition(".")
    if asked is None or before == moment:
        return None
    told = standing(sight, left_out)
    said = [told.duties, told.rows, told.turns, told.ways, told.left_out, told.rounds]
    now = canonical.digest(msgspec.json.encode(said).decode())[:16]
    named = Standing(f"{moment}.{now}", sight.day)
    if now == digest:
        return named
    return msgspec.structs.replace(told, digest=named.digest)


def standing(sight: Sight, left_out: Collection[UUID] = ()) -> Standing:
    """Read how it stands: the lines of which something can still be done."""
    assert sight.log is not None
    place = Workplace(sight.log, sight.account, sight.day)
    lines = [line for line in place.lines if place.is_still_to_do(line) and _may_lie_here(place, line, sight)]
    rounds = _rounds(sight, place, {line.unit for line in lines if line.duty == DUTY})
    shown = [*lines, *rounds]
    names = sorted({line.duty for line in shown})
    duties = {name: _duty(place, [line for line in shown if line.duty == name]) for name in names}
    turns = [Turn(*turn) for turn in turns_around(place.mechanism, sight.day)] if lines else []
    ways, out = _ways(sight, place, left_out) if lines else ([], [])
    told = list(_rows(place, lines)), turns, ways, out, list(_rows(place, rounds))
    return Standing("", sight.day, duties, *told)


def _rounds(sight: Sight, place: Workplace, own: Collection[Id]) -> list[Line]:
    """Give what running rounds still ask for in a reader's villages where somebody else owes it: all there call."""
    if not sight.near:
        return []
    running = [(one, village) for one in rounds_of(sight) if one.runs(sight.day) for village in one.villages]
    here = [(one, village) for one, village in running if village in sight.near and village not in own]
    return [line for one, village in here for line in lines_to_meet(place.log, one, village, sight.day)]


def _ways(sight: Sight, place: Workplace, left_out: Collection[UUID]) -> tuple[list[Way], list[Home]]:
    """Propose the ways of the week as the desk does, to homes whose cards lie here; and name who is left out."""
    found = proposal(sight, place, left_out=left_out)
    here = [trip for trip in found.trips if trip.home.village in sight.near][:MOST_WAYS]
    calls = _homes([stop for stop in found.calls if stop.home.village in sight.near][:MOST_CALLS])
    ways = [_way(trip, "week" if trip in found.week else "later") for trip in here]
    out = _homes([stop for stop in found.left_out if stop.home.village in sight.near][:MOST_OUT])
    return ways + ([Way(calls, when="call")] if calls else []), out


def _way(trip: Trip, when: str) -> Way:
    return Way(_homes(trip.stops), trip.because, trip.home.season, trip.nth, when)


def _homes(stops: Sequence[Stop]) -> list[Home]:
    return [Home(stop.home.household, stop.because) for stop in stops if isinstance(stop.home.household, UUID)]


def _may_lie_here(place: Workplace, line: Line, sight: Sight) -> bool:
    """Of households only those whose cards lie here: who works above the village has them at the desk."""
    return _sort(place, line) != "household" or line.unit in sight.near


def _duty(place: Workplace, lines: list[Line]) -> Duty:
    duty, edition = place.mechanism.duties[lines[0].duty], _edition(place, lines[-1])
    of = _sort(place, lines[0])
    measure = edition.measure.value if of != "member" else "members"
    return Duty(duty.part, dict(duty.title), of, measure, settled_by(edition))


def _sort(place: Workplace, line: Line) -> str:
    subject = terms().subjects[place.mechanism.duties[line.duty].about]
    return "member" if subject.member else subject.of[0]


def _edition(place: Workplace, line: Line) -> Edition:
    edition = place.mechanism.duties[line.duty].in_force(line.period.first)
    assert edition is not None
    return edition


def _rows(place: Workplace, lines: list[Line]) -> Iterator[Row]:
    """Put together what stands alike: most of it is one duty in one month, about many households."""
    for told, alike in groupby(sorted(lines, key=_how), key=_how):
        some = list(alike)
        line, named = some[0], _sort(place, some[0]) != "person"
        last = place.last_day(line)
        is_over = line.verdict is Verdict.MISSED
        yield Row(
            *told[:2],
            turn=line.period.name,
            since=line.period.first,
            due=line.due,
            about=sorted(line.about for line in some if isinstance(line.about, UUID)) if named else [],
            have=line.have,
            need=line.need,
            verdict="overdue" if is_over else "open",
            until=last if is_over and last != date.max else None,
            provisional=line.provisional,
        )


def _how(line: Line) -> tuple[str, UUID, date, date, str, int, int, str, bool]:
    assert isinstance(line.unit, UUID)
    alike = (line.period.name, line.have, line.need, line.verdict.value, line.provisional)
    return line.duty, line.unit, line.due, line.period.first, *alike
