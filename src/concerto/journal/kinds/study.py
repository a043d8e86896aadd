"""Study: a lesson at an exempt member's home, training; and one's own, which is nobody else's."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .rules import Once, Ruled
from .times import Took
from .visit import Topic

STUDY_FORMS = ("home_lesson", "training")


class Study1(Ruled, frozen=True):
    """A lesson at somebody's home, or a training: which members learnt, and how long it took."""

    KIND: ClassVar = "study"
    RULES: ClassVar = (Once("asked_twice", ("members", "topics", "made_with")),)

    form: Literal["home_lesson", "training"]
    took: Took
    members: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=200)]
    topics: Annotated[list[Topic], msgspec.Meta(max_length=15)] = []
    made_with: Annotated[list[UUID], msgspec.Meta(max_length=8)] = []
    words: Digest | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "study", How.OPENS)
        for member in self.members:
            yield Touch(member, "member", How.MENTIONS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        if self.words:
            yield PartRule(self.words, first, frozenset({Audience.PLACE, Audience.AUTHOR}))


class OwnStudy1(Body, frozen=True):
    """One line on what its author studied. No hours, no place; it is read by its author alone, wherever it stands."""

    KIND: ClassVar = "own_study"

    words: Digest

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "own_study", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.words, first, frozenset({Audience.AUTHOR}))
