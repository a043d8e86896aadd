"""What was answered to a purpose as it stands now: for the pages on which that bears."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from .consents import Consent
from .current import aliases, current
from .models import Household, Resident

REFUSED = ("declined", "withdrawn")
OWN_WORD_FROM = 14  # years; under it a guardian answers (个人信息保护法 31)


@dataclass(frozen=True)
class Answers:
    """What households answered to one purpose last, and those of their people who answered for themselves."""

    households: Mapping[UUID, str] = field(default_factory=dict)
    people: Mapping[UUID, str] = field(default_factory=dict)

    def of(self, household: UUID, person: UUID | None = None) -> str:
        """Give the answer that holds: whoever answered for themselves is asked first, the household after."""
        own = self.people.get(person) if person else None
        return own or self.households.get(household, "")

    def refuse(self, household: UUID, person: UUID | None = None) -> bool:
        """Tell whether it is refused; who was not asked does not refuse."""
        return self.of(household, person) in REFUSED


def answers_to(log: UUID, purpose: str, households: Collection[UUID], people: Collection[UUID] = ()) -> Answers:
    """Read the latest answers to a purpose, under whichever name they were given.

    Read it only for who works where they live: above the village nobody knows of it.
    """
    homes, persons = aliases(log, Household), aliases(log, Resident)
    wanted_homes = {*households, *(name for name in homes if current(name, homes) in set(households))}
    wanted_people = {*people, *(name for name in persons if current(name, persons) in set(people))}
    rows = Consent.objects.filter(log=log, purpose=purpose).of(wanted_homes, wanted_people)
    told, own = dict[UUID, str](), dict[UUID, str]()
    for household, person, answer in rows.values_list("household", "resident", "answer"):  # the latest first
        if person is None:
            told.setdefault(current(household, homes), answer)
        else:
            own.setdefault(current(person, persons), answer)
    return Answers(told, own)


def is_a_child(born: str, day: date) -> bool:
    """Tell whether somebody is surely under fourteen on a day: of a year alone its first day counts.

    >>> is_a_child("2015-03-02", date(2026, 11, 28)), is_a_child("2012", date(2026, 11, 28)), is_a_child("", date.max)
    (True, False, False)
    """
    try:
        year, month, at = (int(part) for part in (*born.split("-"), "1", "1")[:3])
        return (day.year, day.month, day.day) < (year + OWN_WORD_FROM, month, at)
    except ValueError:  # not known, or written otherwise
        return False
