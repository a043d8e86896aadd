"""Finding the one person a request is about, without looking into households: by what the request itself says."""

import json
import re
from datetime import date
from uuid import UUID

from concerto.groundwork.names import search_form

from .current import aliases, names_of
from .models import Household, Resident


def people_named(log: UUID, village: UUID, name: str, *, born: date | None, phone: str) -> list[Resident]:
    """Find the people of a village with exactly this name, in whose row nothing contradicts birth date or phone.

    One of the two has to be given. Those who left are found too, and those under a name merged with another.
    """
    wanted = search_form(name)
    if not wanted or not (born or phone):
        return []
    called = aliases(log, Household)
    houses = Household.objects.filter(log=log, village=village).values_list("id", flat=True)
    all_names = {other for house in houses for other in names_of(house, called)}
    people = Resident.objects.filter(log=log, household__in=all_names, called__isnull=True, erased=False)
    return [one for one in people.order_by("id") if _is_named(one, wanted) and _fits(one, born, phone)]


def _is_named(one: Resident, wanted: str) -> bool:
    return wanted in {search_form(name) for name in (one.name, *json.loads(one.aliases)) if name}


def _fits(one: Resident, born: date | None, phone: str) -> bool:
    numbers = {re.sub(r"\D", "", number) for number in json.loads(one.phones)}
    day = one.born and born and one.born != born.isoformat()[: len(one.born)]
    return not day and not (numbers and phone and re.sub(r"\D", "", phone) not in numbers)
