"""The rows that what is owed follows from: as they stand, or as they stood when a number was the last one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, QuerySet

from concerto.conductor.replay import folded
from concerto.journal import reading
from concerto.journal.models import Companion, Proof, Touch
from concerto.journal.said import CompanionRow, How, ProofRow, Told, stand
from concerto.parts.branch.models import Matter
from concerto.parts.branch.posting import MatterRow
from concerto.parts.study.models import StudyTime
from concerto.parts.study.posting import TimeRow
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

DONE_IN_COMPANY = ("visit", "meeting", "study")


class Wanted(NamedTuple):
    """Where the rows of a fold lie, and which of their columns are read."""

    model: type[Model]
    columns: tuple[str, ...]
    dated: bool = False
    only: Mapping[str, Any] = {}


WANTED: dict[type, Wanted] = {
    HouseholdRow: Wanted(Household, ("id", "village", "left_on", "called", "source_withdrawn", "wordings")),
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

    def __init__(self, log: UUID, since: date, until: date) -> None:
        self.log, self.since, self.until = log, since, until

    def rows(self, table: type) -> Iterable[Any]:
        """Give the rows of a fold; what is dated only between the two days."""
        wanted = WANTED[table]
        found: QuerySet[Any] = wanted.model._default_manager.filter(log=self.log, **wanted.only)
        if wanted.dated:
            found = found.filter(on__range=(self.since, self.until))
        return found.values_list(*wanted.columns, named=True)

    def denied(self) -> set[UUID]:
        """Name the records of which somebody says that they were not there; nothing else changes one from outside."""
        return set(self._touches().values_list("thing", flat=True))

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        """Read what was told of some things, to know how they stood before."""
        return {thing: stand(words) for thing, words in reading.about(self.log, things).items()}

    def _touches(self) -> QuerySet[Touch]:
        return Touch.objects.filter(log=self.log, how=How.CHANGES, what__in=DONE_IN_COMPANY)


class BookOnce(Book):
    """The same rows as they stood when a number was the last one: folded again from the entries up to it."""

    def __init__(self, log: UUID, since: date, until: date, *, known: int) -> None:
        super().__init__(log, since, until)
        self.known = known
        self._rows: defaultdict[type, list[Any]] = defaultdict(list)
        for stretch in folded(log, known=known):
            for table in WANTED:
                self._rows[table] += (row for row in stretch.rows.get(table, ()) if self._is_wanted(table, row))

    def rows(self, table: type) -> Iterable[Any]:
        return self._rows[table]

    def denied(self) -> set[UUID]:
        return set(self._touches().filter(seq__lte=self.known).values_list("thing", flat=True))

    def told(self, things: Iterable[UUID]) -> dict[UUID, list[Told]]:
        about = reading.about(self.log, things)
        return {thing: stand(w for w in words if w.filed.seq <= self.known) for thing, words in about.items()}

    def _is_wanted(self, table: type, row: Any) -> bool:
        wanted = WANTED[table]
        in_time = not wanted.dated or self.since <= row.on <= self.until
        return in_time and all(getattr(row, name) == value for name, value in wanted.only.items())
