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
from concerto.journal.models import Companion, Proof, Touch
from concerto.journal.said import CompanionRow, ProofRow, Told, stand
from concerto.papers.bare import ALL, Reading, Where, among, both, either, one_of
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
from concerto.register.wordings import several_in_sql


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
    """Where the rows of a fold lie, and which of their columns are read.

    `where` is written as literals, so that either engine sees that its small index holds them.
    """

    model: type[Model]
    columns: tuple[str, ...]
    dated: bool = False
    only: Mapping[str, Any] = {}
    where: str = ""


class Merged:
    """Marks households that are now called otherwise."""


class Changed:
    """Marks households whose fields several wordings gave."""


class Wishing:
    """Marks households that ever said how often they wish to be visited."""


class Denied:
    """Marks records of which somebody says that they were not there."""


WANTED: dict[type, Wanted] = {
    Unit: Wanted(Unit, ("id", "kind", "code", "name", "village", "since", "until")),
    PartyGroup: Wanted(PartyGroup, ("id", "branch", "name", "since", "until")),
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
    Merged: Wanted(Household, ("id", "called"), where="called IS NOT NULL"),
    Changed: Wanted(Household, ("id", "wordings"), where=several_in_sql("wordings")),
    Wishing: Wanted(VisitWish, ("household",)),
    Denied: Wanted(Touch, ("thing",), where="how = 2 AND what IN ('visit', 'meeting', 'study')"),
}


class Book:
    """The rows of one log between two days, read once; each table is one statement."""

    def __init__(self, log: UUID, since: date, until: date, *, reach: Reach = ALL_OF_IT) -> None:
        self.log, self.since, self.until, self.reach = log, since, until, reach
        self._read: dict[type, Sequence[Any]] = {}

    def narrowed(self, reach: Reach) -> "Book":
        """Give the same book, read less far; what has no bounds and was read is not read again."""
        if reach == self.reach:
            return self
        other = Book(self.log, self.since, self.until, reach=reach)
        other._read = {table: rows for table, rows in self._read.items() if other._where(table) == self._where(table)}
        return other

    def rows(self, table: type) -> Sequence[Any]:
        """Give the rows of a fold; what is dated only between the two days."""
        if table not in self._read:
            self.ahead(table)
        return self._read[table]

    def ahead(self, *tables: type) -> None:
        """Read tables in one round trip, a statement each; where nothing can meet it, nothing is asked."""
        wanted = {table: self._where(table) for table in tables if table not in self._read}
        asked = {table: where for table, where in wanted.items() if where is not None}
        found = database.fetch_together(*(READINGS[table].asked(where) for table, where in asked.items()))
        self._read |= dict.fromkeys(wanted, ())
        self._read |= {table: READINGS[table].told(rows) for table, rows in zip(asked, found, strict=True)}

    def read_all(self) -> None:
        """Read all that facts are made of, in few round trips."""
        for together in IN_ROUND_TRIPS:
            self.ahead(*together)

    @property
    def units(self) -> Sequence[Any]:
        """The units of the township."""
        return self.rows(Unit)

    @property
    def groups(self) -> Sequence[Any]:
        """The party groups of its branches."""
        return self.rows(PartyGroup)

    def _where(self, table: type) -> Where | None:
        wanted = WANTED[table]
        told = ["log = %s", *(f"{name} = %s" for name in wanted.only)]
        values = [self.log, *wanted.only.values()]
        if wanted.where:
            told.append(wanted.where)
        if wanted.dated:
            told.append('"on" BETWEEN %s AND %s')
            values += [self.since, self.until]
        if table in NARROWED and (self.reach != ALL_OF_IT or table in DATED_BY_THEIR_NEED):
            narrow = NARROWED[table](self)
            if narrow is None:
                return None
            if narrow != ALL:
                told.append(narrow[0])
                values += narrow[1]
        return " AND ".join(told), values

    def denied(self) -> set[UUID]:
        """Name the records of which somebody says that they were not there; nothing else changes one from outside."""
        return {row.thing for row in self.rows(Denied)}

    @cached_property
    def called(self) -> dict[UUID, UUID]:
        """Tell which households are now called otherwise, as `aliases` does."""
        return {row.id: row.called for row in self.rows(Merged)}

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        """Read what was told of some things, to know how they stood before."""
        return {thing: stand(words) for thing, words in reading.about(self.log, things).items()}

    # ------------------------------------------------------------ no further than it reaches

    def _households(self) -> Where | None:
        """Those it reaches, and all that were merged: by the names they had records still speak of them."""
        units, houses = self.reach.units, self.reach.households
        if units is None and houses is None:
            return ALL
        merged = database.among("id", self.called)
        here = ALL if units is None else either(database.among("village", units), merged)
        return here if houses is None else both(database.among("id", {*houses, *self.called}), here)

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


READINGS = {table: Reading(wanted.model, wanted.columns) for table, wanted in WANTED.items()}
HOUSEHOLDS = frozenset({"household"})
MEMBERS = frozenset({"member", "exempt_member", "non_exempt_member"})
SEATED = frozenset({"branch_with_committee", "committee_member", "secretary_and_committee"})
NEEDS = frozenset({"need"})
# What is read together: a later trip asks for what the rows of an earlier one name.
IN_ROUND_TRIPS: Sequence[Sequence[type]] = (
    (Unit, PartyGroup, PostingRow, WaiverRow, Denied, HouseholdRow, MemberRow, SeatRow, MatterRow, RoundRow, NeedRow),
    (HelperLinkRow, WishRow, TimeRow, NeedStepRow, ProofRow),
    (CompanionRow,),
)
WHAT_NEAR_RESTS_ON = (
    Unit, PartyGroup, PostingRow, EditionRow, DaysRow, RoundRow, WaiverRow, Merged, Changed, Wishing, Denied,
)  # fmt: skip
AS_THEY_STAND = frozenset({Unit, PartyGroup, Merged, Changed, Wishing})  # read so, whichever number is the last known
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
        return super().rows(table) if table in AS_THEY_STAND else self._rows[table]

    def ahead(self, *tables: type) -> None:
        super().ahead(*AS_THEY_STAND.intersection(tables))

    def denied(self) -> set[UUID]:
        asked, values, _ = READINGS[Denied].asked(self._where(Denied) or ALL)
        found = database.fetch(f"{asked} AND seq <= %s", [*values, self.known])
        return {database.to_uuid(entry) for (entry,) in found}

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        about = reading.about(self.log, things)
        return {thing: stand(w for w in words if w.filed.seq <= self.known) for thing, words in about.items()}

    def _is_wanted(self, table: type, row: Any) -> bool:
        wanted = WANTED[table]
        in_time = not wanted.dated or self.since <= row.on <= self.until
        return in_time and all(getattr(row, name) == value for name, value in wanted.only.items())
