"""What is known of a village (村情): dated facts, each with its source, and that an older one is still so."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import refuse

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import Ruled, SomeOf, Together, Unsaid, When

# What is usually asked of a village, each with the units it is counted in, the usual one first.
UNITS_OF: dict[str, tuple[str, ...]] = {
    "households": ("households",),
    "people": ("people",),
    "workers": ("people",),
    "away": ("people", "households"),
    "groups": ("places",),
    "arable_land": ("mu",),
    "pasture": ("mu",),
    "livestock": ("head", "sheep_units"),
    "cooperatives": ("places",),
    "collective_income": ("yuan",),
    "party_members": ("people",),
    "cadres": ("people",),
    "tap_water": ("percent", "households"),
    "hard_road": ("percent", "households", "km"),
    "electricity": ("percent", "households"),
    "network": ("percent", "households"),
    "doctor": ("people", "places"),
    "school": ("places", "people"),
}
OTHER = "other"  # in whatever unit, under a name of its own
UNITS = ("households", "people", "places", "mu", "head", "sheep_units", "km", "percent", "yuan")
SOURCES = ("paper", "told", "counted")
TOLD_AS = ("secretary", "committee", "accountant", "group_leader", "office", "villager")
PLACE_ONLY = frozenset({Audience.PLACE})


class VillageFact1(Ruled, frozen=True):
    """One fact about a whole village as it was on a day, never about a person or a household.

    It is a number with its unit, or a few words. A newer one stands above it and overwrites nothing.
    """

    KIND: ClassVar = "village_fact"
    RULES: ClassVar = (
        SomeOf("fact_says_nothing", ("number", "words")),
        Unsaid("fact_says_two_things", ("words",), When("number")),
        Together("unit_missing", When("number"), When("unit")),
        Together("fact_without_name", When("what", (OTHER,)), When("name")),
        Together("paper_without_name", When("source", ("paper",)), When("paper")),
        Together("told_by_nobody", When("source", ("told",)), When("told_as")),
    )

    village: UUID
    what: Literal[
        "households", "people", "workers", "away", "groups", "arable_land", "pasture", "livestock", "cooperatives",
        "collective_income", "party_members", "cadres", "tap_water", "hard_road", "electricity", "network", "doctor",
        "school", "other",
    ]  # fmt: skip
    as_of: date
    source: Literal["paper", "told", "counted"]
    number: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] | None = None
    unit: Literal["households", "people", "places", "mu", "head", "sheep_units", "km", "percent", "yuan"] | None = None
    words: Digest | None = None
    name: Digest | None = None
    paper: Digest | None = None
    told_as: Literal["secretary", "committee", "accountant", "group_leader", "office", "villager"] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse(self.unit is not None and self.unit not in UNITS_OF.get(self.what, UNITS), "unit_does_not_fit")
        refuse(self.unit == "percent" and (self.number or 0) > 100, "more_than_all")

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "village_fact", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        for digest in (self.words, self.name, self.paper):
            if digest:
                yield PartRule(digest, first, PLACE_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"still_so": (self.number, self.unit, self.words, self.as_of)}


class FactConfirmed1(Body, frozen=True):
    """On the day this happened on, a fact that was recorded earlier was looked at again and is still so.

    It says so of the value its author saw: of one that was corrected since it says nothing.
    """

    KIND: ClassVar = "fact_confirmed"
    ECHOES: ClassVar = "still_so"

    fact: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.fact, "village_fact", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"still_so": None}
