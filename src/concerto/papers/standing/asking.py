"""Asking how a township stands: for whom, as of which day, and by what was known then."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from concerto.rulebook.facts import Facts, Id
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner, who_sees
from concerto.rulebook.standing import Line, open_to, standing

from .books import ALL_OF_IT, Book, BookOnce, Reach
from .gathering import facts_of
from .local import mechanism_of


@dataclass(frozen=True)
class Township:
    """One log as of a day: its mechanism and its facts, read once in the same few statements however large it is.

    With a `reach` no more is read than lies in it; what was `read` already is not read again. Records are read from
    `since` on, or from the beginning of the year before: what was opened then may be due in this one.
    """

    log: UUID
    asof: date
    known: int | None = None
    reach: Reach = ALL_OF_IT
    since: date | None = None
    read: Book | None = field(default=None, repr=False, compare=False)
    _seen: dict[Owner, tuple[Id, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def book(self) -> Book:
        """Its rows."""
        days = self.since or date(self.asof.year - 1, 1, 1), self.asof
        if self.known is not None:
            return BookOnce(self.log, *days, known=self.known)
        return (self.read or Book(self.log, *days)).narrowed(self.reach)

    @cached_property
    def facts(self) -> Facts:
        """What is told to the rulebook."""
        return facts_of(self.book)

    @cached_property
    def mechanism(self) -> Mechanism:
        """The duties in force here."""
        return mechanism_of(self.book)

    def lines(self, units: Collection[UUID] | None = None) -> list[Line]:
        """List what is nobody's alone, in some units or in all: boards, papers and exports show this and no more."""
        found = open_to(standing(self.mechanism, self.facts, asof=self.asof), None)
        return found if units is None else [line for line in found if line.unit in units]

    def lines_of(self, account: UUID) -> list[Line]:
        """List what one account owes or sees as its own to do: of posts, branches and desks, and theirs alone."""
        lines = standing(self.mechanism, self.facts, asof=self.asof)
        return [line for line in open_to(lines, account) if account in self.seen_by(line.by)]

    def lines_of_member(self, member: UUID) -> list[Line]:
        """List the lines about one member, for that member and on their card alone."""
        found = standing(self.mechanism, self.facts, asof=self.asof, each_member=True)
        return [line for line in open_to(found, member) if line.about == member]

    def seen_by(self, owner: Owner) -> tuple[Id, ...]:
        """Name the accounts that see an owner's debts on the day of looking."""
        if owner not in self._seen:
            self._seen[owner] = who_sees(owner, self.facts, on=self.asof)
        return self._seen[owner]
