"""The windows of rounds: from a day to a day every household of some villages is owed a contact."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from concerto.rulebook.clocks import ROUND, Clock, clocks
from concerto.rulebook.days import DayTable
from concerto.rulebook.duty import Duty, Measure, Unit
from concerto.rulebook.facts import Matter
from concerto.rulebook.period import Period

from .households import MANY, Asked


@dataclass(frozen=True)
class Window:
    """From a day to a day every household of some villages is owed a contact; `clock` says so for one of them."""

    clock: Clock
    villages: frozenset[UUID]
    asof: date

    @property
    def asked(self) -> Asked:
        """The days whose records count, and by which edition."""
        return Period(self.clock.start.on, self.clock.shut(self.asof)), self.clock.edition

    @property
    def period(self) -> Period:
        """The days from its first to its last, stopped or not."""
        return Period(self.clock.start.on, self.clock.due.on)


def is_round(duty: Duty) -> bool:
    """Tell whether a duty is asked of every household in a window, so often, by whomever."""
    told = [edition for edition in duty.editions if not edition.repealed]
    return bool(told) and duty.about in MANY and all(
        edition.within is not None
        and edition.within.unit is Unit.WINDOW
        and edition.measure is Measure.TIMES
        and not edition.made_by
        for edition in told
    )  # fmt: skip


def windows(duty: Duty, matters: Iterable[Matter], days: DayTable, asof: date) -> list[Window]:
    """Give the windows that had begun by a day, each once for all the villages that one round covers."""
    found: dict[tuple[Any, ...], tuple[Clock, set[UUID]]] = {}
    for matter in matters:
        if ROUND in matter.subjects and isinstance(matter.unit, UUID):
            for clock in clocks(duty, matter, days, asof=asof):
                key = matter.id, clock.start.entry, clock.due.on, clock.shut(asof)
                found.setdefault(key, (clock, set()))[1].add(matter.unit)
    return [Window(clock, frozenset(villages), asof) for clock, villages in found.values()]


def running(some: Sequence[Window], units: Collection[UUID]) -> Iterator[Window]:
    """Keep what is not over yet, as far as it covers some units."""
    for one in some:
        here = one.villages & frozenset(units)
        if here and one.clock.due.on >= one.asof:
            yield Window(one.clock, here, one.asof)
