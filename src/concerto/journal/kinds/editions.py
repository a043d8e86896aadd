"""What a township changes of the mechanism by itself: an edition of a duty, proposed and answered, and days off."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import refuse

from ..said import Body, How, Touch
from .waivers import DutyName

Source = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Code = Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
Codes = Annotated[list[Code], msgspec.Meta(max_length=20)]
Amounts = Annotated[dict[Code | Literal[""], int], msgspec.Meta(max_length=20)]
Days = Annotated[list[date], msgspec.Meta(max_length=120)]


class Edition1(Body, frozen=True):
    """A dated local edition of a duty is proposed, in the words of its file; the rulebook says what makes sense."""

    KIND: ClassVar = "edition"

    edition: UUID
    duty: DutyName
    since: date
    source: Source
    minutes: int | Amounts | None = None
    proven_by: Codes | None = None
    made_by: Codes | None = None
    times: int | None = None
    amount: Amounts | None = None
    every: Literal["WEEK", "MONTH", "QUARTER", "YEAR"] | None = None
    grace: int | None = None
    after: Codes | None = None
    within: Literal["same_day", "window"] | dict[str, int | bool | Amounts] | None = None
    until: Codes | None = None
    extended_by: Codes | None = None
    extensions: int | None = None
    repealed: bool = False

    def told(self) -> dict[str, Any]:
        """Give the edition as a duty's file tells it, without what was left out."""
        named = ((name, getattr(self, name)) for name in self.__struct_fields__ if name not in ("edition", "duty"))
        return {name: value for name, value in named if value is not None and value is not False}

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.edition, "edition", How.OPENS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"answer": "proposed"}


class EditionAnswer1(Body, frozen=True):
    """A proposed edition is approved or refused, by somebody else than who proposed it."""

    KIND: ClassVar = "edition_answer"

    edition: UUID
    approved: bool

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.edition, "edition", How.CHANGES)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"answer": "approved" if self.approved else "refused"}


class DayTable1(Body, frozen=True):
    """The days off of a year and the weekend days that are worked, as their notice says."""

    KIND: ClassVar = "day_table"

    table: UUID
    year: Annotated[int, msgspec.Meta(ge=2000, le=2200)]
    source: Source
    off: Days
    worked: Days = []

    def __post_init__(self) -> None:
        days = [*self.off, *self.worked]
        refuse(len(set(days)) < len(days), "asked_twice")
        refuse(any(day.year != self.year for day in days), "day_of_another_year", year=self.year)

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.table, "day_table", How.OPENS)
