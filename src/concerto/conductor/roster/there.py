"""The register of one township as an import finds it: who is there, and by what they are found again."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID, uuid5

from concerto.groundwork.names import search_form
from concerto.journal.models import Entry
from concerto.register.current import aliases, current
from concerto.register.models import HelperLink, Household, Member, Resident


def roster_device(log: UUID) -> UUID:
    """Give the key of the device that all rosters of a township come in by."""
    return uuid5(log, "roster")


@dataclass(eq=False, slots=True)
class Someone:
    """One person of the register; `is_open` says that a roster may change something about them."""

    id: UUID
    household: UUID
    names: frozenset[str]
    name: str
    aliases: list[str]
    phones: list[str]
    born: str
    identity: str
    is_open: bool
    told: str

    @property
    def wordings(self) -> dict[str, str]:
        """Which wording gave each field."""
        return _wordings(self.told)


@dataclass(eq=False, slots=True)
class House:
    """One household of the register, under the name it has now."""

    id: UUID
    village: UUID
    number: str
    group: str
    head: UUID | None
    places: str
    best_months: str
    is_open: bool
    told: str
    people: list[Someone] = field(default_factory=list)

    @property
    def wordings(self) -> dict[str, str]:
        """Which wording gave each field."""
        return _wordings(self.told)


class There:
    """Everybody and every household of one township, read once."""

    def __init__(self, log: UUID) -> None:
        self.log = log
        self.houses: dict[UUID, House] = {}
        self.people: dict[UUID, Someone] = {}
        self.by_identity: defaultdict[str, list[Someone]] = defaultdict(list)
        self.by_name: defaultdict[tuple[UUID, str], list[Someone]] = defaultdict(list)
        self.by_number: defaultdict[tuple[UUID, str], list[House]] = defaultdict(list)
        self._called_houses, self._called_people = aliases(log, Household), aliases(log, Resident)
        self._read_houses()
        self._read_people()

    def _read_houses(self) -> None:
        columns = ("id", "village", "number", "group", "head", "places", "best_months", "left_on", "wordings")
        asked = Household.objects.filter(log=self.log, called__isnull=True, erased=False).order_by("id")
        for key, village, number, group, head, places, months, left_on, wordings in asked.values_list(*columns):
            house = House(key, village, number, group, head, places, months, left_on is None, wordings)
            self.houses[key] = house
            if number:
                self.by_number[village, number].append(house)

    def _read_people(self) -> None:
        columns = (
            "id",
            "household",
            "name",
            "aliases",
            "phones",
            "born",
            "identity",
            "left_on",
            "restricted",
            "wordings",
        )
        asked = Resident.objects.filter(log=self.log, erased=False).order_by("id")
        for key, household, name, others, phones, born, identity, left_on, restricted, wordings in asked.values_list(
            *columns
        ):
            also = _several(others)
            names = frozenset(search_form(one) for one in (name, *also) if one)
            is_open = left_on is None and not restricted
            home = current(household, self._called_houses)
            numbers = _several(phones)
            one = Someone(key, home, names, name, also, numbers, born, identity, is_open, wordings)
            self._know(one)

    def _know(self, one: Someone) -> None:
        self.people[one.id] = one
        if one.identity:
            self.by_identity[one.identity].append(one)
        house = self.houses.get(one.household)
        if house is None:
            return
        house.people.append(one)
        for name in one.names:
            self.by_name[house.village, name].append(one)

    def now(self, one: Someone) -> Someone:
        """Give somebody under the name they have now."""
        return self.people.get(current(one.id, self._called_people), one)

    def house_of(self, one: Someone) -> House | None:
        """Give the household somebody belongs to now."""
        return self.houses.get(self.now(one).household)

    @cached_property
    def members(self) -> dict[UUID, Member]:
        """Give the last membership of a branch that each person had or has."""
        found = Member.objects.filter(log=self.log, source_withdrawn=False).order_by("id")
        return {current(member.resident, self._called_people): member for member in found}

    @cached_property
    def linked(self) -> frozenset[UUID]:
        """The households that somebody has said something of their helper about, were it that they want none."""
        found = HelperLink.objects.filter(log=self.log, source_withdrawn=False).values_list("household", flat=True)
        return frozenset(current(household, self._called_houses) for household in found)

    @cached_property
    def _by_roster(self) -> frozenset[str]:
        found = Entry.objects.filter(log=self.log, device=roster_device(self.log)).values_list("id", flat=True)
        return frozenset(str(entry) for entry in found)

    def is_from_a_roster(self, wordings: dict[str, str], name: str) -> bool:
        """Tell whether a field's value was given by a roster, and not by somebody who knows better."""
        return wordings.get(name, "") in self._by_roster


def _wordings(told: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(told)
    return found


def _several(written: str) -> list[str]:
    return json.loads(written) if written not in ("", "[]") else []
