"""Files that a phone brings: sealed to this server, behind the entry that names them, in their person's session."""

import binascii
from base64 import b64decode
from datetime import datetime

from concerto.conductor import attachments
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, refuse
from concerto.places.models import Account
from concerto.register.access import device_state

from . import wire
from .pushing import is_lost, known_device, own_session


def attach(told: wire.Attach, *, account: Account, at: datetime) -> wire.Attached:
    """Take one piece in. A phone that was reported lost, or is taken out of use, brings none."""
    device = known_device(told.device, told.ticket, at)
    own_session(account, device, told.account)
    day = clock.day_of(at)
    refuse(is_lost(device, day) or device_state(device, account, day) != "in_use", "unknown_device")
    try:
        piece = b64decode(told.piece, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("not_understood", what="piece") from None
    stands = attachments.take_piece(
        told.log, told.digest, by=account.id, begins=told.begins, piece=piece, at=at, is_boxed=True
    )
    return wire.Attached(*stands)
