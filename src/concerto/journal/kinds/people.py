"""Residents and party members: opened, changed, gone. Names, phones, birth dates and hashes are sealed."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ..said import Body, Digest, How, PartRule, Touch
from .households import PLACE_ONLY, Home, fields_of
from .rules import Ruled, SomeOf

RESIDENT_FIELDS = ("name", "aliases", "phones", "born", "identity", "home", "left_on")
NAME, PHONE, HASH = re.compile(r"[^\n]{1,120}"), re.compile(r"[^\n]{1,40}"), re.compile(r"[0-9a-f]{64}")
RESIDENT_PARTS = {
    "name": NAME,
    "born": re.compile(r"\d{4}(-\d\d){0,2}"),
    "identity": HASH,
}

SeveralWords = Annotated[list[Digest], msgspec.Meta(max_length=6)]


def resident_parts(resident: UUID, body: Body) -> Iterator[PartRule]:
    """Name the sealed parts that a resident's fields rest on; none is free text."""
    values = fields_of(body, RESIDENT_FIELDS)
    parts = [(values[name], form) for name, form in RESIDENT_PARTS.items() if values.get(name)]
    parts += [(digest, NAME) for digest in values.get("aliases", ())]
    parts += [(digest, PHONE) for digest in values.get("phones", ())]
    for digest, form in parts:
        yield PartRule(digest, resident, PLACE_ONLY, is_words=False, form=form)


class Resident1(Body, frozen=True):
    """Somebody comes into the register, as one of a household."""

    KIND: ClassVar = "resident"

    resident: UUID
    name: Digest
    home: Home
    aliases: SeveralWords = []
    phones: SeveralWords = []
    born: Digest | None = None
    identity: Digest | None = None
    left_on: date | None = None
    told_by: Literal["household", "seen", "paper"] | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.resident, "resident", How.OPENS)
        yield Touch(self.home.household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        return resident_parts(self.resident, self)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, RESIDENT_FIELDS)


class ResidentChange1(Ruled, frozen=True):
    """Some fields of a person change; moving to another household changes `home`, leaving sets the last day."""

    KIND: ClassVar = "resident_change"
    RULES: ClassVar = (SomeOf("nothing_changed", RESIDENT_FIELDS),)

    resident: UUID
    name: Digest | UnsetType = UNSET
    home: Home | UnsetType = UNSET
    aliases: SeveralWords | UnsetType = UNSET
    phones: SeveralWords | UnsetType = UNSET
    born: Digest | None | UnsetType = UNSET
    identity: Digest | None | UnsetType = UNSET
    left_on: date | None | UnsetType = UNSET
    told_by: Literal["household", "seen", "paper"] | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.resident, "resident", How.CHANGES)
        if isinstance(self.home, Home):
            yield Touch(self.home.household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        return resident_parts(self.resident, self)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, RESIDENT_FIELDS)


MEMBER_FIELDS = ("branch", "group", "standing", "exempt", "floating", "since", "until")


class Member1(Body, frozen=True):
    """A resident is a member of a branch. Why somebody is exempt or away is never stored."""

    KIND: ClassVar = "member"

    member: UUID
    resident: UUID
    branch: UUID
    standing: Literal["full", "probationary"]
    group: UUID | None = None
    exempt: bool = False
    floating: bool = False
    since: date | None = None
    until: date | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.member, "member", How.OPENS)
        yield Touch(self.resident, "resident", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, MEMBER_FIELDS)


class MemberChange1(Ruled, frozen=True):
    """A membership of a branch changes or ends."""

    KIND: ClassVar = "member_change"
    RULES: ClassVar = (SomeOf("nothing_changed", MEMBER_FIELDS),)

    member: UUID
    branch: UUID | UnsetType = UNSET
    standing: Literal["full", "probationary"] | UnsetType = UNSET
    group: UUID | None | UnsetType = UNSET
    exempt: bool | UnsetType = UNSET
    floating: bool | UnsetType = UNSET
    since: date | None | UnsetType = UNSET
    until: date | None | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.member, "member", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, MEMBER_FIELDS)
