"""Somebody whom another person's entry names as having been there says that they were not."""

from collections.abc import Iterator
from typing import ClassVar, Literal
from uuid import UUID

from ..said import Body, How, Touch


class NotThere1(Body, frozen=True):
    """Its author was not at this visit, meeting or study: what it proves is no longer theirs. Why is not asked."""

    KIND: ClassVar = "not_there"

    entry: UUID
    what: Literal["visit", "meeting", "study"]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.entry, self.what, How.CHANGES)
