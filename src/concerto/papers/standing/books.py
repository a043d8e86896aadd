"""The rows that what is owed follows from: as they stand, or as they stood when a number was the last one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from concerto.conductor.replay import folded
from concerto.groundwork import database
from concerto.journal import reading
from concerto.journal.models import Companion, Proof
from concerto.journal.said import CompanionRow, ProofRow, Told, stand
from concerto.parts.branch.models import Matter
from concerto.parts.branch.posting import MatterRow
from concerto.parts.study.models import StudyTime
from concerto.parts.study.posting import TimeRow
from concerto.places.models import PartyGroup, Unit
from concerto.register.amending import DaysRow, EditionRow
from concerto.register.models import (
    HelperLink,
    Household,
    LocalDays,
    LocalEdition,
    Member,
    Posting,
    Seat,
    Waiver,
)
from concerto.register.posting import HelperLinkRow, HouseholdRow, MemberRow, PostingRow
from concerto.register.seating import SeatRow
from concerto.register.waiving import WaiverRow

# As literals, so that either engine sees that its small index holds them
DENIED = "SELECT thing FROM touch WHERE log = %s AND how = 2 AND what IN ('visit', 'meeting', 'study')"


class Reach(NamedTuple):
    """How far a book is read; where nothing is named, all of it.

    `units` are villages and branches: their households, members and what is proven of them. `proofs` names kinds, each
    with the first day it is read from; those of `anything` speak of persons and matters, and are read wherever they
    lie. `households` are read and no other. `subjects` are all that is asked about: what tells of others is not read.
    """

    units: frozenset[UUID] | None = None
    proofs: Mapping[str, date] | None = None
    anything: frozenset[str] = frozenset()
    households: frozenset[UUID] | None = None
    subjects: frozenset[str] | None = None


ALL_OF_IT = Reach()


class Wanted(NamedTuple):
    """Where the rows of a fold lie, and which of their columns are read."""

    model: type[Model]
    columns: tuple[str, ...]
    dated: bool = False
    only: Mapping[str, Any] = {}


WANTED: dict[type, Wanted] = {
    HouseholdRow: Wanted(Household, ("id", "village", "group", "left_on", "called", "source_withdrawn", "wordings")),
    MemberRow: Wanted(Member, ("id", "branch", "exempt", "since", "until", "source_withdrawn", "wordings")),
    SeatRow: Wanted(Seat, ("branch", "member", "post", "since", "until"), only={"source_withdrawn": False}),
    HelperLinkRow: Wanted(HelperLink, ("household", "agreement", "since", "until"), only={"source_withdrawn": False}),
    PostingRow: Wanted(
        Posting,
        ("id", "account", "unit", "role", "since", "until", "absences"),
        only={"source_withdrawn": False},
    ),
    WaiverRow: Wanted(
        Waiver,
        ("duty", "owed_by", "about", "period", "reason", "answered_on", "wordings"),
        only={"source_withdrawn": False, "state": "granted"},
    ),
    EditionRow: Wanted(
        LocalEdition, ("id", "duty", "since", "told"), only={"source_withdrawn": False, "state": "approved"}
    ),
    DaysRow: Wanted(LocalDays, ("id", "year", "source", "off", "worked")),
    ProofRow: Wanted(Proof, ("id", "entry", "kind", "about", "by", "on", "amount", "counts_for"), dated=True),
    CompanionRow: Wanted(Companion, ("entry", "posting")),
    TimeRow: Wanted(StudyTime, ("entry", "person", "on", "begins", "ends", "minutes"), dated=True),
    MatterRow: Wanted(Matter, ("entry", "member", "state"), dated=True, only={"kind": "heart_talk"}),
}


class Book:
    """The rows of one log between two days, read once; each table is one statement."""

    def __init__(self, log: UUID, since: date, until: date, *, reach: Reach = ALL_OF_IT) -> None:
        self.log, self.since, self.until, self.reach = log, since, until, reach
        self._read: dict[type, list[Any]] = {}

    def narrowed(self, reach: Reach) -> "Book":
        """Give the same book, read less far; what has no bounds and was read is not read again."""
        other = Book(self.log, self.since, self.until, reach=reach)
        other._read = {table: rows for table, rows in self._read.items() if table not in NARROWED}
        if "units" in self.__dict__:
            other.units = self.units
        return other

    def rows(self, table: type) -> Sequence[Any]:
        """Give the rows of a fold; what is dated only between the two days."""
        if table not in self._read:
            self._read[table] = list(self._rows_of(table))
        return self._read[table]

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units of the township."""
        return list(Unit.objects.filter(log=self.log))

    def _rows_of(self, table: type) -> QuerySet[Any]:
        wanted = WANTED[table]
        found: QuerySet[Any] = wanted.model._default_manager.filter(log=self.log, **wanted.only)
        if wanted.dated:
            found = found.filter(on__range=(self.since, self.until))
        if self.reach != ALL_OF_IT and table in NARROWED:
            found = found.filter(NARROWED[table](self))
        return found.values_list(*wanted.columns, named=True)

    def denied(self) -> set[UUID]:
        """Name the records of which somebody says that they were not there; nothing else changes one from outside."""
        return {database.to_uuid(entry) for (entry,) in database.fetch(DENIED, [self.log])}

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        """Read what was told of some things, to know how they stood before."""
        return {thing: stand(words) for thing, words in reading.about(self.log, things).items()}

    # ------------------------------------------------------------ no further than it reaches

    def _households(self) -> Q:
        """Those it reaches, and all that were merged: by the names they had records still speak of them."""
        within = Q(village__in=self.reach.units) if self.reach.units is not None else Q()
        if self.reach.households is not None:
            within &= Q(id__in=self.reach.households)
        return within | Q(called__isnull=False) if within else within

    def _of_households(self) -> Q:
        if self.reach.units is None and self.reach.households is None:
            return Q()
        return Q(household__in=self._ids(HouseholdRow))

    def _of_branches(self) -> Q:
        return Q() if self.reach.units is None else Q(branch__in=self.reach.units)

    def _members(self) -> Q:
        return self._of_branches() if self._asks(MEMBERS) else NOTHING

    def _seats(self) -> Q:
        return self._of_branches() if self._asks(SEATED) else NOTHING

    def _of_members(self) -> Q:
        if not self._is_proof("study_minutes"):
            return NOTHING
        return Q() if self.reach.units is None else Q(person__in=self._ids(MemberRow))

    def _talks(self) -> Q:
        return Q() if self._is_proof("heart_talk") else NOTHING

    def _asks(self, subjects: frozenset[str]) -> bool:
        return self.reach.subjects is None or not self.reach.subjects.isdisjoint(subjects)

    def _is_proof(self, kind: str) -> bool:
        return self.reach.proofs is None or kind in self.reach.proofs

    def _proven(self) -> Q:
        """What is proven of the subjects it reaches."""
        if self.reach.proofs is not None and not self.reach.proofs:
            return NOTHING
        kinds = Q()
        for since, some in self._kinds.items():
            kinds |= Q(kind__in=some, on__gte=since)
        if self.reach.units is None:
            return kinds & Q(about__in=self._ids(HouseholdRow)) if self.reach.households else kinds
        groups = PartyGroup.objects.filter(self._of_branches(), log=self.log).values_list("id", flat=True)
        about = {*self.reach.units, *self._ids(HouseholdRow), *self._ids(MemberRow), *groups}
        return kinds & (Q(about__in=about) | Q(kind__in=self.reach.anything))

    @cached_property
    def _kinds(self) -> dict[date, list[str]]:
        """The kinds to be read, by the first day they are read from."""
        found: dict[date, list[str]] = {}
        for kind, since in (self.reach.proofs or {}).items():
            found.setdefault(since, []).append(kind)
        return found

    def _in_company(self) -> Q:
        if self.reach.proofs is not None and not self.reach.proofs:
            return NOTHING
        if self.reach.units is not None:
            return Q(id__in={row.id for row in self.rows(ProofRow)})
        proofs = Proof.objects.filter(self._proven(), log=self.log, on__range=(self.since, self.until))
        return Q(id__in=proofs.values("id"))

    def _ids(self, table: type) -> set[UUID]:
        return {row.id for row in self.rows(table)}


