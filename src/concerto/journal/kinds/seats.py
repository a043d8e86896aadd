"""What a branch decides about its own members, dated: seats of its committee, and votes that rest. Never why."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal
from uuid import UUID

from msgspec import UNSET, UnsetType

from ..said import How, Touch
from .households import fields_of
from .rules import InOrder, Ruled, SomeOf

Seated = Literal["secretary", "deputy", "seat"]
POSTS: tuple[Seated, ...] = ("secretary", "deputy", "seat")
SEAT_FIELDS = ("post", "since", "until")
SUSPENSION_FIELDS = ("since", "until")


class Seat1(Ruled, frozen=True):
    """A member sits on the committee of a branch, as its secretary, its deputy, or with a seat."""

    KIND: ClassVar = "seat"
    RULES: ClassVar = (InOrder("left_before_it_came", "since", "until"),)

    seat: UUID
    branch: UUID
    member: UUID
    post: Seated
    since: date
    until: date | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.seat, "seat", How.OPENS)
        yield Touch(self.member, "member", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, SEAT_FIELDS)


class SeatChange1(Ruled, frozen=True):
    """A seat's post or days change; who sits on it does not: another member takes another seat."""

    KIND: ClassVar = "seat_change"
    RULES: ClassVar = (SomeOf("nothing_changed", SEAT_FIELDS),)

    seat: UUID
    post: Seated | UnsetType = UNSET
    since: date | UnsetType = UNSET
    until: date | None | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.seat, "seat", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, SEAT_FIELDS)


class Suspension1(Ruled, frozen=True):
    """A member's vote rests from a day on. There is no field for why, and no words."""

    KIND: ClassVar = "suspension"
    RULES: ClassVar = (InOrder("left_before_it_came", "since", "until"),)

    suspension: UUID
    member: UUID
    since: date
    until: date | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.suspension, "suspension", How.OPENS)
        yield Touch(self.member, "member", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, SUSPENSION_FIELDS)


class SuspensionChange1(Ruled, frozen=True):
    """The days on which a vote rests change, or it is given back."""

    KIND: ClassVar = "suspension_change"
    RULES: ClassVar = (SomeOf("nothing_changed", SUSPENSION_FIELDS),)

    suspension: UUID
    since: date | UnsetType = UNSET
    until: date | None | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.suspension, "suspension", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, SUSPENSION_FIELDS)
