"""Who can be named on a form of a branch: its members by name, and how each stood on a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, pgettext

from concerto.faces.desk.visits.whom import Person, Whom, colleagues_of
from concerto.journal import reading
from concerto.journal.said import stand
from concerto.places.models import Unit, in_force
from concerto.places.sight import Sight
from concerto.register.current import aliases, current
from concerto.register.models import Household, Member, Resident
from concerto.register.rolls import OnRoll, roll_on
from concerto.register.seats import Seat, Suspension


@dataclass(frozen=True)
class Row:
    """One member on the roll of a day, by name."""

    on_roll: OnRoll
    name: str

    @property
    def id(self) -> UUID:
        """The member."""
        return self.on_roll.member


def branch_people(sight: Sight, branch: Unit, day: date) -> Whom:
    """Give the members a form about this branch may name, and who else works there."""
    assert sight.log is not None
    rows = list(Member.objects.filter(in_force(day), log=sight.log, branch=branch.id, source_withdrawn=False))
    names = _names(sight, rows)
    named = [(row, Person(row.id, names.get(row.id, ""), row.resident)) for row in sorted(rows, key=lambda r: r.id)]
    members = tuple(person for _row, person in named if person.name)
    exempt = tuple(person for row, person in named if row.exempt and person.name)
    return Whom(branch, (), members, exempt, colleagues_of(sight, branch, day), helped=False)


def roll_of(sight: Sight, branch: Unit, day: date) -> list[Row]:
    """Read the roll of a day; whose card may not be opened keeps a place on it without a name."""
    assert sight.log is not None
    rows = list(Member.objects.filter(log=sight.log, branch=branch.id).order_by("id"))
    told = {thing: stand(texts) for thing, texts in reading.about(sight.log, [row.id for row in rows]).items()}
    seats: Any = Seat.objects.filter(log=sight.log, branch=branch.id)
    resting: Any = Suspension.objects.filter(log=sight.log, member__in=list(told))
    names = _names(sight, rows)
    found = roll_on(branch.id, day, members=told, seats=list(seats), suspensions=list(resting))
    return [Row(one, names.get(one.member, "")) for one in sorted(found, key=lambda one: one.member)]


def names_of(sight: Sight, members: Iterable[UUID]) -> dict[UUID, str]:
    """Name members wherever they belong by now; whose card may not be opened is not among them."""
    assert sight.log is not None
    return _names(sight, list(Member.objects.filter(log=sight.log, id__in=list(members))))


def _names(sight: Sight, rows: list[Member]) -> dict[UUID, str]:
    assert sight.log is not None
    renamed = aliases(sight.log, Resident)
    people = {row.id: current(row.resident, renamed) for row in rows}
    seen = Resident.objects.seen_by(sight).filter(id__in=people.values(), restricted=False)
    named = {person: (name, house) for person, name, house in seen.values_list("id", "name", "household")}
    found = {member: named[person] for member, person in people.items() if named.get(person, ("",))[0]}
    return _told_apart(sight, found)


def _told_apart(sight: Sight, found: dict[UUID, tuple[str, UUID]]) -> dict[UUID, str]:
    """Say of members of one name which household they are of; whoever may open their cards may know it."""
    times = Counter(name for name, _house in found.values())
    alike = {house for name, house in found.values() if times[name] > 1}
    if not alike:
        return {member: name for member, (name, _house) in found.items()}
    houses = Household.objects.seen_by(sight).filter(id__in=alike).exclude(number="")
    numbers = dict(houses.values_list("id", "number"))
    return {
        member: pgettext("clause", ", ").join((name, gettext("Household {number}").format(number=numbers[house])))
        if times[name] > 1 and house in numbers
        else name
        for member, (name, house) in found.items()
    }
