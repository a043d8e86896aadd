"""Rounds in which every household is met once, and how often a helped household wishes to be visited."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import refuse

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import InOrder, Once, Ruled

MOST_DAYS = 45  # about a month: whatever takes longer is no round
OFTEN = ("as_usual", "quarterly", "half_yearly", "yearly", "never")
PLACE_ONLY = frozenset({Audience.PLACE})


class Round1(Ruled, frozen=True):
    """From a day to a day every household of some villages is met once. The name of its campaign is sealed words."""

    KIND: ClassVar = "round"
    RULES: ClassVar = (Once("asked_twice", ("villages",)), InOrder("left_before_it_came", "since", "until"))

    round: UUID
    villages: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=400)]
    since: date
    until: date
    campaign: Digest | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse((self.until - self.since).days >= MOST_DAYS, "round_too_long", most=MOST_DAYS)

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.round, "round", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.campaign:
            yield PartRule(self.campaign, self.round, PLACE_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"ended": False}


class RoundEnd1(Body, frozen=True):
    """A round is stopped before its last day: from the day this happened on it asks for nothing more."""

    KIND: ClassVar = "round_end"

    round: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.round, "round", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"ended": True}


class VisitWish1(Body, frozen=True):
    """How often a helped household wishes to be visited from that day on. Its help does not change by it.

    Each time it says so is a fact by itself, and none asks why.
    """

    KIND: ClassVar = "visit_wish"

    household: UUID
    often: Literal["as_usual", "quarterly", "half_yearly", "yearly", "never"]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "visit_wish", How.OPENS)
        yield Touch(self.household, "household", How.MENTIONS)
