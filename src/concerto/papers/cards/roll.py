"""The rolls of branches as a phone keeps them: who is a member, sits on the committee or has no vote, and since when.

No name stands here: a phone knows the people of its own villages by their cards, and nobody else. Nor does a reason.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import database
from concerto.register.current import current


class Listed(msgspec.Struct, frozen=True, omit_defaults=True):
    """One member, as the register has them now."""

    id: UUID
    resident: UUID
    standing: str
    exempt: bool = False
    group: UUID | None = None
    since: date | None = None
    until: date | None = None


class Dated(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that holds of a member or a group from a day to a day: a seat, a vote that rests, a group's name."""

    of: UUID
    since: date | None = None
    until: date | None = None
    name: str = ""


class Roll(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that the base of a meeting rests on, for any day."""

    members: list[Listed] = []
    seats: list[Dated] = []
    resting: list[Dated] = []
    groups: list[Dated] = []


_MEMBERS = """
SELECT branch, id, resident, standing, exempt, "group", since, until FROM member
WHERE log = %s AND NOT source_withdrawn AND branch IN (%in)
"""
_SEATS = (
    "SELECT branch, member, since, until, post FROM seat WHERE log = %s AND NOT source_withdrawn AND branch IN (%in)"
)
_RESTING = """
SELECT m.branch, s.member, s.since, s.until, '' FROM suspension s JOIN member m ON m.log = s.log AND m.id = s.member
WHERE s.log = %s AND NOT s.source_withdrawn AND m.branch IN (%in)
"""
_GROUPS = "SELECT branch, id, since, until, name FROM party_group WHERE log = %s AND branch IN (%in)"
_CALLED = "SELECT id, called FROM resident WHERE log = %s AND called IS NOT NULL"
ASKED = 5


def ask(log: UUID, branches: Collection[UUID]) -> Sequence[database.Query]:
    """Ask for the rolls of these branches; without one nothing is asked."""
    of_branches = tuple((sql, [log], branches) for sql in (_MEMBERS, _SEATS, _RESTING, _GROUPS))
    return (*of_branches, (_CALLED, [log], ())) if branches else ()


def read(found: Sequence[Iterable[Sequence[Any]]]) -> Mapping[UUID, Roll]:
    """Read what was asked, by branch, in an order that only a change changes."""
    if not found:
        return {}
    to_uuid = database.to_uuid
    members, seats, resting, groups, called = found
    now = {to_uuid(one): to_uuid(other) for one, other in called}
    listed: defaultdict[UUID, list[Listed]] = defaultdict(list)
    for branch, id_, resident, standing, exempt, group, since, until in members:
        person = current(to_uuid(resident), now)
        one = Listed(to_uuid(id_), person, standing, bool(exempt), group and to_uuid(group), since, until)
        listed[to_uuid(branch)].append(one)
    dated = [_dated(rows) for rows in (seats, resting, groups)]
    branches = {*listed, *(branch for each in dated for branch in each)}
    return {
        branch: Roll(sorted(listed[branch], key=lambda one: one.id), *(each.get(branch, []) for each in dated))
        for branch in branches
    }


def _dated(rows: Iterable[Sequence[Any]]) -> dict[UUID, list[Dated]]:
    found: defaultdict[UUID, list[Dated]] = defaultdict(list)
    for branch, of, since, until, name in rows:
        found[database.to_uuid(branch)].append(Dated(database.to_uuid(of), since, until, name))
    return {branch: sorted(some, key=lambda one: (one.of, one.since or date.min)) for branch, some in found.items()}
