"""Waivers: somebody asks that a duty be let go for one period, and somebody else answers. Never about a person."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from ..said import Body, How, Touch

REASONS = ("snow", "road", "pasture_move", "no_room", "other")

DUTY_NAME, PERIOD_NAME = "^[a-z][a-z0-9-]{1,39}$", "^[0-9]{4}(-W[0-9]{2}|-Q[1-4]|-[0-9]{2})?$"

DutyName = Annotated[str, msgspec.Meta(pattern=DUTY_NAME)]
PeriodName = Annotated[str, msgspec.Meta(pattern=PERIOD_NAME)]


class Waiver1(Body, frozen=True):
    """A waiver is asked: of which duty, owed by whom about what, for which period. The reasons are a short list."""

    KIND: ClassVar = "waiver"

    waiver: UUID
    duty: DutyName
    owed_by: UUID
    period: PeriodName
    reason: Literal["snow", "road", "pasture_move", "no_room", "other"]
    about: UUID | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.waiver, "waiver", How.OPENS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"answer": "asked"}


class WaiverAnswer1(Body, frozen=True):
    """A waiver is granted or refused: a decision, by somebody who neither owes it nor asked for it."""

    KIND: ClassVar = "waiver_answer"

    waiver: UUID
    granted: bool

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.waiver, "waiver", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"answer": "granted" if self.granted else "refused"}
