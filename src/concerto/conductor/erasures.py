"""The list of what was erased: digests, never words, in a file of the home that outlives every backup.

`restore` drops what the list names before anybody signs in; the daily file of heads carries it off the machine.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings

from concerto.groundwork import appending
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.keeping import Erased, Erasure1

NAME = "erasures"


class Dropped(msgspec.Struct, frozen=True, omit_defaults=True):
    """One erasure as the list keeps it: when, in which log, which things, which digests."""

    on: date
    log: UUID
    digests: list[str]
    things: list[Erased] = []
    person: UUID | None = None

    @classmethod
    def of(cls, body: Erasure1, *, log: UUID, on: date) -> "Dropped":
        """Give what the list keeps of an erasure that is filed."""
        return cls(on, log, body.digests, body.things_erased, body.person)


def keep(dropped: Dropped) -> None:
    """Append one erasure to the home's list and see it onto the disk: it is there before any answer leaves.

    Written just before the commit. When that fails the list names words that are still there; the erasure was
    decided, and is done again.
    """
    file = settings.CONCERTO_HOME / NAME
    with appending.alone_with(file):
        appending.append(file, msgspec.json.encode(dropped))


def listed(file: Path) -> Iterator[Dropped]:
    """Read a list of erasures, or a daily file that carries one; other lines are passed over."""
    return read_lines(file.read_bytes() if file.exists() else b"", file.name)


def read_lines(text: bytes, name: str) -> Iterator[Dropped]:
    """Read the lines of a list; `name` is said where one can't be read."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            told = msgspec.json.decode(line) if line.strip() else {}
            told = told.get("erasure", told)
            if "digests" in told:
                yield msgspec.convert(told, Dropped)
        except (msgspec.MsgspecError, AttributeError):
            raise Refused("not_a_list_of_erasures", file=name, line=number) from None


def own_list() -> Sequence[Dropped]:
    """Read this home's list."""
    return list(listed(settings.CONCERTO_HOME / NAME))


class Since(NamedTuple):
    """What a list answers for: its erasures, and the last day it knows."""

    erasures: Sequence[Dropped]
    last: date | None


def erasures_since(day: date | None = None) -> Since:
    """Give the erasures of this home from a day on."""
    found = [one for one in own_list() if day is None or one.on >= day]
    return Since(found, max((one.on for one in found), default=None))
