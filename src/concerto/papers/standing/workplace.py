"""What one person sees owed, on the day of looking: judged as a township's, from what their units need.

A page asks this many times a day, and the books of a whole township are too much for it. Only the units whose debts
the person sees are read, and of each duty the turns that run and those that can still be made good.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from concerto.places.models import Unit as UnitOfPlace
from concerto.register.posting import PostingRow
from concerto.rulebook.duty import Duty, Unit
from concerto.rulebook.facts import Facts, Id
from concerto.rulebook.facts import Unit as Place
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner, who_sees
from concerto.rulebook.period import ONE_DAY, Every, named, period_of
from concerto.rulebook.standing import Line, Verdict, open_to, standing

from .gathering import _posting, _units, facts_of
from .local import mechanism_of
from .narrow_book import NarrowBook


def before(every: Every, day: date) -> date:
    """Return the first day of the turn before the one a day lies in."""
    return period_of(every, period_of(every, day).first - ONE_DAY).first


@dataclass(frozen=True)
class Workplace:
    """The debts that one account sees in one log on a day."""

    log: UUID
    account: UUID
    asof: date
    _seen: dict[Owner, tuple[Id, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def book(self) -> NarrowBook:
        """The rows; its units are filled in as soon as it is known which they are."""
        since = min(date(self.asof.year, 1, 1), before(Every.QUARTER, self.asof))
        lately = period_of(Every.WEEK, before(Every.MONTH, self.asof)).first
        book = NarrowBook(self.log, since, self.asof, lately=lately, units=(), account=self.account)
        book.units = self._units_seen(book)
        return book

    @cached_property
    def mechanism(self) -> Mechanism:
        """The duties in force here."""
        return mechanism_of(self.book)

    @cached_property
    def facts(self) -> Facts:
        """What is told to the rulebook."""
        return facts_of(self.book)

    @cached_property
    def lines(self) -> list[Line]:
        """List what this account owes or sees as its own to do: what runs, and the turn before."""
        found = [line for line in self._judged() if self.account in self.seen_by(line.by)]
        return sorted(found, key=lambda line: (line.due, line.duty, str(line.by), str(line.about), line.period))

    def is_still_to_do(self, line: Line) -> bool:
        """Tell whether something can be done about it: it runs, is overdue, or can still be made good."""
        return line.verdict is Verdict.OPEN or (line.verdict is Verdict.MISSED and self.asof <= self.last_day(line))

    def last_day(self, line: Line) -> date:
        """Return the last day on which a record may still count; an answer that is overdue still answers."""
        edition = self.mechanism.duties[line.duty].in_force(line.period.first)
        if edition is None or line.period.every is None:
            window = edition is not None and edition.within is not None and edition.within.unit is Unit.WINDOW
            return line.due if window else date.max
        return line.period.later(edition.grace).last

    def seen_by(self, owner: Owner) -> tuple[Id, ...]:
        """Name the accounts that see an owner's debts on the day of looking."""
        if owner not in self._seen:
            self._seen[owner] = who_sees(owner, self.facts, on=self.asof)
        return self._seen[owner]

    def _judged(self) -> Iterator[Line]:
        first, last = date(self.asof.year, 1, 1), date(self.asof.year, 12, 31)
        for takes, since in (
            (lambda every: every in (Every.WEEK, Every.MONTH), self.book.lately),
            (lambda every: every is Every.QUARTER, before(Every.QUARTER, self.asof)),
            (lambda every: every in (Every.YEAR, None), first),
        ):
            cut = _cut(self.mechanism, takes)
            yield from open_to(standing(cut, self.facts, asof=self.asof, between=(since, last)), self.account)

    def _units_seen(self, book: NarrowBook) -> list[UUID]:
        """Name the units of which this account sees some debt: those of its posts, and an organizer the vacant ones."""
        units = _units(list(UnitOfPlace.objects.filter(log=self.log)))
        told = Facts(units=units, postings=[_posting(row) for row in book.rows(PostingRow)])
        posts = {duty.post for duty in mechanism_of(book).duties.values() if duty.owed_by == "post"}
        candidates = [unit for unit in units if _is_near(unit, units, self._posted_to(told))]
        return [
            u.id  # type: ignore[misc]  # the ids of units are keys here
            for u in candidates
            if any(
                self.account in who_sees(owner, told, on=self.asof)
                for owner in (Owner("branch", u.id), *(Owner("post", u.id, post) for post in posts))
            )
        ]

    def _posted_to(self, told: Facts) -> set[Id]:
        """Name the units of one's own postings, and of those that one may stand in for."""
        return {
            posting.unit
            for posting in told.postings
            if self.account == posting.account or any(self.account == away.deputy for away in posting.absences)
        }


def _is_near(unit: Place, units: Collection[Place], posted_to: set[Id]) -> bool:
    """Tell whether a unit may be seen from these: it is one of them, serves one, is served by one, or lies under it."""
    serving = {other.id for other in units if other.serves == unit.id}
    return not posted_to.isdisjoint({unit.id, unit.serves, unit.township, *serving})


def _cut(mechanism: Mechanism, takes: Callable[[Every | None], bool]) -> Mechanism:
    """Leave the duties that are asked as often as this: of a duty, as often as its last edition asks."""

    def is_taken(duty: Duty) -> bool:
        known = [edition for edition in duty.editions if not edition.repealed]
        return bool(known) and takes(max(known, key=lambda edition: edition.since).every)

    return replace(mechanism, duties={name: duty for name, duty in mechanism.duties.items() if is_taken(duty)})


def turns_of(
    log: UUID, asof: date, *, reader: UUID, duty: str, period: str, units: Collection[UUID], household: UUID | None
) -> tuple[Mechanism, list[Line]]:
    """Judge one duty in some units through the year that a turn lies in, as far as a reader may know of it."""
    turn = named(period)
    year = turn.last.year if turn else date.fromisoformat(period[:10]).year
    first = date(year, 1, 1)
    lately = before(Every.MONTH, first)
    book = NarrowBook(log, lately, asof, lately=lately, units=units, account=reader, household=household)
    whole = mechanism_of(book)
    alone = replace(whole, duties={duty: whole.duties[duty]} if duty in whole.duties else {})
    found = standing(alone, facts_of(book), asof=asof, between=(first, date(year, 12, 31)))
    return whole, open_to(found, reader)
