"""Somebody of the default desk takes a matter over that nobody answered, or that is in nobody's hands."""

from collections.abc import Iterator
from typing import ClassVar, Literal
from uuid import UUID

from ..said import Body, How, Touch


class TakenOver1(Body, frozen=True):
    """Its author has the matter from now on, and may read its sealed words; who owes it in the village stays."""

    KIND: ClassVar = "taken_over"

    matter: UUID
    what: Literal["need", "waiver"]

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.matter, self.what, How.CHANGES)
