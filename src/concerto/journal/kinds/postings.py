"""Postings: who serves which unit as what, from which day to which, and who stands in when they are away."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ..said import How, Touch
from .households import fields_of
from .rules import InOrder, Once, Ruled, Rules, SomeOf, keep

PostedRole = Literal["instructor", "branch_secretary", "mediator", "centre_desk", "township_organizer", "county_viewer",
                     "county_desk"]  # fmt: skip
Parts = Annotated[list[Literal["study", "branch", "visits", "disputes", "assistance"]], msgspec.Meta(max_length=5)]
Letter = Annotated[str, msgspec.Meta(max_length=40)]


class Absence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Days away, and who stands in. Why is never asked."""

    RULES: ClassVar[Rules] = (InOrder("left_before_it_came", "since", "until"),)

    since: date
    until: date
    deputy: UUID | None = None

    def __post_init__(self) -> None:
        keep(self, self.RULES)


POSTING_FIELDS = ("parts", "letter", "since", "until", "absences")


class Posting1(Ruled, frozen=True):
    """An account is posted to a unit in a role; an instructor's posting names which of the five parts."""

    KIND: ClassVar = "posting"
    RULES: ClassVar = (InOrder("left_before_it_came", "since", "until"), Once("asked_twice", ("parts",)))

    posting: UUID
    account: UUID
    unit: UUID
    role: PostedRole
    since: date
    parts: Parts = []
    letter: Letter = ""
    until: date | None = None
    absences: Annotated[list[Absence], msgspec.Meta(max_length=20)] = []

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.posting, "posting", How.OPENS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, POSTING_FIELDS)


class PostingChange1(Ruled, frozen=True):
    """A posting's parts, letter, days or absences change."""

    KIND: ClassVar = "posting_change"
    RULES: ClassVar = (SomeOf("nothing_changed", POSTING_FIELDS),)

    posting: UUID
    parts: Parts | UnsetType = UNSET
    letter: Letter | UnsetType = UNSET
    since: date | UnsetType = UNSET
    until: date | None | UnsetType = UNSET
    absences: Annotated[list[Absence], msgspec.Meta(max_length=20)] | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.posting, "posting", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, POSTING_FIELDS)
