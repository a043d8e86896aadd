"""A phone's card of a household, gathered in bulk: the same few statements for one card and for a page of them.

It is written for those who work in the village, so it holds names, phones, birth dates and usual places; no lead, no
sealed word of a visit or a need, no hash. `w` names the wording of each field: under no name the one most fields share,
which is written only where every field was given.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import database
from concerto.journal.kinds.households import HELPER_FIELDS, HOUSEHOLD_FIELDS
from concerto.journal.kinds.people import MEMBER_FIELDS, RESIDENT_FIELDS
from concerto.register.current import current

from . import lines, rows
from .changed import Names

SHAPE = 3  # of a card; raised with what it shows, so that phones fetch all of them anew


class Reader(NamedTuple):
    """Whose phone it is, on which day."""

    account: UUID
    day: date


def cards_of(log: UUID, numbers: Mapping[UUID, int], names: Names, reader: Reader) -> dict[UUID, msgspec.Raw]:
    """Write the cards of these households, each with its number. Who asks has made sure that the reader works there."""
    every = names.all_of(numbers)
    asked = [*rows.ask(log, numbers, every), *lines.ask(log, every, reader.day)]
    found = database.fetch_together(*asked)
    there = rows.read(found[: -lines.ASKED])
    people = _people(there, every)
    told = lines.lines_of(log, every, found[-lines.ASKED :], reader=reader.account, day=reader.day)
    helpers, needs, consents = _helpers(there, every), _needs(there, every), _consents(there, every)
    merged: defaultdict[UUID, list[str]] = defaultdict(list)
    for name, now in sorted(every.items()):
        if name != now:
            merged[now].append(str(name))
    written = {}
    for row in there.houses:
        card = _house(row, numbers[row.id])
        card |= {"names": merged[row.id]} if row.id in merged else {}
        card |= people.get(row.id, {})
        card |= {"helpers": helpers[row.id]} if row.id in helpers else {}
        card |= {"needs": needs[row.id]} if row.id in needs else {}
        card |= {"consents": consents[row.id]} if row.id in consents else {}
        card |= {"lines": told[row.id]} if row.id in told else {}
        written[row.id] = msgspec.Raw(msgspec.json.encode(card))
    return written


def _house(row: rows.House, seq: int) -> dict[str, Any]:
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


def _people(there: rows.Rows, every: Mapping[UUID, UUID]) -> dict[UUID, dict[str, Any]]:
    """Give people and members of every household: under the names they have now, without the erased."""
    people: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in there.people:
        people[every[row.household]].append(_person(row))
    members = _members(there, {row.id: every[row.household] for row in there.people})
    return {
        house: {"people": some} | ({"members": members[house]} if house in members else {})
        for house, some in people.items()
    }


def _person(row: rows.Person) -> dict[str, Any]:
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


def _members(there: rows.Rows, homes: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Give the memberships of branches, also those that were told of somebody under another name."""
    members: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in there.members:
        resident = current(row.resident, there.called)
        if resident not in homes:
            continue
        member: dict[str, Any] = {"id": str(row.id), "resident": str(resident), "branch": str(row.branch)}
        member |= {"standing": row.standing} | _given(group=row.group)
        member |= _given(exempt=row.exempt, floating=row.floating, since=_day(row.since), until=_day(row.until))
        members[homes[resident]].append(member | {"w": worded(row.wordings, MEMBER_FIELDS)})
    return members


def _helpers(there: rows.Rows, every: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Say who helps or helped. That a household does not want one is known in its village."""
    helpers: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in there.helpers:
        helper: dict[str, Any] = {"id": str(row.id), "agreement": row.agreement}
        helper |= _given(helper=row.helper and str(row.helper), called=row.called)
        helper |= _given(since=_day(row.since), until=_day(row.until))
        if not row.helps:
            helper["helps"] = False  # it declined, or is still to be asked about who follows somebody else
        elif row.helps_from != row.since:
            helper |= _given(helps_from=_day(row.helps_from))
        helpers[every[row.household]].append(helper | {"w": worded(row.wordings, HELPER_FIELDS)})
    return helpers


def _needs(there: rows.Rows, every: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Say which needs of it are open, how far each is and who sees to it; what was said stays where it is sealed."""
    needs: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in there.needs:
        need = {"id": str(row.id), "sort": row.sort, "state": row.state, "on": _day(row.opened_on)}
        told = json.loads(row.wordings or "{}")
        seen = {"last": str(row.last), "owned": told.get("owner"), "stated": told.get("state")}
        asked = [str(day) for day in (row.asked_first, row.asked_last) if day]
        more = _given(owner=row.owner and str(row.owner), askers=row.askers if row.askers > 1 else 0, asked=asked)
        needs[every[row.household]].append(need | more | _given(**seen))
    return needs


def _consents(there: rows.Rows, every: Mapping[UUID, UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Give the last answer to each purpose of a household, and of each of its people; who moved brings theirs along.

    Of somebody who is locked nothing travels but that they are there.
    """
    homes = {row.id: every[row.household] for row in there.people if not row.restricted}
    latest: dict[tuple[UUID, str, UUID | None], rows.Consent] = {}
    for row in sorted(there.consents, key=lambda one: (one.on, one.seq)):
        who = current(row.resident, there.called) if row.resident else None
        house = homes.get(who) if who else every.get(row.household)
        if house is not None:
            latest[house, row.purpose, who] = row
    consents: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for (house, purpose, who), row in latest.items():
        answer = {"for": purpose, "answer": row.answer, "on": _day(row.on)}
        consents[house].append(answer | _given(who=who and str(who)))
    return consents


# ---------------------------------------------------------------- how it is written


def _given(**values: Any) -> dict[str, Any]:
    """Leave out what is empty: a phone takes it for empty by itself."""
    return {name: value for name, value in values.items() if value}


def _listed(written: str) -> list[str]:
    return [one for one in written.split(",") if one]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
