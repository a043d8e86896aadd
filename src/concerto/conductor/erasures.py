"""The list of what was erased: digests, never words, in a file of the home that outlives every backup.

`restore` drops what the list names before anybody signs in; the daily file of heads carries it off the machine.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
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


def gone_from(log: UUID) -> frozenset[str]:
    """Give every digest that was ever erased of a log: words that come again under it are dropped on arrival."""
    file = settings.CONCERTO_HOME / NAME
    if not file.exists():
        return frozenset()
    now = file.stat()
    return _gone(file, (now.st_ino, now.st_size, now.st_mtime_ns)).get(log, frozenset())


@lru_cache(maxsize=2)
def _gone(file: Path, written: tuple[int, int, int]) -> dict[UUID, frozenset[str]]:
    """Read a list once for as long as nothing is added to it."""
    by_log: defaultdict[UUID, set[str]] = defaultdict(set)
    for one in listed(file):
        by_log[one.log].update(one.digests)
    return {log: frozenset(digests) for log, digests in by_log.items()}


class Since(NamedTuple):
    """What a list answers for: its erasures, and the last day it knows."""

    erasures: Sequence[Dropped]
    last: date | None


def erasures_since(day: date | None = None) -> Since:
    """Give the erasures of this home from a day on."""
    found = [one for one in own_list() if day is None or one.on >= day]
    return Since(found, max((one.on for one in found), default=None))
