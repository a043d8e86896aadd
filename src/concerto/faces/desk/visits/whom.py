"""Whom a visit is to: the household, who lives there, which of them are members, and who else works in the village."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from concerto.places.models import Account, Unit
from concerto.places.sight import VILLAGE_ROLES, Sight
from concerto.register.access import covered_units, deputies_on
from concerto.register.models import HelperLink, Household, Member, Posting, Resident


@dataclass(frozen=True)
class Person:
    """Somebody of a household, as one calls them."""

    id: UUID
    name: str
    household: UUID


@dataclass(frozen=True)
class House:
    """A household as a visit needs it."""

    id: UUID
    number: str
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Whom:
    """All that a form about one village asks of the register."""

    village: Unit
    houses: tuple[House, ...]
    members: tuple[Person, ...]
    exempt: tuple[Person, ...]
    colleagues: tuple[tuple[UUID, str], ...]
    helped: bool

    @property
    def house(self) -> House:
        """The one household of a visit."""
        return self.houses[0]

    @property
    def people(self) -> list[Person]:
        """Everybody of these households."""
        return [person for house in self.houses for person in house.people]


def whom(sight: Sight, households: Sequence[Household], village: Unit, day: date) -> Whom:
    """Read what a form about these households of one village needs, in few queries whatever their number."""
    assert sight.log is not None
    people = people_of(sight, households)
    houses = tuple(_house(household, people.get(household.id, [])) for household in households)
    by_id = {person.id: person for house in houses for person in house.people}
    exempt, members = [], []
    for member in Member.objects.filter(log=sight.log, resident__in=by_id, until__isnull=True, source_withdrawn=False):
        person = by_id[member.resident]
        named = Person(member.id, person.name, person.household)
        members.append(named)
        if member.exempt:
            exempt.append(named)
    links = HelperLink.objects.on(day).filter(log=sight.log, household__in=[house.id for house in houses])
    helped = len(houses) == 1 and links.exists()
    return Whom(village, houses, tuple(members), tuple(exempt), colleagues_of(sight, village, day), helped)


def people_of(sight: Sight, households: Iterable[Household]) -> dict[UUID, list[Person]]:
    """List who lives in these households, the head first."""
    assert sight.log is not None
    order = {household.id: household.head for household in households}
    found: dict[UUID, list[Person]] = {}
    for resident in Resident.objects.filter(log=sight.log, household__in=order).here().order_by("id"):
        people = found.setdefault(resident.household, [])
        is_head = resident.id == order[resident.household] or resident.relation == "head"
        people.insert(0 if is_head else len(people), Person(resident.id, resident.name, resident.household))
    return found


def _house(household: Household, people: list[Person]) -> House:
    return House(household.id, household.number, people[0].name if people else "", tuple(people))


def colleagues_of(sight: Sight, village: Unit, day: date) -> tuple[tuple[UUID, str], ...]:
    """List who else works in a village or its branches on a day, by name: holders of its posts, and who stands in."""
    assert sight.log is not None
    near = covered_units(sight.log, [village.id])[village.id]
    posted = Posting.objects.on(day).filter(log=sight.log, unit__in=near, role__in=VILLAGE_ROLES)
    there: set[UUID] = set()
    for account, absences in posted.values_list("account", "absences"):
        there |= {account, *deputies_on(absences, day)}
    accounts = Account.objects.filter(id__in=there - {sight.account}, is_active=True)
    return tuple(sorted(accounts.values_list("id", "called"), key=lambda pair: (pair[1], pair[0])))
