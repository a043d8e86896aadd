"""The rows that what is owed follows from: as they stand, or as they stood when a number was the last one."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from concerto.conductor.replay import folded
from concerto.groundwork import database
from concerto.journal import reading
from concerto.journal.models import Companion, Proof
from concerto.journal.said import CompanionRow, ProofRow, Told, stand
from concerto.parts.assistance.models import Need, NeedStep
from concerto.parts.assistance.needs import NeedRow, NeedStepRow
from concerto.parts.branch.models import Matter
from concerto.parts.branch.posting import MatterRow
from concerto.parts.study.models import StudyTime
from concerto.parts.study.posting import TimeRow
from concerto.parts.visits.models import Round, VisitWish
from concerto.parts.visits.rounds import RoundRow, WishRow
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

from .bare import ALL, Reading, Where, among, both, either, one_of

# As literals, so that either engine sees that its small index holds them
DENIED = "SELECT thing FROM touch WHERE log = %s AND how = 2 AND what IN ('visit', 'meeting', 'study')"


class Reach(NamedTuple):
    """How far a book is read; where nothing is named, all of it.

    `units` are villages and branches: their households, members, needs and what is proven of them. `desks` are units
    and an account: needs that were ever theirs are read wherever they lie. `proofs` names kinds, each with the first
    day it is read from; those of `anything` speak of persons and matters, and are read wherever they lie. `households`
    are read and no other. `subjects` are all that is asked about: what tells of others is not read. With `touched`
    needs are left out of which nothing is told but that they were heard: they are counted.
    """

    units: frozenset[UUID] | None = None
    proofs: Mapping[str, date] | None = None
    anything: frozenset[str] = frozenset()
    households: frozenset[UUID] | None = None
    subjects: frozenset[str] | None = None
    desks: frozenset[UUID] = frozenset()
    touched: bool = False


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
    HelperLinkRow: Wanted(
        HelperLink, ("household", "helps_from", "until"), only={"source_withdrawn": False, "helps": True}
    ),
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
        LocalEdition, ("id", "duty", "since", "told", "wordings"), only={"source_withdrawn": False, "state": "approved"}
    ),
    DaysRow: Wanted(LocalDays, ("id", "year", "source", "off", "worked")),
    ProofRow: Wanted(Proof, ("id", "entry", "kind", "about", "by", "on", "amount", "counts_for"), dated=True),
    CompanionRow: Wanted(Companion, ("entry", "posting")),
    TimeRow: Wanted(StudyTime, ("entry", "person", "on", "begins", "ends", "minutes"), dated=True),
    MatterRow: Wanted(Matter, ("entry", "member", "state"), dated=True, only={"kind": "heart_talk"}),
    RoundRow: Wanted(
        Round, ("id", "village", "since", "until", "stopped_on", "entry", "stop"), only={"source_withdrawn": False}
    ),
    NeedRow: Wanted(Need, ("id", "unit", "clock", "last_on")),
    NeedStepRow: Wanted(NeedStep, ("id", "n", "entry", "kind", "on", "detail", "names_day", "owner", "holder")),
    WishRow: Wanted(VisitWish, ("id", "household", "often", "on", "seq")),
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
        for name in ("units", "groups", "_denied"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    def rows(self, table: type) -> Sequence[Any]:
        """Give the rows of a fold; what is dated only between the two days."""
        if table not in self._read:
            self._read[table] = self._rows_of(table)
        return self._read[table]

    @cached_property
    def units(self) -> Sequence[Any]:
        """The units of the township."""
        return UNITS.read(("log = %s", [self.log]))

    @cached_property
    def groups(self) -> Sequence[Any]:
        """The party groups of its branches."""
        return GROUPS.read(("log = %s", [self.log]))

    def _rows_of(self, table: type) -> list[Any]:
        """Read one table by one statement; where nothing can meet it, nothing is asked."""
        where = self._where(table)
        if where is None:
            return []
        return READINGS[table].read(where)

    def _where(self, table: type) -> Where | None:
        wanted = WANTED[table]
        told = ["log = %s", *(f"{name} = %s" for name in wanted.only)]
        values = [self.log, *wanted.only.values()]
        if wanted.dated:
            told.append('"on" BETWEEN %s AND %s')
            values += [self.since, self.until]
        if table in NARROWED and (self.reach != ALL_OF_IT or table in DATED_BY_THEIR_NEED):
            narrow = NARROWED[table](self)
            if narrow is None:
                return None
            told.append(narrow[0])
            values += narrow[1]
        return " AND ".join(told), values

    def denied(self) -> set[UUID]:
        """Name the records of which somebody says that they were not there; nothing else changes one from outside."""
        return self._denied

    @cached_property
    def _denied(self) -> set[UUID]:
        return {database.to_uuid(entry) for (entry,) in database.fetch(DENIED, [self.log])}

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        """Read what was told of some things, to know how they stood before."""
        return {thing: stand(words) for thing, words in reading.about(self.log, things).items()}

    # ------------------------------------------------------------ no further than it reaches

    def _households(self) -> Where | None:
        """Those it reaches, and all that were merged: by the names they had records still speak of them."""
        within = [] if self.reach.units is None else [database.among("village", self.reach.units)]
        if self.reach.households is not None:
            within.append(database.among("id", self.reach.households))
        if not within:
            return ALL
        return either(both(*within), ("called IS NOT NULL", []))

    def _of_households(self) -> Where | None:
        if self.reach.units is None and self.reach.households is None:
            return ALL
        return among("household", self._ids(HouseholdRow))

    def _needs(self) -> Where | None:
        """Those of its units, and those that its desks ever had or its account owned; none of long ago."""
        if not self._asks(NEEDS):
            return None
        lately: Where = ("last_on >= %s", [self.since])
        if self.reach.touched:
            # By its plain day SQLite would go through all that was heard since, and not through the few touched ones
            lately = both(("COALESCE(last_on, opened_on) >= %s", [self.since]), ("steps > 1", []))
        if self.reach.units is None:
            return lately
        here = database.among("unit", self.reach.units)
        desk, owner = (database.among(column, self.reach.desks) for column in ("holder", "owner"))
        told = both(("n > 0", []), either(desk, owner))
        theirs: Where = (f"id IN (SELECT id FROM need_step WHERE log = %s AND {told[0]})", [self.log, *told[1]])  # noqa: S608
        return both(lately, either(here, theirs) if self.reach.desks else here)

    def _need_steps(self) -> Where | None:
        told = self._needs()
        if told is None or not self.rows(NeedRow):
            return None
        return f"id IN (SELECT id FROM need WHERE log = %s AND {told[0]})", [self.log, *told[1]]  # noqa: S608

    def _rounds(self) -> Where | None:
        """All of them: a round asks once for who moves from one of its villages to another."""
        return ALL if self._asks(HOUSEHOLDS) else None

    def _of_branches(self) -> Where | None:
        return ALL if self.reach.units is None else database.among("branch", self.reach.units)

    def _members(self) -> Where | None:
        return self._of_branches() if self._asks(MEMBERS) else None

    def _seats(self) -> Where | None:
        return self._of_branches() if self._asks(SEATED) else None

    def _of_members(self) -> Where | None:
        if not self._is_proof("study_minutes"):
            return None
        return ALL if self.reach.units is None else among("person", self._ids(MemberRow))

    def _talks(self) -> Where | None:
        return ALL if self._is_proof("heart_talk") else None

    def _asks(self, subjects: frozenset[str]) -> bool:
        return self.reach.subjects is None or not self.reach.subjects.isdisjoint(subjects)

    def _is_proof(self, kind: str) -> bool:
        return self.reach.proofs is None or kind in self.reach.proofs

    def _proven(self) -> Where | None:
        """What is proven of the subjects it reaches."""
        if self.reach.proofs is not None and not self.reach.proofs:
            return None
        kinds = self._kinds
        if self.reach.units is None:
            return both(kinds, database.among("about", self._ids(HouseholdRow))) if self.reach.households else kinds
        groups = (group.id for group in self.groups if group.branch in self.reach.units)
        about = {*self.reach.units, *self._ids(HouseholdRow), *self._ids(MemberRow), *groups}
        others = one_of("kind", self.reach.anything)
        subjects = database.among("about", about)
        return both(kinds, either(subjects, others) if others else subjects)

    @cached_property
    def _kinds(self) -> Where:
        """The kinds to be read, each from its first day on."""
        by_day: dict[date, list[str]] = {}
        for kind, since in (self.reach.proofs or {}).items():
            by_day.setdefault(since, []).append(kind)
        some = [
            both(kinds, ('"on" >= %s', [since])) for since, names in by_day.items() if (kinds := one_of("kind", names))
        ]
        return either(*some) if some else ALL

    def _in_company(self) -> Where | None:
        if self.reach.proofs is not None and not self.reach.proofs:
            return None
        if self.reach.units is not None:
            return among("id", {row.id for row in self.rows(ProofRow)})
        told = self._where(ProofRow)
        return (f"id IN (SELECT id FROM proof WHERE {told[0]})", told[1]) if told else None  # noqa: S608

    def _ids(self, table: type) -> set[UUID]:
        return {row.id for row in self.rows(table)}


UNITS = Reading(Unit, ("id", "kind", "code", "name", "village", "since", "until"))
GROUPS = Reading(PartyGroup, ("id", "branch", "name", "since", "until"))
READINGS = {table: Reading(wanted.model, wanted.columns) for table, wanted in WANTED.items()}
HOUSEHOLDS = frozenset({"household"})
MEMBERS = frozenset({"member", "exempt_member", "non_exempt_member"})
SEATED = frozenset({"branch_with_committee", "committee_member", "secretary_and_committee"})
NEEDS = frozenset({"need"})
DATED_BY_THEIR_NEED = frozenset({NeedRow, NeedStepRow})  # a need's steps are read from its first, or not at all
NARROWED: dict[type, Callable[[Book], Where | None]] = {
    NeedRow: Book._needs,
    NeedStepRow: Book._need_steps,
    HouseholdRow: Book._households,
    HelperLinkRow: Book._of_households,
    WishRow: Book._of_households,
    RoundRow: Book._rounds,
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
