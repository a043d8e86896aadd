"""What one person sees owed on the day of looking, and what can still be done about it; one duty through its year."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from concerto.register.current import aliases, names_of
from concerto.register.models import Household
from concerto.rulebook.duty import Duty
from concerto.rulebook.facts import Id
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.period import Every, named
from concerto.rulebook.standing import Line, Verdict, last_day_for, open_to, standing
from concerto.rulebook.terms import terms

from .asking import Township
from .books import Book, Reach
from .near import Alike, Near, near


@dataclass(frozen=True)
class Workplace:
    """The debts that one account sees in one log on a day."""

    log: UUID
    account: UUID
    asof: date
    book: Book | None = field(default=None, repr=False, compare=False)

    @cached_property
    def town(self) -> Near:
        """The township as far as this account has to do with it."""
        return near(self.log, self.account, self.asof, book=self.book)

    @cached_property
    def mechanism(self) -> Mechanism:
        """The duties in force here."""
        return self.town.mechanism

    @cached_property
    def lines(self) -> list[Line]:
        """List what this account owes or sees as its own to do."""
        return self.town.lines_of(self.account)

    @cached_property
    def stacks(self) -> list[Alike]:
        """Give the same lines, and those that differ by their household alone only once: they come by the hundred."""
        return [*self.town.alike(self.account), *self._by_one()]

    def _by_one(self) -> Iterator[Alike]:
        """What is judged one by one stands by itself; what is about the same stands together."""
        together: dict[Id, list[Line]] = {}
        for line in self.town.lines_by_one(self.account):
            together.setdefault(line.about, []).append(line)
        return (Alike((about,), lines) for about, lines in together.items())

    def is_still_to_do(self, line: Line) -> bool:
        """Tell whether something can be done about it: it runs, is overdue, or can still be made good.

        Of a year that is over nothing is offered: whoever begins in January begins with that year.
        """
        if line.verdict is Verdict.OPEN:
            return True
        is_over = line.period.every is Every.YEAR and line.period.last.year < self.asof.year
        return line.verdict is Verdict.MISSED and not is_over and self.asof <= self.last_day(line)

    def last_day(self, line: Line) -> date:
        """Return the last day on which a record may still count; an answer that is overdue still answers."""
        return last_day_for(line, self.mechanism)


def turns_of(
    log: UUID, asof: date, *, reader: UUID, duty: str, period: str, units: Collection[UUID], household: UUID | None
) -> tuple[Mechanism, list[Line]]:
    """Judge one duty in some units through the year that a turn lies in, as far as a reader may know of it."""
    turn = named(period)
    year = turn.last.year if turn else date.fromisoformat(period[:10]).year
    first, last = date(year, 1, 1), date(year, 12, 31)
    if turn:
        first = min(first, turn.first)  # a week over New Year begins in the year before
    since = date(min(year, asof.year) - 1, 1, 1)  # of an older year too what was recorded in it is read
    alike = names_of(household, aliases(log, Household)) if household else frozenset()
    whole = Township(log, asof, reach=Reach(units=frozenset(units), households=alike)).mechanism
    if duty not in whole.duties:
        return whole, []
    asked = whole.duties[duty]
    reach = Reach(units=frozenset(units), households=alike, anything=_of_no_unit(asked))
    town, alone = Township(log, asof, reach=reach, since=since), replace(whole, duties={duty: asked})
    found = standing(alone, town.facts, asof=asof, between=(first, last))
    return whole, open_to(found, reader)


def _of_no_unit(duty: Duty) -> frozenset[str]:
    """Name what proves a duty about somebody or something that lies in no unit's books."""
    subject = terms().subjects.get(duty.about)
    if duty.owed_by != "person" and not (subject and subject.matter):
        return frozenset()
    return frozenset(kind for edition in duty.editions for kind in edition.proven_by)
