"""Screening (排查): on a day a village was asked whether there are disputes. It names nobody; none is a full answer."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import How, Touch
from .rules import Once, Ruled

WAYS = ("door_to_door", "gathering", "asked_around", "records")
MOST_FOUND = 999

ScreenedSort = Literal["neighbours", "marriage_and_family", "pasture_and_land", "lease", "livestock_damage", "money",
                       "wages", "other"]  # fmt: skip


class Screening1(Ruled, frozen=True):
    """One line of one village: how it was asked, about which kinds, and how many disputes were found; 0 says none.

    It has no field for a household, a person or words: what was found is told as a lead or a case, by whom it concerns.
    """

    KIND: ClassVar = "screening"
    RULES: ClassVar = (Once("asked_twice", ("sorts",)),)

    village: UUID
    way: Literal["door_to_door", "gathering", "asked_around", "records"]
    sorts: Annotated[list[ScreenedSort], msgspec.Meta(min_length=1, max_length=8)]
    found: Annotated[int, msgspec.Meta(ge=0, le=MOST_FOUND)]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "screening", How.OPENS)
