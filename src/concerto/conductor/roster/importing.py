"""Takes a planned roster in, some fifty entries at a time through the one door; killed half-way, it is run again.

A household comes in whole, with all its people, or not at all: its entries go to the door together, in one
transaction. What is in is found there by the next run, which brings only the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from concerto.groundwork import appending, clock, database
from concerto.groundwork.refusals import refuse, words_of
from concerto.journal.models import Entry
from concerto.journal.said import HOME
from concerto.places.models import Account
from concerto.register.access import Authority

from ..receive import Receipt, receive
from . import township, waiting
from .entries import Writer, Written
from .planning import Plan, TablePlan, Work
from .there import roster_device

BATCH = 50
Instant = Callable[[], datetime]


@dataclass(frozen=True)
class Refusal:
    """A row whose entry the door did not take: it lies in the tray, with the code of why."""

    table: TablePlan
    row: int
    name: str
    code: str
    opened: bool

    @property
    def why(self) -> str:
        """Say why, in words."""
        return words_of(self.code)


@contextmanager
def alone(log: UUID) -> Iterator[None]:
    """Let one import of a township be planned and run at a time, whoever runs it."""
    with appending.alone_with(settings.CONCERTO_HOME / f"roster-{log}"):
        yield


@dataclass
class Import:
    """One run of an import. `batch` names it in the rows that wait; `now` gives the instant of each transaction."""

    plan: Plan
    by: Account | None
    batch: UUID
    now: Instant
    refused: list[Refusal] = field(default_factory=list)

    def check(self) -> None:
        """Refuse the whole before anything is written, where its author records for another unit."""
        if self.by is None:
            return
        authority, day = Authority(self.by, self.plan.log), clock.day_of(self.now())
        units = {table.village for table in self.plan.tables}
        allowed = all(authority.acting_as(day, kind="household", unit=unit) is not None for unit in units)
        refuse(not allowed, "not_posted_there")

    def run(self) -> Iterator[int]:
        """Take everything in, and say after each transaction how many households have come.

        Plan and run while `alone` with the township's rosters: two imports at once would each add everybody.
        """
        writer, branches, done = self._writer(), self._branches(), 0
        for some in _batches(self.plan.works):
            self._take(some, writer, branches)
            done += len(some)
            yield done
        self._note_the_rest()
        database.refresh_statistics()

    def _writer(self) -> Writer:
        log = self.plan.log
        last = Entry.objects.filter(log=log, device=roster_device(log)).aggregate(last=Max("number"))["last"]
        author = self.by.id if self.by else HOME
        return Writer(log, author=author, number=last or 0, there=self.plan.there)

    def _branches(self) -> dict[UUID, UUID]:
        """Give the branch of each village, made where a village with members has none."""
        known = {village: branch for village, branch in self.plan.branches.items() if branch is not None}
        made = {
            village: township.make_branch(self.plan.log, village, name)
            for village, name in self.plan.branches_to_make.items()
        }
        return known | made

    def _take(self, some: Sequence[tuple[TablePlan, Work]], writer: Writer, branches: dict[UUID, UUID]) -> None:
        at = self.now()
        written: list[tuple[TablePlan, Written]] = []
        for table, work in some:
            village = work.match.house.village if work.match.house else table.village
            entries = writer.household(work, table, at, branches.get(village))
            written += [(table, one) for one in entries]
        receipts = receive([one.item for _, one in written], brought_by=self.by, at=at)
        for (table, one), receipt in zip(written, receipts, strict=True):
            if not receipt.stands:
                self.refused.append(_refusal(table, one, receipt))
        self._note(some, at)

    def _note(self, some: Sequence[tuple[TablePlan, Work]], at: datetime) -> None:
        """Note the rows of these households that a person has to look at."""
        rows = [one for table, work in some for one in work.noted(table)]
        waiting.note(self.plan.log, self.batch, rows, at)

    def _note_the_rest(self) -> None:
        """Note what a run that was killed had no time to: rows of households that are in already."""
        rows = [one for table in self.plan.tables for work in table.works if work.is_idle for one in work.noted(table)]
        if rows:
            waiting.note(self.plan.log, self.batch, rows, self.now())


def _refusal(table: TablePlan, one: Written, receipt: Receipt) -> Refusal:
    return Refusal(table, one.row, one.name, receipt.code, one.opens_person)


def _batches(works: Sequence[tuple[TablePlan, Work]]) -> Iterator[list[tuple[TablePlan, Work]]]:
    some: list[tuple[TablePlan, Work]] = []
    entries = 0
    for table, work in works:
        some.append((table, work))
        entries += 2 + len(work.match.pairs)
        if entries >= BATCH:
            yield some
            some, entries = [], 0
    if some:
        yield some
