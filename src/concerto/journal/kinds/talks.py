"""A heart-to-heart talk (谈心谈话): between whom and on which day. What was said is nobody's to keep."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import How, Touch
from .rules import Once, Ruled

CAPACITIES = ("secretary", "committee_member", "member")


class Talker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two, and as whom they talked."""

    member: UUID
    capacity: Literal["secretary", "committee_member", "member"]


class HeartTalk1(Ruled, frozen=True):
    """Two members talked. There is no field for what about, and no words."""

    KIND: ClassVar = "heart_talk"
    RULES: ClassVar = (Once("asked_twice", ("talkers.member",)),)

    talkers: Annotated[list[Talker], msgspec.Meta(min_length=2, max_length=2)]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "heart_talk", How.OPENS)
        for talker in self.talkers:
            yield Touch(talker.member, "member", How.MENTIONS)
