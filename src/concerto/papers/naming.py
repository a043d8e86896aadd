"""The names that stand on ledger lines: read once for all lines of a page or a file, and only where they may be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from concerto.groundwork import database
from concerto.places.models import Account, PartyGroup, Unit
from concerto.places.sight import Sight
from concerto.register.current import aliases, current
from concerto.register.models import Household, Member, Resident, Waiver
from concerto.register.search import head_of, log_of

from .ledgers import Line, numbers

AT_ONCE = 900  # ids in one statement: both engines take them


# Most pages name households, and by the ORM that takes longer than to read them
_HOUSES = "SELECT id, village, number, head FROM household WHERE log = %s AND id IN (%in)"
_PEOPLE = (
    "SELECT id, household, relation, name, restricted FROM resident WHERE log = %s AND called IS NULL"
    " AND left_on IS NULL AND source_withdrawn = %s AND erased = %s AND household IN (%in) ORDER BY id"
)


class _House(NamedTuple):
    id: UUID
    number: str
    head: UUID | None


class _Person(NamedTuple):
    id: UUID
    relation: str
    name: str
    restricted: bool


class Named(NamedTuple):
    """A household whose card this reader may open: its name now, and the key its card has."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Naming:
    """What lines are called by their reader."""

    units: dict[UUID, str]
    numbers: dict[UUID, int] = field(default_factory=dict)
    houses: dict[UUID, Named] = field(default_factory=dict)
    accounts: dict[UUID, str] = field(default_factory=dict)
    members: dict[UUID, str] = field(default_factory=dict)

    def unit(self, unit: UUID) -> str:
        """Name a unit."""
        return self.units.get(unit, "")

    def household(self, line: Line) -> str:
        """Name a household, or say only where it is."""
        if line.household is None:
            return ""
        known = self.houses.get(line.household)
        if known is not None:
            return known.name
        return gettext("a household in {village}").format(village=self.unit(line.unit))


def unit_names(sight: Sight) -> dict[UUID, str]:
    """Name every unit in sight."""
    return dict(Unit.objects.seen_by(sight).values_list("id", "name"))


def naming(sight: Sight, lines: Sequence[Line], *, with_names: bool = True) -> Naming:
    """Read the names of many lines in few statements; without names only units and numbers."""
    units = unit_names(sight)
    seqs = _in_pieces({line.entry for line in lines}, lambda ids: numbers(sight, ids))
    if not with_names or sight.log is None:
        return Naming(units, seqs)
    members = {line.more["member"] for line in lines if line.more.get("member")}
    return Naming(
        units,
        seqs,
        _in_pieces({line.household for line in lines if line.household}, lambda ids: houses_named(sight, ids)),
        _in_pieces({line.by for line in lines}, accounts_named),
        _in_pieces(members, lambda ids: members_named(sight, ids)),
    )


def houses_named(sight: Sight, ids: Iterable[UUID], *, called: dict[UUID, UUID] | None = None) -> dict[UUID, Named]:
    """Name the households whose cards may be opened, each under the name it has now.

    Whoever knows already which are `called` otherwise hands it in.
    """
    assert sight.log is not None
    called = aliases(sight.log, Household) if called is None else called
    now = {house: current(house, called) for house in ids}
    names = {name: house for name in called if (house := current(name, called)) in now.values()}
    names |= {house: house for house in now.values()}
    houses, people = database.fetch_together(
        (_HOUSES, [sight.log], set(now.values())), (_PEOPLE, [sight.log, False, False], names)
    )
    living: dict[UUID, list[_Person]] = {house: [] for house in now.values()}
    for key, household, *told in people:  # who was written down under a name that it had before lives there as well
        living[names[database.to_uuid(household)]].append(_Person(database.to_uuid(key), *told))
    known = {}
    for one, village, number, head in houses:
        home = _House(database.to_uuid(one), number, head and database.to_uuid(head))
        if sight.opens(home.id, village=database.to_uuid(village)):
            known[home.id] = Named(home.id, _name(home, head_of(home, living[home.id])))
    return {house: known[row] for house, row in now.items() if row in known}


def groups_named(sight: Sight, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name party groups: a group is of a branch, and no person's."""
    about = set(ids)
    found = PartyGroup.objects.filter(log=log_of(sight), id__in=about) if about else PartyGroup.objects.none()
    return dict(found.values_list("id", "name"))


def waivers_named(sight: Sight, rows: Iterable[Waiver]) -> dict[UUID | None, str]:
    """Name what waivers are about: a group, or a household whose card may be opened."""
    about = {row.about for row in rows if row.about}
    groups = groups_named(sight, about)
    houses = houses_named(sight, rest) if (rest := about - groups.keys()) else {}
    names = [*groups.items(), *((house, one.name) for house, one in houses.items())]
    return dict[UUID | None, str](names)


def _name(row: _House, head: _Person | None) -> str:
    if head is not None and head.name and not head.restricted:
        return str(head.name)
    return gettext("household {number}").format(number=row.number) if row.number else gettext("a household")


def accounts_named(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name who recorded."""
    return dict(Account.objects.filter(id__in=ids).values_list("id", "called"))


def members_named(sight: Sight, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name the members whose household's card may be opened."""
    assert sight.log is not None
    residents = dict(Member.objects.filter(log=sight.log, id__in=ids).values_list("id", "resident"))
    names = dict(Resident.objects.seen_by(sight).filter(id__in=residents.values()).values_list("id", "name"))
    return {member: names[resident] for member, resident in residents.items() if names.get(resident)}


def _in_pieces(ids: Iterable[UUID], read: Any) -> dict[UUID, Any]:
    """Read in pieces that both engines accept."""
    wanted = sorted(ids)
    found: dict[UUID, Any] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= read(wanted[start : start + AT_ONCE])
    return found
