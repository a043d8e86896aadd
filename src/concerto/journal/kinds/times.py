"""How long something took: from an hour to an hour, or simply a length. Never when somebody came or went."""

from typing import Annotated, ClassVar

import msgspec

from .rules import Before, Between, Rules, SomeOf, Together, Unsaid, When, keep

MOST_MINUTES = 720
MINUTES_OF_A_DAY = 1440

Minute = Annotated[int, msgspec.Meta(ge=0, le=MINUTES_OF_A_DAY)]


class Took(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """From–to in minutes since midnight, or a length in minutes: one of the two."""

    RULES: ClassVar[Rules] = (
        Together("from_to_or_a_length", When("begins"), When("ends")),
        Unsaid("from_to_or_a_length", ("minutes",), When("begins")),
        SomeOf("from_to_or_a_length", ("begins", "minutes")),
        Between("minutes_out_of_range", "minutes", 0, MOST_MINUTES),
        Before("ends_before_it_begins", "begins", "ends"),
    )

    begins: Minute | None = None
    ends: Minute | None = None
    minutes: int = 0

    def __post_init__(self) -> None:
        keep(self, self.RULES)

    @property
    def length(self) -> int:
        """How many minutes it took."""
        if self.begins is None or self.ends is None:
            return self.minutes
        return self.ends - self.begins
