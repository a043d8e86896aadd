"""A suggestion passed upward (社情民意), and what became of it: of no household, and nobody reads whose it was."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal
from uuid import UUID

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import Ruled, SomeOf, Together, When

TOPICS = (
    "pasture_and_land", "water_and_roads", "livelihood", "school", "health", "old_age_and_care", "surroundings",
    "services", "other",
)  # fmt: skip
PLACE_ONLY = frozenset({Audience.PLACE})


class Suggestion1(Body, frozen=True):
    """A suggestion for the township, of a month and not of a day.

    `suggestion` is drawn by lot and tells no time; `slip` is the one by whose code the answer is read.
    """

    KIND: ClassVar = "suggestion"

    suggestion: UUID
    topic: Literal[
        "pasture_and_land", "water_and_roads", "livelihood", "school", "health", "old_age_and_care", "surroundings",
        "services", "other",
    ]  # fmt: skip
    words: Digest
    village: UUID | None = None
    slip: UUID | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.suggestion, "suggestion", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.words, self.suggestion, PLACE_ONLY)


class SuggestionReply1(Ruled, frozen=True):
    """What the township did with a suggestion: passed on to an office, answered, or not followed, and why."""

    KIND: ClassVar = "suggestion_reply"
    RULES: ClassVar = (
        Together("passed_on_to_nobody", When("state", ("passed_on",)), When("to")),
        SomeOf("reply_says_nothing", ("to", "words")),
    )

    suggestion: UUID
    state: Literal["passed_on", "answered", "not_followed"]
    to: Digest | None = None
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.suggestion, "suggestion", How.CHANGES)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        for digest in (self.to, self.words):
            if digest:
                yield PartRule(digest, self.suggestion, PLACE_ONLY)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"reply": (self.state, self.to, self.words)}
