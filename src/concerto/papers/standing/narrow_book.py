"""The rows about a few units and one account: what a page needs that asks how one person's debts stand today."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from concerto.journal.said import CompanionRow, ProofRow
from concerto.parts.branch.posting import MatterRow
from concerto.parts.study.posting import TimeRow
from concerto.places.models import PartyGroup
from concerto.register.current import current
from concerto.register.models import Household
from concerto.register.posting import HelperLinkRow, HouseholdRow, MemberRow
from concerto.register.seating import SeatRow
from concerto.rulebook.terms import terms

from .books import WANTED, Book
from .local import mechanism_of

AT_ONCE = 900  # ids in one statement: both engines take them
BY_UNIT = {MemberRow: "branch", SeatRow: "branch", HouseholdRow: "village"}
BY_MEMBER = {TimeRow: "person", MatterRow: "member"}


class NarrowBook(Book):
    """Postings, waivers and what a township changed of the mechanism are few, and read whole; the rest is narrowed.

    What is about households is read from `lately` on, what is about members and branches from `since`: of a helped
    household a month is asked, of a branch a year. `household` narrows it to one household.
    """

    def __init__(
        self,
        log: UUID,
        since: date,
        until: date,
        *,
        lately: date,
        units: Collection[UUID],
        account: UUID,
        household: UUID | None = None,
    ) -> None:
        super().__init__(log, since, until)
        self.lately, self.units, self.account, self.household = lately, list(units), account, household
        self._kept: dict[type, list[Any]] = {}

    def rows(self, table: type) -> list[Any]:
        """Give the rows of a fold; each is read once."""
        if table not in self._kept:
            self._kept[table] = [row for found in self._narrowed(table) for row in _listed(table, found)]
        return self._kept[table]

    def denied(self) -> set[UUID]:
        """Name those of the records read of which somebody says that they were not there."""
        return super().denied() & {row.entry for row in self.rows(ProofRow)}

    def _narrowed(self, table: type) -> Iterable[QuerySet[Any]]:
        wanted = WANTED[table]
        found: QuerySet[Any] = wanted.model._default_manager.filter(log=self.log, **wanted.only)
        if wanted.dated:
            found = found.filter(on__range=(self.since, self.until))
        if table is HelperLinkRow:
            return [self._links(found)]
        if table is HouseholdRow and not self._asks_of_every_household:
            return _each(found, "id", self._helped)
        if table is CompanionRow:
            return _each(found, "entry", {row.entry for row in self.rows(ProofRow)})
        if table in BY_MEMBER:
            return _each(found, BY_MEMBER[table], {row.id for row in self.rows(MemberRow)})
        if table is ProofRow:
            return self._proofs(found)
        return [found.filter(**{f"{BY_UNIT[table]}__in": self.units}) if table in BY_UNIT else found]

    def _links(self, found: QuerySet[Any]) -> QuerySet[Any]:
        if self.household:
            return found.filter(household__in=self._alike({self.household}))
        here = Household.objects.filter(log=self.log, village__in=self.units)
        of_here = Q(household__in=here.values("id")) | Q(household__in=self._merged_into(here))
        return found.filter(Q(until__isnull=True) | Q(until__gte=self.lately), of_here)

    def _merged_into(self, here: QuerySet[Household]) -> set[UUID]:
        """Name what is now called otherwise and lives here under that name: it may have been elsewhere before."""
        now = {name: current(name, self._called) for name in self._called}
        living = set(here.filter(id__in=set(now.values())).values_list("id", flat=True)) if now else set()
        return {name for name, called in now.items() if called in living}

    @cached_property
    def _asks_of_every_household(self) -> bool:
        """Tell whether a duty in force is about all households; else those that are helped will do."""
        return self.household is None and any(
            duty.about == "household" and duty.in_force(self.until) for duty in mechanism_of(self).duties.values()
        )

    @cached_property
    def _helped(self) -> set[UUID]:
        return self._alike({row.household for row in self.rows(HelperLinkRow)} | {self.household} - {None})

    @cached_property
    def _called(self) -> dict[UUID, UUID]:
        merged = Household.objects.filter(log=self.log, called__isnull=False)
        return {name: called for name, called in merged.values_list("id", "called") if called}

    def _alike(self, houses: Iterable[UUID | None]) -> set[UUID]:
        """Give these households under every name that each of them has or had."""
        now = {current(house, self._called) for house in houses if house}
        return now | {name for name in self._called if current(name, self._called) in now}

    def _proofs(self, found: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
        """Ask by what a record proves and of whom, as the index has it: a family of subjects at a time."""
        houses = {row.id for row in self.rows(HouseholdRow)}
        groups = PartyGroup.objects.filter(log=self.log, branch__in=self.units).values_list("id", flat=True)
        members = {row.id for row in self.rows(MemberRow)}
        yield from _each(found.filter(kind__in=_kinds("household"), on__gte=self.lately), "about", houses)
        if self.household:
            return
        yield from _each(found.filter(kind__in=_kinds("member")), "about", members)
        yield found.filter(kind__in=_kinds("branch", "group", "person"), about__in=[*self.units, *groups, self.account])
        meetings = found.filter(kind="members_meeting", about__in=self.units).values_list("id", flat=True)
        yield from _each(found.filter(kind__in=_kinds("meeting")), "about", set(meetings))


def _kinds(*families: str) -> list[str]:
    return [kind for kind, told in terms().proofs.items() if told.given and not set(told.of).isdisjoint(families)]


def _each(found: QuerySet[Any], column: str, ids: Collection[UUID]) -> Iterator[QuerySet[Any]]:
    """Ask for some ids in pieces that both engines accept; for none not at all."""
    wanted: Sequence[UUID] = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        yield found.filter(**{f"{column}__in": wanted[start : start + AT_ONCE]})


def _listed(table: type, found: QuerySet[Any]) -> list[Any]:
    return list(found.values_list(*WANTED[table].columns, named=True))
