"""Households: opened, changed (moved and left are changes), split, merged with another name."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import Among, Differ, InOrder, Once, Ruled, SomeOf

PLACE_ONLY = frozenset({Audience.PLACE})
SEASONS = ("town", "summer", "autumn", "winter", "spring", "other")
REACHED_BY = ("visit", "phone", "message")

Month = Annotated[int, msgspec.Meta(ge=1, le=12)]
Ways = Annotated[list[Literal["visit", "phone", "message"]], msgspec.Meta(max_length=3)]
Number = Annotated[str, msgspec.Meta(max_length=20)]


class UsualPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a household usually is in a season: months and sealed words, never a dated whereabouts."""

    season: Literal["town", "summer", "autumn", "winter", "spring", "other"]
    from_month: Month
    to_month: Month
    words: Digest


def place_parts(household: UUID, places: list[UsualPlace]) -> Iterator[PartRule]:
    """Name the sealed words of usual places."""
    for place in places:
        yield PartRule(place.words, household, PLACE_ONLY)


def fields_of(body: Body, names: tuple[str, ...]) -> dict[str, Any]:
    """Give those fields of a body that it sets."""
    return {name: getattr(body, name) for name in names if getattr(body, name) is not UNSET}


HOUSEHOLD_FIELDS = ("village", "number", "group", "places", "reached_by", "best_months", "head", "left_on")


class Household1(Body, frozen=True):
    """A household comes into the register."""

    KIND: ClassVar = "household"

    household: UUID
    village: UUID
    number: Number = ""
    group: Number = ""
    places: Annotated[list[UsualPlace], msgspec.Meta(max_length=8)] = []
    reached_by: Ways = []
    best_months: Annotated[list[Month], msgspec.Meta(max_length=12)] = []
    head: UUID | None = None
    left_on: date | None = None
    told_by: Literal["household", "seen", "paper"] | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.household, "household", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        return place_parts(self.household, self.places)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, HOUSEHOLD_FIELDS)


class HouseholdChange1(Ruled, frozen=True):
    """Some fields of a household change; a move changes its village, leaving sets its last day."""

    KIND: ClassVar = "household_change"
    RULES: ClassVar = (SomeOf("nothing_changed", HOUSEHOLD_FIELDS),)

    household: UUID
    village: UUID | UnsetType = UNSET
    number: Number | UnsetType = UNSET
    group: Number | UnsetType = UNSET
    places: Annotated[list[UsualPlace], msgspec.Meta(max_length=8)] | UnsetType = UNSET
    reached_by: Ways | UnsetType = UNSET
    best_months: Annotated[list[Month], msgspec.Meta(max_length=12)] | UnsetType = UNSET
    head: UUID | None | UnsetType = UNSET
    left_on: date | None | UnsetType = UNSET
    told_by: Literal["household", "seen", "paper"] | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.household, "household", How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        return place_parts(self.household, self.places or [])

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, HOUSEHOLD_FIELDS)


class HouseholdSplit1(Ruled, frozen=True):
    """Some people of a household make a household of their own."""

    KIND: ClassVar = "household_split"
    RULES: ClassVar = (
        Differ("merged_with_itself", "household", "old"),
        Once("asked_twice", ("residents",)),
        Among("nobody_stays", "head", "residents"),
    )

    old: UUID
    household: UUID
    village: UUID
    since: date
    head: UUID
    residents: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=30)]
    number: Number = ""
    group: Number = ""

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.household, "household", How.OPENS)
        yield Touch(self.old, "household", How.MENTIONS)
        for resident in self.residents:
            yield Touch(resident, "resident", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        if thing == self.household:
            opened = {"village": self.village, "number": self.number, "group": self.group, "head": self.head}
            return {"places": [], "reached_by": [], "best_months": [], "left_on": None, **opened}
        as_head = Home(household=self.household, relation="head", since=self.since)
        return {"home": as_head if thing == self.head else Home(self.household, "other", self.since)}


class Home(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which household somebody belongs to, as what, since when: one field, right only together."""

    household: UUID
    relation: Literal["head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "in_law", "other"]
    since: date | None = None


class Merger1(Ruled, frozen=True):
    """Two names turn out to be one household or one person: `gone` is now called `stays`."""

    KIND: ClassVar = "merger"
    RULES: ClassVar = (Differ("merged_with_itself", "gone", "stays"),)

    sort: Literal["household", "resident"]
    gone: UUID
    stays: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.gone, self.sort, How.CHANGES)
        yield Touch(self.stays, self.sort, How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"called": self.stays} if thing == self.gone else {}


HELPER_FIELDS = ("helper", "agreement", "since", "until")


class Helper1(Ruled, frozen=True):
    """A household gets a helper, with its agreement or before it was asked."""

    KIND: ClassVar = "helper"
    RULES: ClassVar = (InOrder("left_before_it_came", "since", "until"),)

    link: UUID
    household: UUID
    helper: UUID | None = None
    agreement: Literal["agreed", "declined", "not_asked"] = "not_asked"
    since: date | None = None
    until: date | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.link, "helper_link", How.OPENS)
        yield Touch(self.household, "household", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, HELPER_FIELDS)


class HelperChange1(Ruled, frozen=True):
    """A helper link changes: who helps, what the household said of it, its days."""

    KIND: ClassVar = "helper_change"
    RULES: ClassVar = (SomeOf("nothing_changed", HELPER_FIELDS),)

    link: UUID
    household: UUID
    helper: UUID | None | UnsetType = UNSET
    agreement: Literal["agreed", "declined", "not_asked"] | UnsetType = UNSET
    since: date | None | UnsetType = UNSET
    until: date | None | UnsetType = UNSET

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.link, "helper_link", How.CHANGES)
        yield Touch(self.household, "household", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return fields_of(self, HELPER_FIELDS)
