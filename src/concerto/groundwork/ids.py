"""Names for things: time-ordered ids made anywhere, and permanent keys that two homes agree on."""

import secrets
from datetime import datetime
from uuid import UUID, uuid5

# The namespace of permanent keys: itself the UUIDv5 of a name, so that anybody can make it again.
PLACES = uuid5(UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "places.concerto")


def uuid7(at: datetime, chance: bytes | None = None) -> UUID:
    """Make an id that sorts by the instant it was made at (RFC 9562, version 7).

    `chance` is 10 bytes of randomness; a fixed one makes the id repeatable, as the demo world needs.
    """
    millis = int(at.timestamp() * 1000)
    rest = int.from_bytes(chance if chance is not None else secrets.token_bytes(10), "big")
    value = (millis & 0xFFFFFFFFFFFF) << 80 | rest
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=value)


def place_key(first_code: str) -> UUID:
    """Return the permanent key of a place from the first code it ever had."""
    return uuid5(PLACES, first_code)
