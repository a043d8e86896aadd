"""A phone's card of a household, gathered in bulk: the same few statements for one card and for a page of them.

It is written for those who work in the village, so it holds names, phones, birth dates and usual places; no lead, no
sealed word of a visit or a need, no hash. `w` names the wording of each field: under no name the one most fields share,
which is written only where every field was given.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.journal.kinds.households import HELPER_FIELDS, HOUSEHOLD_FIELDS
from concerto.journal.kinds.people import MEMBER_FIELDS, RESIDENT_FIELDS
from concerto.places.models import Account, PartyGroup
from concerto.register.current import aliases, current
from concerto.register.models import HelperLink, Household, Member, Resident

from .changed import Names
from .lines import lines_of


class Reader(NamedTuple):
    """Whose phone it is, on which day."""

    account: UUID
    day: date


def cards_of(log: UUID, numbers: Mapping[UUID, int], names: Names, reader: Reader) -> dict[UUID, msgspec.Raw]:
    """Write the cards of these households, each with its number. Who asks has made sure that the reader works there."""
    every = names.all_of(numbers)
    rows = Household.objects.filter(log=log, id__in=list(numbers))
    people = _people(log, every)
    lines = lines_of(log, every, reader=reader.account, day=reader.day)
    helpers = _helpers(log, every)
    merged: defaultdict[UUID, list[str]] = defaultdict(list)
    for name, now in sorted(every.items()):
        if name != now:
            merged[now].append(str(name))
    written = {}
    for row in rows:
        card = _house(row, numbers[row.id])
        card |= {"names": merged[row.id]} if row.id in merged else {}
        card |= people.get(row.id, {})
        card |= {"helpers": helpers[row.id]} if row.id in helpers else {}
        card |= {"lines": lines[row.id]} if row.id in lines else {}
        written[row.id] = msgspec.Raw(msgspec.json.encode(card))
    return written


def _house(row: Household, seq: int) -> dict[str, Any]:
    card: dict[str, Any] = {"id": str(row.id), "seq": seq, "village": str(row.village), "number": row.number}
    card |= _given(group=row.group, head=row.head and str(row.head), left_on=_day(row.left_on))
    card |= _given(places=json.loads(row.places or "[]"), reached_by=_listed(row.reached_by))
    card |= _given(best_months=[int(month) for month in _listed(row.best_months)])
    return card | {"w": worded(row.wordings, HOUSEHOLD_FIELDS), "people": []}


def worded(wordings: str, fields: Sequence[str]) -> dict[str, str]:
    """Name the wording of each field that was ever given; the one most share stands under no name.

    >>> worded('{"a":"1","b":"1","c":"2"}', ("a", "b", "c"))
    {'': '1', 'c': '2'}

    Where a field was never given, each of the others is named: whoever reads would else take it for given.

    >>> worded('{"a":"1","b":"1"}', ("a", "b", "c"))
    {'a': '1', 'b': '1'}
    """
    told: dict[str, str] = json.loads(wordings or "{}")
    known = {field: told[field] for field in fields if field in told}
    if len(known) < len(fields):
        return known
    [(usual, _)] = Counter(known.values()).most_common(1)
    return {"": usual} | {field: wording for field, wording in known.items() if wording != usual}


# ---------------------------------------------------------------- who lives there


def _people(log: UUID, every: Mapping[UUID, UUID]) -> dict[UUID, dict[str, Any]]:
    """Give people and members of every household: under the names they have now, without the erased."""
    called = aliases(log, Resident)
    rows = Resident.objects.filter(log=log, household__in=list(every), source_withdrawn=False, erased=False)
    shown = [row for row in rows.order_by("id") if current(row.id, called) == row.id]
    people: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in shown:
        people[every[row.household]].append(_person(row))
    homes = {row.id: every[row.household] for row in shown}
    members = _members(log, homes, called)
    return {
        house: {"people": some} | ({"members": members[house]} if house in members else {})
        for house, some in people.items()
    }


def _person(row: Resident) -> dict[str, Any]:
    person: dict[str, Any] = {"id": str(row.id), "relation": row.relation}
    if row.restricted:
        person["restricted"] = True
    else:
        keys = [word for word in row.search.split() if word.isascii() and not word.isdigit()]
        person |= {"name": row.name}
        person |= _given(aliases=json.loads(row.aliases or "[]"), phones=json.loads(row.phones or "[]"))
        person |= _given(born=row.born, find=" ".join(keys))
    person |= _given(left_on=_day(row.left_on))
    return person | {"w": worded(row.wordings, RESIDENT_FIELDS)}


def _members(log: UUID, homes: Mapping[UUID, UUID], called: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Give the memberships of branches, also those that were told of somebody under another name."""
    names = dict(called)
    under = [*homes, *(name for name in names if current(name, names) in homes)]
    rows = list(Member.objects.filter(log=log, resident__in=under, source_withdrawn=False).order_by("id"))
    groups = _group_names(log, {row.group for row in rows if row.group})
    members: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        resident = current(row.resident, names)
        member: dict[str, Any] = {"id": str(row.id), "resident": str(resident), "branch": str(row.branch)}
        member |= {"standing": row.standing} | _given(group=groups.get(row.group, "") if row.group else "")
        member |= _given(exempt=row.exempt, floating=row.floating, since=_day(row.since), until=_day(row.until))
        members[homes[resident]].append(member | {"w": worded(row.wordings, MEMBER_FIELDS)})
    return members


def _group_names(log: UUID, groups: Collection[UUID]) -> dict[UUID, str]:
    return dict(PartyGroup.objects.filter(log=log, id__in=list(groups)).values_list("id", "name"))


def _helpers(log: UUID, every: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Say who helps or helped. That a household does not want one is known in its village."""
    rows = list(HelperLink.objects.filter(log=log, household__in=list(every), source_withdrawn=False).order_by("id"))
    called = dict(Account.objects.filter(id__in={row.helper for row in rows}).values_list("id", "called"))
    helpers: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        helper: dict[str, Any] = {"id": str(row.id), "agreement": row.agreement}
        helper |= _given(helper=row.helper and str(row.helper), called=called.get(row.helper) if row.helper else "")
        helper |= _given(since=_day(row.since), until=_day(row.until))
        helpers[every[row.household]].append(helper | {"w": worded(row.wordings, HELPER_FIELDS)})
    return helpers


# ---------------------------------------------------------------- how it is written


def _given(**values: Any) -> dict[str, Any]:
    """Leave out what is empty: a phone takes it for empty by itself."""
    return {name: value for name, value in values.items() if value}


def _listed(written: str) -> list[str]:
    return [one for one in written.split(",") if one]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
