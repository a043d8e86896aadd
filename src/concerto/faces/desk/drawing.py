"""Where each mark of the staff stands: from which lines sound, and when, to plain geometry. Draws nothing itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from concerto.places.sight import Part

FIVE: tuple[Part, ...] = tuple(Part)

LANE = 17  # one line of an upright staff, in units of its drawing
HEAD_HALF = 5  # how far a head reaches right of its middle, where its stem stands
MONTHS = 12


class Mark(StrEnum):
    """The states a head can be drawn in; each has its own shape, so that no state hangs on a colour."""

    MET = "met"
    OPEN = "open"
    MISSED = "missed"
    LATE = "late"
    WAIVED = "waived"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    CLASH = "clash"


class Stem(StrEnum):
    """Which piece of an entry's one stem stands on a line."""

    NONE = ""
    FROM = "from"
    THROUGH = "through"
    TO = "to"
    LONE = "lone"


def sounding(parts: Iterable[str]) -> tuple[Part, ...]:
    """Return the parts that sound, each once, from the top line down.

    >>> [part.value for part in sounding(["visits", "study", "visits"])]
    ['study', 'visits']
    """
    named = {Part(part) for part in parts}
    return tuple(part for part in FIVE if part in named)


def stems(parts: Iterable[str]) -> tuple[tuple[Part, bool, Stem], ...]:
    """Tell for each of the five lines whether it sounds, and which piece of the stem crosses it."""
    named = sounding(parts)
    if not named:
        return tuple((part, False, Stem.NONE) for part in FIVE)
    top, foot = FIVE.index(named[0]), FIVE.index(named[-1])
    return tuple((part, part in named, _stem(at, top, foot)) for at, part in enumerate(FIVE))


def _stem(at: int, top: int, foot: int) -> Stem:
    if not top <= at <= foot:
        return Stem.NONE
    if top == foot:
        return Stem.LONE
    return Stem.FROM if at == top else Stem.TO if at == foot else Stem.THROUGH


@dataclass(frozen=True)
class Head:
    """One mark on its line."""

    part: Part
    x: float
    y: float


@dataclass(frozen=True)
class Chord:
    """One entry drawn: its heads, and where its stem runs from and to; `beam` is None where there is no stem."""

    heads: tuple[Head, ...]
    beam: tuple[float, float] | None


def upright(parts: Iterable[str]) -> Chord:
    """Draw one entry across the five lanes of an upright staff: a lone head needs no stem."""
    heads = tuple(Head(part, LANE * (FIVE.index(part) + 0.5), LANE * 0.6) for part in sounding(parts))
    beam = (heads[0].x, heads[-1].x) if len(heads) > 1 else None
    return Chord(heads, beam)


@dataclass(frozen=True)
class Sounded:
    """What a staff across the year needs to know of one entry: its day, its lines, its state."""

    on: date
    parts: tuple[Part, ...]
    mark: Mark = Mark.MET


@dataclass(frozen=True)
class Measures:
    """The room a staff across has, in units of its drawing."""

    width: int
    start: int = 30
    top: int = 34
    gap: int = 18
    apart: int = 14

    @property
    def foot(self) -> int:
        return self.top + self.gap * (len(FIVE) - 1)

    @property
    def bar(self) -> float:
        return (self.width - self.start - 4) / MONTHS

    def line(self, part: Part) -> int:
        return self.top + self.gap * FIVE.index(part)


WIDE = Measures(width=1094)
MID = Measures(width=736, start=28, apart=11)


@dataclass(frozen=True)
class Bar:
    """One month of the staff: where it begins and ends, and whether a quarter ends with it."""

    first: date
    x: float
    end: float
    ends_quarter: bool
    is_now: bool


@dataclass(frozen=True)
class Year:
    """Twelve months drawn across, the chords in them, and where today stands."""

    measures: Measures
    bars: tuple[Bar, ...]
    chords: tuple[tuple[Sounded, Chord], ...]
    today: float


def year(entries: Iterable[Sounded], *, asof: date, measures: Measures = WIDE) -> Year:
    """Draw the twelve months that end with the month of `asof`; entries outside them are left out.

    Chords keep the order of their days and stand at least `measures.apart` from each other inside their bar, so
    that two visits of one day are two stems and never one blot.
    """
    bars = _bars(asof, measures)
    chords: list[tuple[Sounded, Chord]] = []
    known = sorted((entry for entry in entries if entry.parts), key=lambda entry: entry.on)
    for bar in bars:
        inside = [entry for entry in known if _months(entry.on) == _months(bar.first)]
        places = _spread([_across(bar, entry.on) for entry in inside], bar, measures.apart)
        chords.extend((entry, _standing(entry, x, measures)) for entry, x in zip(inside, places, strict=True))
    return Year(measures, bars, tuple(chords), round(min(_across(bars[-1], asof) + 9, bars[-1].end), 1))


def _months(day: date) -> int:
    return day.year * MONTHS + day.month - 1


def _bars(asof: date, measures: Measures) -> tuple[Bar, ...]:
    last = _months(asof)
    firsts = [date(month // MONTHS, month % MONTHS + 1, 1) for month in range(last - MONTHS + 1, last + 1)]
    edges = list(pairwise(round(measures.start + measures.bar * at, 1) for at in range(MONTHS + 1)))
    return tuple(
        Bar(first, x, end, ends_quarter=first.month % 3 == 0, is_now=_months(first) == last)
        for first, (x, end) in zip(firsts, edges, strict=True)
    )


def _across(bar: Bar, day: date) -> float:
    inside = bar.end - bar.x - 16
    return round(bar.x + 9 + inside * (day.day - 1) / 30, 1)


def _spread(wanted: Sequence[float], bar: Bar, apart: float) -> list[float]:
    """Push places that stand too close to the right, and what then leaves the bar back to the left."""
    if not wanted:
        return []
    room = (bar.end - 8) - (bar.x + 9)
    step = min(apart, room / max(len(wanted) - 1, 1))
    places: list[float] = []
    for x in wanted:
        places.append(max(x, places[-1] + step) if places else x)
    limit = bar.end - 8
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], limit)
        limit = places[at] - step
    return [round(x, 1) for x in places]


def _standing(entry: Sounded, x: float, measures: Measures) -> Chord:
    heads = tuple(Head(part, x, measures.line(part)) for part in sounding(entry.parts))
    if entry.mark in (Mark.OPEN, Mark.MISSED, Mark.WAIVED):
        return Chord(heads, None)  # nobody has played it yet
    return Chord(heads, (heads[0].y - measures.gap * 0.85, heads[-1].y - 1))
