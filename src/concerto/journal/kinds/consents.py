"""Notice and consent: what a household, or one of its people, said to one purpose, after being told what it is for."""

from collections.abc import Iterator
from typing import ClassVar, Literal
from uuid import UUID

from concerto.groundwork.refusals import refuse

from ..said import How, Touch
from .rules import Ruled, Unsaid, When

# That somebody agrees to a helper stands with the helper's link, and is not asked again here.
PURPOSES = ("card", "phone", "places", "pass_on", "apply", "publish")
ANSWERS = ("agreed", "declined", "withdrawn")
LANGUAGES = ("chinese", "kazakh", "other")
INTERPRETERS = ("nobody", "family", "neighbour", "cadre", "other")


class Consent1(Ruled, frozen=True):
    """One answer to one purpose, of one household or one of its people: it is never said of several at once.

    Nobody says why. To agree one has been told what for, in a language; to take it back nothing is asked.
    """

    KIND: ClassVar = "consent"
    RULES: ClassVar = (Unsaid("notice_for_nothing", ("language", "interpreted", "read_aloud"),
                              When("answer", ("withdrawn",))),)  # fmt: skip

    household: UUID
    purpose: Literal["card", "phone", "places", "pass_on", "apply", "publish"]
    answer: Literal["agreed", "declined", "withdrawn"]
    resident: UUID | None = None
    language: Literal["chinese", "kazakh", "other"] | None = None
    interpreted: Literal["nobody", "family", "neighbour", "cadre", "other"] = "nobody"
    read_aloud: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse(self.answer == "agreed" and self.language is None, "consent_without_notice")

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "consent", How.OPENS)
        yield Touch(self.household, "household", How.MENTIONS)
        if self.resident:
            yield Touch(self.resident, "resident", How.MENTIONS)
