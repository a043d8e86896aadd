"""What an import would do, household by household: the preview, and the work. Nothing is written here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from . import differences, township
from .flags import RowFlag
from .found import FoundFlag, FoundHousehold, FoundTable
from .matching import Match, Matching, Pair, pair_of
from .there import House, There
from .township import Township
from .waiting import Noted

ADDED, KNOWN, CHANGED = "added", "known", "changed"


@dataclass(eq=False)
class Work:
    """One household: who it is, and what of it and of its people changes. `fates` stand beside the pairs."""

    match: Match
    house: dict[str, Any]
    people: list[dict[str, Any]]
    members: list[dict[str, Any]]
    new_members: list[bool]
    is_helped: bool
    fates: list[str]

    @property
    def is_idle(self) -> bool:
        """Tell whether all is known already."""
        return not (self.house or self.is_helped or any(fate != KNOWN for fate in self.fates))

    @property
    def opens(self) -> bool:
        """Tell whether a household begins: where all its people are known elsewhere, none does."""
        return self.match.house is None and ADDED in self.fates

    def noted(self, table: "TablePlan") -> Iterator[Noted]:
        """Give the rows of this household that a person has to look at, by whom they are about."""
        for pair in self.match.pairs:
            key = pair.known.id if pair.known else pair.key
            for flag in table.flags_of(pair) if key else ():
                if not (flag.code.startswith("identity_") and flag.code != "identity_differs" and _has_number(pair)):
                    yield Noted(table.table.sheet, flag.row, flag.code, key)  # type: ignore[arg-type]


@dataclass(eq=False)
class TablePlan:
    """One table: its village, its households, and the rows that only the register could flag."""

    table: FoundTable
    village: UUID
    works: list[Work] = field(default_factory=list)
    flags: list[RowFlag] = field(default_factory=list)

    def count(self, fate: str) -> int:
        """Count the people who come in as new, are known, or change."""
        return sum(work.fates.count(fate) for work in self.works)

    @cached_property
    def _by_row(self) -> dict[int, list[FoundFlag | RowFlag]]:
        by_row: dict[int, list[FoundFlag | RowFlag]] = {}
        for flag in (*self.table.flagged, *self.flags):
            by_row.setdefault(flag.row, []).append(flag)
        return by_row

    def flags_of(self, pair: Pair) -> list[FoundFlag | RowFlag]:
        """Give what is flagged of one person: where two stand in one row, by their name."""
        found = self._by_row.get(pair.found.row, [])
        return [flag for flag in found if flag.name in ("", pair.found.name)]


@dataclass(eq=False)
class Plan:
    """A whole roster: its tables, the branches it needs, and what it finds people by."""

    log: UUID
    there: There | None
    tables: list[TablePlan]
    branches: dict[UUID, UUID | None]
    branches_to_make: dict[UUID, str]
    hashes_are_known: bool

    @property
    def works(self) -> list[tuple[TablePlan, Work]]:
        """All households that need an entry."""
        return [(table, work) for table in self.tables for work in table.works if not work.is_idle]


def plan(town: Township, tables: Sequence[FoundTable], *, key: bytes, hashes_are_known: bool, day: date) -> Plan:
    """Compare a roster with the register of its township. `key` is that of the hashes of identity numbers."""
    there = There(town.log) if town.is_open else None
    planned = [TablePlan(table, town.villages[table.unit][0]) for table in tables]
    matches = [
        [Match(house, one.village, [pair_of(person, key) for person in house.people]) for house in one.table.households]
        for one in planned
    ]
    if there is not None:
        Matching(there, hashes_are_known=hashes_are_known).match([match for some in matches for match in some])
    made = Plan(town.log, there, planned, {}, {}, hashes_are_known)
    _find_branches(made, town, day)
    for one, some in zip(planned, matches, strict=True):
        one.works = [_work(match, one, made) for match in some]
    return made


def _find_branches(made: Plan, town: Township, day: date) -> None:
    """Say for each village with members which branch they are of: its one branch, one to be made, or nobody knows."""
    there = township.branches(town.log, day) if town.is_open else {}
    names: Mapping[UUID, str] = dict(town.villages.values())
    for one in made.tables:
        if any(person.membership for person in one.table.people):
            known = there.get(one.village, [])
            made.branches[one.village] = known[0] if len(known) == 1 else None
            name = "" if known else township.branch_to_make(town.log, names[one.village])
            if name:
                made.branches_to_make[one.village] = name


def _work(match: Match, table: TablePlan, made: Plan) -> Work:
    there = made.there
    if there is None:
        return _new(match, table, made)
    house = differences.of_household(match, there)
    people = [differences.of_person(pair, there) for pair in match.pairs]
    held = [there.members.get(pair.known.id) if pair.known else None for pair in match.pairs]
    members = [
        differences.of_member(pair, member) if _is_open(pair) else {}
        for pair, member in zip(match.pairs, held, strict=True)
    ]
    joins = [
        bool(pair.found.membership) and member is None and _is_open(pair) and _has_branch(match, table, made)
        for pair, member in zip(match.pairs, held, strict=True)
    ]
    begins = match.house is None and any(pair.known is None for pair in match.pairs)
    is_helped = match.found.helped and (begins or (match.house is not None and _may_link(match.house, there)))
    fates = [
        ADDED if pair.known is None else CHANGED if person or member or new else KNOWN
        for pair, person, member, new in zip(match.pairs, people, members, joins, strict=True)
    ]
    if (house or is_helped) and KNOWN in fates and CHANGED not in fates and ADDED not in fates:
        fates[fates.index(KNOWN)] = CHANGED
    work = Work(match, house, people, members, joins, is_helped, fates)
    table.flags += _flags(work, table, made, held)
    return work


def _new(match: Match, table: TablePlan, made: Plan) -> Work:
    """Plan a household of a township that has not been opened: everybody is new."""
    nothing: list[dict[str, Any]] = [{} for _ in match.pairs]
    joins = [bool(pair.found.membership) and _has_branch(match, table, made) for pair in match.pairs]
    work = Work(match, {}, nothing, nothing, joins, match.found.helped, [ADDED] * len(match.pairs))
    table.flags += _flags(work, table, made, [None] * len(match.pairs))
    return work


def _is_open(pair: Pair) -> bool:
    return pair.known is None or pair.known.is_open


def _has_branch(match: Match, table: TablePlan, made: Plan) -> bool:
    village = match.house.village if match.house else table.village
    return made.branches.get(village) is not None or village in made.branches_to_make


def _has_number(pair: Pair) -> bool:
    return pair.known is not None and bool(pair.known.identity)


def _may_link(house: House, there: There) -> bool:
    return house.is_open and house.id not in there.linked


def _flags(work: Work, table: TablePlan, made: Plan, held: Sequence[Any]) -> Iterator[RowFlag]:
    match, sheet = work.match, table.table.sheet
    first = match.pairs[0].found if match.pairs else None
    if first is not None:
        yield from (RowFlag(first.row, first.name, code, sheet) for code in _of_household(match.found, match))
    for pair, member, joins in zip(match.pairs, held, work.new_members, strict=True):
        row, name = pair.found.row, pair.found.name
        if differences.differs_by_number(pair, hashes_are_known=made.hashes_are_known):
            yield RowFlag(row, name, "identity_differs", sheet)
        if pair.known is not None and (match.house is None or pair.known.household != match.house.id):
            yield RowFlag(row, name, "known_elsewhere", sheet)
        if differences.member_is_unclear(pair, member):
            yield RowFlag(row, name, "membership_differs", sheet)
        if pair.found.membership and member is None and not joins and _is_open(pair):
            yield RowFlag(row, name, "branch_unclear", sheet)


def _of_household(found: FoundHousehold, match: Match) -> Iterator[str]:
    if differences.without_place(found):
        yield "words_not_kept"
    if found.number != match.number or found.group != match.group:
        yield "number_not_kept"
