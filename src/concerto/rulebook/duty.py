"""A duty and its dated editions: what is owed, by whom, how often or how soon, and what meets it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from .days import DayTable, Due
from .period import ONE_DAY, Every, Period, period_of

DAYS_KNOWN = 16


class Measure(StrEnum):
    """In what a duty's amount is counted."""

    TIMES = "times"
    MINUTES = "minutes"
    CLASS_HOURS = "class_hours"


class Unit(StrEnum):
    """In what the time for a response is counted."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    SAME_DAY = "same_day"
    WINDOW = "window"


@dataclass(frozen=True)
class Within:
    """How soon a response is due: so many days for each sort of matter, "" for every other sort."""

    unit: Unit
    n: Mapping[str, int] = field(default_factory=dict)
    legal: bool = False

    def due(self, on: date, days: DayTable, *, sort: str = "", window: date | None = None) -> Due:
        """Return the last day for what began on a day; a window names its own, and is that day where it does not."""
        n = self.n.get(sort, self.n.get("", max(self.n.values(), default=0)))
        if self.unit is Unit.WORKING_DAYS:
            return days.working_days_after(on, n)
        if self.unit is Unit.DAYS:
            return days.days_after(on, n, legal=self.legal)
        return Due(window or on) if self.unit is Unit.WINDOW else Due(on)

    def began(self, due: date) -> date:
        """Return the first day on which what is due on a day may have begun, or the first of all where that is open."""
        return due if self.unit is Unit.SAME_DAY else date.min


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A duty as it stands from a day on. `every` and `within` tell its two shapes apart; one repealed has neither."""

    since: date
    source: str
    minutes: Mapping[str, int] = field(default_factory=dict)
    proven_by: tuple[str, ...] = ()
    need: int = 1
    measure: Measure = Measure.TIMES
    made_by: tuple[str, ...] = ()
    every: Every | None = None
    grace: int = 1
    after: tuple[str, ...] = ()
    within: Within | None = None
    until: tuple[str, ...] = ()
    extended_by: tuple[str, ...] = ()
    extensions: int | None = None
    repealed: bool = False


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One duty, owed by a post, a branch, a desk; few by a person, and `private` ones that person sees alone.

    One `by_law` is a law's: no township's edition asks for less.
    """

    id: str
    part: str
    title: Mapping[str, str]
    owed_by: str
    about: str
    post: str = ""
    private: bool = False
    local: bool = False
    by_law: bool = False
    editions: tuple[Edition, ...] = ()

    @cached_property
    def begins_after(self) -> frozenset[str]:
        """The steps after which any of its editions ever began."""
        return frozenset(kind for edition in self.editions for kind in edition.after)

    def in_force(self, day: date) -> Edition | None:
        """Return the edition that stands on a day; none before the first and after a repeal."""
        last: Edition | None = None
        for edition in self.editions:
            if edition.since <= day and (last is None or last.since < edition.since):
                last = edition
        return None if last is None or last.repealed else last

    def amended(self, *editions: Edition) -> "Duty":
        """Return the duty with local editions; one of the same day takes the other's place."""
        dated = {edition.since: edition for edition in (*self.editions, *editions)}
        return replace(self, editions=tuple(dated[since] for since in sorted(dated)))

    def periods(self, until: date) -> Sequence[tuple[Period, Edition]]:
        """Go through its periods, each with the edition that judges it, up to the one that `until` lies in.

        They leave no gap and never overlap: each begins the day after the last one ended, is judged wholly by the
        edition of its first day, and ends where that edition's calendar period ends. Nobody owes half a period when a
        duty begins, or begins anew after a repeal.
        """
        known = self._known.get(until)
        if known is None:
            if len(self._known) >= DAYS_KNOWN:
                self._known.clear()
            known = self._known[until] = tuple(self._periods(until))
        return known

    def first_turn(self, edition: Edition) -> Period | None:
        """Return the first period that an edition judges: it may begin on any day, and waits for a whole period."""
        within_two_years = edition.since + 731 * ONE_DAY
        return next((period for period, told in self._periods(within_two_years) if told is edition), None)

    @cached_property
    def _known(self) -> dict[date, tuple[tuple[Period, Edition], ...]]:
        """The periods up to the days they were asked for: a duty never changes, and every page asks of the same day."""
        return {}

    def _periods(self, until: date) -> Iterator[tuple[Period, Edition]]:
        day, goes_on = self._next_edition(date.min), False
        while day is not None and day <= until:
            edition = self.in_force(day)
            if edition is None or edition.every is None:
                day, goes_on = self._next_edition(day), False
                continue
            whole = period_of(edition.every, day)
            if goes_on or whole.first == day:
                yield Period(day, whole.last, edition.every), edition
                goes_on = True
            day = whole.last + ONE_DAY

    def _next_edition(self, day: date) -> date | None:
        return min((edition.since for edition in self.editions if edition.since > day), default=None)
