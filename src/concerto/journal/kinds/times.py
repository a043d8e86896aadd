"""How long something took: from an hour to an hour, or simply a length. Never when somebody came or went."""

from typing import Annotated

import msgspec

from concerto.groundwork.refusals import refuse

MOST_MINUTES = 720
MINUTES_OF_A_DAY = 1440

Minute = Annotated[int, msgspec.Meta(ge=0, le=MINUTES_OF_A_DAY)]


class Took(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """From–to in minutes since midnight, or a length in minutes: one of the two."""

    begins: Minute | None = None
    ends: Minute | None = None
    minutes: int = 0

    def __post_init__(self) -> None:
        from_to = self.begins is not None and self.ends is not None
        half = (self.begins is None) != (self.ends is None)
        refuse(half or from_to == bool(self.minutes), "from_to_or_a_length")
        refuse(not 0 < self.length <= MOST_MINUTES, "minutes_out_of_range", most=MOST_MINUTES)

    @property
    def length(self) -> int:
        """How many minutes it took."""
        if self.begins is None or self.ends is None:
            return self.minutes
        return self.ends - self.begins
