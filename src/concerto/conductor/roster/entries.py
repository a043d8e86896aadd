"""Writes what a roster brings as entries: one for each household, person, membership and link, new or changed."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import canonical, clock
from concerto.groundwork.ids import uuid7
from concerto.journal.kinds.households import Helper1, Home, Household1, HouseholdChange1, UsualPlace
from concerto.journal.kinds.people import Member1, MemberChange1, Resident1, ResidentChange1
from concerto.journal.said import Audience, Body, Item, SealedPart

from .differences import MOST, told_places
from .matching import Pair
from .planning import TablePlan, Work
from .there import There, roster_device
from .wording import relation_of


@dataclass
class Sealing:
    """Seals words about one thing."""

    about: UUID
    parts: list[SealedPart] = field(default_factory=list)

    def one(self, text: str) -> str:
        """Seal one text and give its digest."""
        part = SealedPart(about=self.about, audience=Audience.PLACE, salt=secrets.token_hex(16), text=text)
        self.parts.append(part)
        return part.digest

    def several(self, texts: Iterable[str]) -> list[str]:
        """Seal several texts."""
        return [self.one(text) for text in texts]


@dataclass(frozen=True)
class Written:
    """One entry, and the row of the roster it came from."""

    item: Item
    row: int
    name: str
    opens_person: bool = False


class Writer:
    """Writes the entries of one import. `author` is an account, or the home."""

    def __init__(self, log: UUID, *, author: UUID, number: int, there: There | None) -> None:
        self.log, self.author, self.number, self.there = log, author, number, there
        self.device = roster_device(log)

    def household(self, work: Work, table: TablePlan, at: datetime, branch: UUID | None) -> Iterator[Written]:
        """Write one household with its people; what is known already is not written again."""
        match, house = work.match, work.match.house
        unit = house.village if house else table.village
        key = house.id if house else uuid7(at)
        for pair in match.pairs:
            pair.key = pair.known.id if pair.known else uuid7(at)
        row, name = match.found.row, match.pairs[0].found.name
        if work.opens:
            yield Written(self._opening(key, work, unit, at), row, name)
        elif house and work.house:
            yield Written(self._change(key, work.house, house.wordings, unit, at), row, name)
        for n, pair in enumerate(match.pairs):
            yield from self._person(pair, work.people[n], key, self._unit_of(pair, unit), at)
            yield from self._member(work, n, branch, at)
        if work.is_helped:
            link = Helper1(link=uuid7(at), household=key, agreement="not_asked")
            yield Written(self._item(link, unit, at), row, name)

    def _unit_of(self, pair: Pair, unit: UUID) -> UUID:
        """Give the village somebody is recorded for: of the household they belong to, wherever the roster has them."""
        house = self.there.house_of(pair.known) if self.there and pair.known else None
        return house.village if house else unit

    def _opening(self, key: UUID, work: Work, village: UUID, at: datetime) -> Item:
        match = work.match
        heads = (pair.key for pair in match.pairs if pair.found.is_head and pair.known is None)
        told = told_places(match.found)
        sealing = Sealing(key)
        body = Household1(
            household=key,
            village=village,
            number=match.number,
            group=match.group,
            places=_places(told["places"], sealing),
            best_months=told["best_months"],
            head=next(heads, None),
            told_by="paper",
        )
        return self._item(body, village, at, sealed=sealing.parts)

    def _change(
        self, key: UUID, changes: Mapping[str, Any], wordings: Mapping[str, str], unit: UUID, at: datetime
    ) -> Item:
        sealing, said = Sealing(key), dict(changes)
        if "places" in said:
            said["places"] = _places(said["places"], sealing)
        body = HouseholdChange1(household=key, told_by="paper", **said)
        return self._item(body, unit, at, sealed=sealing.parts, saw=_saw(key, said, wordings))

    def _person(
        self, pair: Pair, changes: Mapping[str, Any], house: UUID, unit: UUID, at: datetime
    ) -> Iterator[Written]:
        key = _key(pair)
        found, sealing = pair.found, Sealing(key)
        if pair.known is None:
            home = Home(household=house, relation="head" if found.is_head else _relation(found.relation))
            body: Body = Resident1(
                resident=key,
                name=sealing.one(found.name),
                home=home,
                aliases=sealing.several(list(found.aliases)[:MOST]),
                phones=sealing.several([phone.number for phone in found.phones][:MOST]),
                born=sealing.one(pair.born) if pair.born else None,
                identity=sealing.one(pair.hash) if pair.hash else None,
                told_by="paper",
            )
            yield Written(self._item(body, unit, at, sealed=sealing.parts), found.row, found.name, opens_person=True)
        elif changes:
            said = {name: _sealed(value, sealing) for name, value in changes.items()}
            body = ResidentChange1(resident=key, told_by="paper", **said)
            saw = _saw(key, said, pair.known.wordings)
            yield Written(self._item(body, unit, at, sealed=sealing.parts, saw=saw), found.row, found.name)

    def _member(self, work: Work, n: int, branch: UUID | None, at: datetime) -> Iterator[Written]:
        found, key = work.match.pairs[n].found, _key(work.match.pairs[n])
        if work.new_members[n] and branch is not None:
            body: Body = Member1(
                member=uuid7(at),
                resident=key,
                branch=branch,
                standing="probationary" if found.membership == "probationary" else "full",
                floating=found.floating,
            )
            yield Written(self._item(body, branch, at), found.row, found.name)
        elif work.members[n] and self.there is not None:
            member = self.there.members[key]
            saw = _saw(member.id, work.members[n], msgspec.json.decode(member.wordings))
            change = MemberChange1(member=member.id, **work.members[n])
            yield Written(self._item(change, member.branch, at, saw=saw), found.row, found.name)

    def _item(
        self,
        body: Body,
        unit: UUID,
        at: datetime,
        *,
        sealed: Iterable[SealedPart] = (),
        saw: Mapping[str, str | None] | None = None,
    ) -> Item:
        entry = uuid7(at)
        self.number += 1
        said: dict[str, Any] = {
            "id": str(entry),
            "kind": body.KIND,
            "version": body.VERSION,
            "log": str(self.log),
            "unit": str(unit),
            "author": str(self.author),
            "device": str(self.device),
            "number": self.number,
            "happened_on": clock.day_of(at).isoformat(),
            "recorded_at": clock.stamp(at),
            "body": msgspec.to_builtins(body),
            "sealed": [rule.digest for rule in body.sealed_parts(entry)],
            "saw": dict(saw or {}),
        }
        return Item(canonical.write(said), tuple(sealed))


def _key(pair: Pair) -> UUID:
    assert pair.key is not None
    return pair.key


def _saw(thing: UUID, fields: Iterable[str], wordings: Mapping[str, str]) -> dict[str, str | None]:
    return {f"{thing}.{name}": wordings.get(name) for name in sorted(fields)}


def _sealed(value: str | list[str], sealing: Sealing) -> Any:
    return sealing.one(value) if isinstance(value, str) else sealing.several(value)


def _places(told: Iterable[tuple[str, int, int, str]], sealing: Sealing) -> list[UsualPlace]:
    return [
        UsualPlace(season=season, from_month=first, to_month=last, words=sealing.one(words))  # type: ignore[arg-type]
        for season, first, last, words in told
    ]


def _relation(text: str) -> Any:
    """Say a relation in the register's words; a second head of a household is somebody of it."""
    relation = relation_of(text)
    return "other" if relation == "head" else relation
