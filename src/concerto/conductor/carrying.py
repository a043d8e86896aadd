"""Envelopes come to the one door: each as its device's if it is signed, else as carried by whoever brings it.

A phone saves its queue to a file of envelopes; somebody signed in may carry it in for another.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.said import Item
from concerto.places.models import Account, Device

from .admission import Answered
from .envelopes import Opened, open_envelope
from .receive import Receipt, receive

VERSION = 1
MOST_IN_A_FILE = 2000
MOST_BYTES = 8 * 1024 * 1024
AT_ONCE = 50


class Envelope(msgspec.Struct, frozen=True, omit_defaults=True):
    """An entry sealed to the server: `box` and `sig` in base64, the signature over `id` (36 characters) and the box.

    `docs/sync.md` says what a box is. Without `sig` it proves nobody and can only be carried in. `answered` is the
    answer its entry had before, if it is offered again.
    """

    id: UUID
    box: str
    sig: str = ""
    answered: Answered | None = None


class Taken(NamedTuple):
    """What became of one envelope: the receipt, and the item where it could be opened."""

    id: UUID
    receipt: Receipt
    item: Item | None = None


def take_sealed(
    envelopes: Sequence[Envelope], device: Device | None, *, brought_by: Account | None, at: datetime, home: Path
) -> list[Taken]:
    """Open envelopes and bring each to the door. An unsigned one that nobody signed in brings proves nobody."""
    if not envelopes:
        return []
    opened = [open_envelope(one.id, one.box, one.sig, device, home) for one in envelopes]
    had = {one.id: one.answered for one in envelopes}
    taken = {one.id: Taken(one.id, _unopened(one)) for one in opened if one.item is None}
    owner = Account.objects.filter(id=device.account).first() if device else None
    for signed, brings in ((True, brought_by or owner), (False, brought_by)):
        some = {one.id: one.item for one in opened if one.item is not None and one.signed is signed}
        if brings is None:
            taken |= {id: Taken(id, Receipt(id, "refused", "not_the_author")) for id in some}
        elif some:
            shown, answered = "device" if signed else "session", [had[id] for id in some]
            given = receive(
                list(some.values()), brought_by=brings, at=at, shown=shown, device=device, answered=answered
            )
            taken |= {id: Taken(id, receipt, some[id]) for id, receipt in zip(some, given, strict=True)}
    return [taken[one.id] for one in envelopes]


def _unopened(one: Opened) -> Receipt:
    return Receipt(one.id, "refused", one.refusal.code if one.refusal else "envelope_not_opened")


# ---------------------------------------------------------------- a file of them


class FileOfEnvelopes(msgspec.Struct, frozen=True):
    """What a phone saves: its device and ticket, and the envelopes of what is not sent."""

    concerto: Literal["envelopes"]
    version: int
    envelopes: Annotated[list[Envelope], msgspec.Meta(max_length=MOST_IN_A_FILE)]
    device: UUID | None = None
    ticket: str = ""

    @property
    def each_once(self) -> list[Envelope]:
        """Its envelopes; one that stands there twice counts once."""
        return list({one.id: one for one in self.envelopes}.values())


def read_file(data: bytes) -> FileOfEnvelopes:
    """Read a file of envelopes, or refuse what is none."""
    refuse(len(data) > MOST_BYTES, "too_much_at_once", most=MOST_BYTES)
    try:
        told = _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Refused("not_a_file_of_envelopes") from None
    refuse(told.version != VERSION, "file_of_another_version")
    refuse(not told.envelopes, "file_without_envelopes")
    return told


_decoder = msgspec.json.Decoder(FileOfEnvelopes)