NOTHING = Q(pk__in=())
MEMBERS = frozenset({"member", "exempt_member", "non_exempt_member"})
SEATED = frozenset({"branch_with_committee", "committee_member", "secretary_and_committee"})
NARROWED: dict[type, Callable[[Book], Q]] = {
    HouseholdRow: Book._households,
    HelperLinkRow: Book._of_households,
    MemberRow: Book._members,
    SeatRow: Book._seats,
    TimeRow: Book._of_members,
    MatterRow: Book._talks,
    ProofRow: Book._proven,
    CompanionRow: Book._in_company,
}


class BookOnce(Book):
    """The same rows as they stood when a number was the last one: folded again from the entries up to it."""

    def __init__(self, log: UUID, since: date, until: date, *, known: int) -> None:
        super().__init__(log, since, until)
        self.known = known
        self._rows: defaultdict[type, list[Any]] = defaultdict(list)
        for stretch in folded(log, known=known):
            for table in WANTED:
                self._rows[table] += (row for row in stretch.rows.get(table, ()) if self._is_wanted(table, row))

    def rows(self, table: type) -> Sequence[Any]:
        return self._rows[table]

    def denied(self) -> set[UUID]:
        found = database.fetch(f"{DENIED} AND seq <= %s", [self.log, self.known])
        return {database.to_uuid(entry) for (entry,) in found}

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        about = reading.about(self.log, things)
        return {thing: stand(w for w in words if w.filed.seq <= self.known) for thing, words in about.items()}

    def _is_wanted(self, table: type, row: Any) -> bool:
        wanted = WANTED[table]
        in_time = not wanted.dated or self.since <= row.on <= self.until
        return in_time and all(getattr(row, name) == value for name, value in wanted.only.items())
