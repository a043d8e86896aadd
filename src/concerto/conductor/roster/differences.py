"""What a roster would change of what the register holds: little, and only what it says itself.

A telephone that is new to the register changes it. What is empty is filled. What somebody recorded on the spot stays:
a roster overwrites only what a roster gave. Nothing is taken away because a roster does not mention it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from concerto.groundwork.names import search_form
from concerto.groundwork.refusals import Refused
from concerto.register.models import Member

from ..stopping import stop_text
from .found import FoundHousehold
from .matching import Match, Pair
from .there import House, Someone, There
from .wording import best_months, places

MOST = 6
Place = tuple[str, int, int, str]


def of_person(pair: Pair, there: There) -> dict[str, Any]:
    """Give the fields of a known person that change, in plain words."""
    one = pair.known
    if one is None or not one.is_open:
        return {}
    changes: dict[str, Any] = {}
    if phones := _phones(pair, one, there):
        changes["phones"] = phones
    if pair.born and not one.born:
        changes["born"] = pair.born
    if pair.hash and not one.identity and not there.by_identity.get(pair.hash):
        changes["identity"] = pair.hash
    if aliases := _aliases(pair, one):
        changes["aliases"] = aliases
    return changes


def _phones(pair: Pair, one: Someone, there: There) -> list[str]:
    told = [phone.number for phone in pair.found.phones][:MOST]
    if not set(told) - set(one.phones):
        return []
    if not one.phones or there.is_from_a_roster(one.wordings, "phones"):
        return told
    return list(dict.fromkeys([*told, *one.phones]))[:MOST]


def _aliases(pair: Pair, one: Someone) -> list[str]:
    told = (pair.found.name, *pair.found.aliases)
    fresh = {search_form(name): name for name in told if search_form(name) not in one.names}
    return [*one.aliases, *fresh.values()][:MOST] if fresh and len(one.aliases) < MOST else []


def differs_by_number(pair: Pair, *, hashes_are_known: bool) -> bool:
    """Tell whether somebody found by name has another identity number in the roster: a person decides."""
    one = pair.known
    return bool(one and pair.hash and one.identity and pair.hash != one.identity) and hashes_are_known


def of_household(match: Match, there: There) -> dict[str, Any]:
    """Give the fields of a known household that change, in plain words."""
    house = match.house
    if house is None or not house.is_open:
        return {}
    told = {"number": match.number, "group": match.group, **told_places(match.found)}
    held = {
        "number": house.number,
        "group": house.group,
        "places": [(p["season"], p["from"], p["to"], p["words"]) for p in json.loads(house.places or "[]")],
        "best_months": [int(month) for month in house.best_months.split(",") if month],
    }
    differing = {name: value for name, value in told.items() if value and value != held[name]}
    return {name: value for name, value in differing.items() if _may_set(name, held, house, there)}


def _may_set(name: str, held: Mapping[str, Any], house: House, there: There) -> bool:
    return not held[name] or there.is_from_a_roster(house.wordings, name)


def told_places(found: FoundHousehold) -> dict[str, Any]:
    """Give what a roster says of where a household is and when a visit is best."""
    kept: list[Place] = [
        (season, first, last, words)
        for column, season, first, last in places()
        if (words := found.places.get(column, "")) and is_kept(words)
    ]
    return {"places": kept, "best_months": best_months(found.places.get("best_season", ""))}


def is_kept(words: str) -> bool:
    """Tell whether words about a place may be kept: no identity number, nothing of what is not kept here."""
    try:
        stop_text(words)
    except Refused:
        return False
    return True


def of_member(pair: Pair, member: Member | None) -> dict[str, Any]:
    """Give what changes of a membership: from probationary to full, and floating. It is never taken back here."""
    if member is None or member.until is not None:
        return {}
    changes: dict[str, Any] = {}
    if pair.found.membership == "full" and member.standing == "probationary":
        changes["standing"] = "full"
    if pair.found.floating and not member.floating:
        changes["floating"] = True
    return changes


def member_is_unclear(pair: Pair, member: Member | None) -> bool:
    """Tell whether roster and register say of a membership what can't both be so."""
    if member is None or pair.found.membership is None:
        return False
    return member.until is not None or (pair.found.membership == "probationary" and member.standing == "full")


def without_place(found: FoundHousehold) -> Sequence[str]:
    """Name the columns whose words about this household may not be kept."""
    return [column for column, words in found.places.items() if not is_kept(words)]
