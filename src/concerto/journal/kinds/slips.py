"""Matter slips (办事条): printed ahead, given to who told a matter, void when lost; what comes back by them.

A slip is two things to two people. To its household it is a code, hidden in the fold; to the office it is the serial
outside. Of the code a keyed hash is kept, sealed; of the code itself nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID, uuid5

import msgspec

from ..said import Audience, Body, Digest, How, PartRule, Touch
from .people import HASH

DESK_ONLY = frozenset({Audience.DESK})
MOST_SLIPS = 40

SERIAL = "^[0-9]{7,9}$"
Serial = Annotated[str, msgspec.Meta(pattern=SERIAL)]


def slip_key(log: UUID, serial: str) -> UUID:
    """Give the key of the slip that bears a serial: whoever has it in hand can name it, also without signal."""
    return uuid5(log, f"matter slip {serial}")


class PrintedSlip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One slip of a sheet: its serial, and the sealed hash of its code."""

    slip: UUID
    serial: Serial
    code: Digest


class SlipSheet1(Body, frozen=True):
    """Slips were printed: they belong to nobody until they are given."""

    KIND: ClassVar = "slip_sheet"

    slips: Annotated[list[PrintedSlip], msgspec.Meta(min_length=1, max_length=MOST_SLIPS)]

    def things(self, first: UUID) -> Iterator[Touch]:
        for one in self.slips:
            yield Touch(one.slip, "matter_slip", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        for one in self.slips:
            yield PartRule(one.code, one.slip, DESK_ONLY, is_words=False, form=HASH)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return next(({"serial": one.serial, "code": one.code} for one in self.slips if one.slip == thing), {})


class MatterSlip1(Body, frozen=True):
    """A slip is given to a household for a matter it told: by its code it sees how that goes, and answers."""

    KIND: ClassVar = "matter_slip"

    slip: UUID
    matter: UUID
    what: Literal["need"]
    household: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.slip, "matter_slip", How.CHANGES)
        yield Touch(self.matter, self.what, How.MENTIONS)
        yield Touch(self.household, "household", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"given": (self.matter, self.what, self.household)} if thing == self.slip else {}


class MatterSlipVoid1(Body, frozen=True):
    """A slip is lost: its code opens nothing from now on. Another one may be given for the same matter."""

    KIND: ClassVar = "matter_slip_void"

    slip: UUID
    household: UUID | None = None

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.slip, "matter_slip", How.CHANGES)
        if self.household:
            yield Touch(self.household, "household", How.MENTIONS)

    def changes(self, thing: UUID) -> Mapping[str, Any]:
        return {"void": True} if thing == self.slip else {}


class CallAsked1(Body, frozen=True):
    """Whoever holds a slip asks to be called about its matter."""

    KIND: ClassVar = "call_asked"

    slip: UUID
    household: UUID

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(self.slip, "matter_slip", How.CHANGES)
        yield Touch(self.household, "household", How.MENTIONS)


class Treated1(Body, frozen=True):
    """How somebody says they were treated. It names neither matter nor household, and is nobody's in the village.

    `not_to` are those who had a hand in the matter: whatever desk they sit at, it is not shown to them.
    """

    KIND: ClassVar = "treated"

    village: UUID
    words: Digest
    not_to: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []

    def things(self, first: UUID) -> Iterator[Touch]:
        yield Touch(first, "treated", How.OPENS)

    def sealed_parts(self, first: UUID) -> Iterator[PartRule]:
        yield PartRule(self.words, first, DESK_ONLY)
