"""Which homes one way goes to: what is owed about households, put together by where each usually is this month.

A proposal invents nothing and loses nothing: each debt handed in stands once, at a stop of a trip, among the calls by
telephone, among what a person left out, or elsewhere, where no home is known that one could go to. Each place says why.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .facts import Id

MOST_STOPS = 8  # homes that one way of a day in the pasture goes to; more of one place are a second way


class Debt(NamedTuple):
    """Something owed about a household: by when, and whether a telephone call settles it as well."""

    household: Id
    duty: str
    turn: str
    due: date
    by_call: bool = False
    is_missed: bool = False


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where a household usually is this month: its village by the order of codes, the season's place, its group.

    `number` is its number in the village, in whose order its homes are gone to. `is_best` are the months in which it is
    best reached; `takes_visits` is false where it asked to be reached in another way only.
    """

    household: Id
    village: Id
    village_at: int
    season: str = ""
    group: str = ""
    number: str = ""
    is_best: bool = False
    takes_visits: bool = True

    @property
    def place(self) -> tuple[int, str, str]:
        """What homes of one way have alike."""
        return self.village_at, self.season, self.group

    @property
    def turn(self) -> tuple[int, str, str]:
        """Its turn on the way: by its number as a village counts, those without one last."""
        return (len(self.number) if self.number else 99), self.number, str(self.household)


@dataclass(frozen=True)
class Stop:
    """A home, what one visit there settles, and why it is on the way, as codes."""

    home: Home
    debts: tuple[Debt, ...]
    because: tuple[str, ...]

    @property
    def due(self) -> date | None:
        """The soonest day by which something there is due; none where all of it was missed."""
        return min((debt.due for debt in self.debts if not debt.is_missed), default=None)


@dataclass(frozen=True)
class Trip:
    """Homes of one place, in the order they are gone to, and why this is one way, as codes."""

    stops: tuple[Stop, ...]
    because: tuple[str, ...]
    nth: int = 1  # of the ways to this place

    @property
    def home(self) -> Home:
        """The first home: all of them are at its place."""
        return self.stops[0].home

    @property
    def due(self) -> date | None:
        """The soonest day by which something on the way is due; none where all of it was missed."""
        return min((stop.due for stop in self.stops if stop.due), default=None)

    @property
    def settles(self) -> int:
        """How many debts the whole way settles."""
        return sum(len(stop.debts) for stop in self.stops)


@dataclass(frozen=True)
class Proposal:
    """The trips of a week, those that can wait, the calls by telephone, and what is on no way."""

    week: tuple[Trip, ...]
    later: tuple[Trip, ...]
    calls: tuple[Stop, ...]
    left_out: tuple[Stop, ...]
    elsewhere: tuple[Debt, ...]

    @property
    def trips(self) -> tuple[Trip, ...]:
        """All trips."""
        return self.week + self.later


def proposed(
    debts: Iterable[Debt],
    homes: Mapping[Id, Home],
    *,
    last: date,
    left_out: Collection[Id] = (),
    most: int = MOST_STOPS,
) -> Proposal:
    """Propose the ways of a week that ends on a day; whom a person left out stays out, on their word alone.

    A place is gone to this week if something there is due in it, or, in a week in which nothing is due, if its way
    settles most. What was missed and can still be made good is settled on the way, and asks for none by itself. Whom a
    person leaves out is missing on their own way and moves no other home: neither to another way nor to another turn.
    """
    owed: dict[Id, list[Debt]] = defaultdict(list)
    for debt in dict.fromkeys(debts):
        owed[debt.household].append(debt)
    out = set(left_out)
    known = sorted((homes[one] for one in owed if one in homes), key=lambda home: (*home.place, *home.turn))
    stops = {home.household: _stop(home, owed[home.household], last) for home in known}
    going = [stop for stop in stops.values() if not _is_a_call(stop)]
    whole = sorted(_ways(going, most), key=_first_due)
    left = [(trip, Trip(some, trip.because, trip.nth)) for trip in whole if (some := _without(out, trip))]
    trips = [trip for _whole, trip in left]
    week = [trip for trip in trips if any("due_this_week" in stop.because for stop in trip.stops)]
    if not week and left:
        _whole, trip = max(left, key=lambda pair: pair[0].settles)  # of equals the first
        week = [Trip(trip.stops, (*trip.because, "settles_most"), trip.nth)]
    chosen = {trip.home.household for trip in week}
    return Proposal(
        week=tuple(week),
        later=tuple(trip for trip in trips if trip.home.household not in chosen),
        calls=tuple(stop for one, stop in stops.items() if one not in out and _is_a_call(stop)),
        left_out=tuple(stop for one, stop in stops.items() if one in out),
        elsewhere=tuple(_in_order(debt for one, some in owed.items() if one not in homes for debt in some)),
    )


def _without(out: Collection[Id], trip: Trip) -> tuple[Stop, ...]:
    return tuple(stop for stop in trip.stops if stop.home.household not in out)


def _is_a_call(stop: Stop) -> bool:
    """A household that takes no visits is called, if that settles all that is owed; else one goes there after all."""
    return not stop.home.takes_visits and all(debt.by_call for debt in stop.debts)


def _stop(home: Home, debts: Iterable[Debt], last: date) -> Stop:
    here = tuple(sorted(debts, key=_order))
    this_week = any(not debt.is_missed and debt.due <= last for debt in here)
    made_good = any(debt.is_missed for debt in here)
    because = ["due_this_week" if this_week else "on_the_way"]
    because += ["can_be_made_good"] if made_good else []
    because += ["best_month"] if home.is_best else []
    because += [] if home.takes_visits else ["asked_to_be_called"]
    return Stop(home, here, tuple(because))


def _ways(stops: Sequence[Stop], most: int) -> list[Trip]:
    """Put stops that are in order by place together; many of one place are several ways."""
    places: dict[tuple[int, str, str], list[Stop]] = defaultdict(list)
    for stop in stops:
        places[stop.home.place].append(stop)
    found = []
    for some in places.values():
        ways = [some[at : at + most] for at in range(0, len(some), most)]
        because = ("same_place", *(("too_many_for_a_day",) if len(ways) > 1 else ()))
        found += [Trip(tuple(way), because, n) for n, way in enumerate(ways, 1)]
    return found


def _first_due(trip: Trip) -> tuple[object, ...]:
    """Soonest due first, what was missed alone last; of the same day what settles more; then by place."""
    return trip.due is None, trip.due or date.max, -trip.settles, trip.home.place, trip.nth


def _in_order(debts: Iterable[Debt]) -> list[Debt]:
    return sorted(debts, key=lambda debt: (*_order(debt)[:-1], str(debt.household), debt.by_call))


def _order(debt: Debt) -> tuple[bool, date, str, str, bool]:
    """Order the debts of one household."""
    return debt.is_missed, debt.due, debt.duty, debt.turn, debt.by_call
