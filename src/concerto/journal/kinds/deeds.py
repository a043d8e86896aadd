"""A good thing done (办实事): for households, for a party group or for the whole village."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Digest, How, PartRule, Touch
from .rules import Once, Ruled, Unsaid, When

HEADINGS = ("industry", "ecology", "rural_culture", "governance", "livelihood")
PLACE_ONLY = frozenset({Audience.PLACE})


class Deed1(Ruled, frozen=True):
    """One deed on one day; whom it names it was done for, and where it names nobody it was done for the village.

    A heading is one of the five of rural revitalisation, for who wishes to say so.
    """

    KIND: ClassVar = "deed"
    RULES: ClassVar = (
        Once("asked_twice", ("households",)),
        Unsaid("deed_for_two_sorts", ("group",), When("households")),
    )

    words: Digest
    households: Annotated[list[UUID], msgspec.Meta(max_length=40)] = []
    group: UUID | None = None
    heading: Literal["industry", "ecology", "rural_culture", "governance", "livelihood"] | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "deed", How.OPENS)
        for household in self.households:
            yield Touch(household, "household", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.words, self.households[0] if len(self.households) == 1 else first, PLACE_ONLY)
