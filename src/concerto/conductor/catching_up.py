"""Laying down what the tail misses: a power cut can fall between a commit and the moment its line lay on the disk.

The entry is in the database then, and a resend is answered "known"; without this the tail would never hold it.
Which entries came in one transaction is not known any more: each gets a line of its own, so that no backup ends in the
middle of a line but one of another history.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.conf import settings

from concerto.groundwork import appending, database

from . import tail

AT_ONCE = 200


def catch_up() -> int:
    """Lay down, for every log, the entries behind the last one its tail holds; tell how many there were."""
    return sum(_catch_up(database.to_uuid(log)) for (log,) in database.fetch("SELECT log FROM head ORDER BY log"))


def _catch_up(log: UUID) -> int:
    last = tail.last_number(settings.CONCERTO_TAIL, log)
    if last is None:  # no tail, or one that a copy elsewhere has made needless: nothing to go on from
        return 0
    laid, (epoch, seq) = 0, last
    with database.writing(settings.CONCERTO_HOME):
        heads = database.fetch(database.locking("SELECT epoch FROM head WHERE log = %s"), [log])
        if heads != [(epoch,)]:
            return 0
        while rows := database.fetch(
            "SELECT seq, said, filed, received_at FROM entry WHERE log = %s AND seq > %s ORDER BY seq LIMIT %s",
            [log, seq, AT_ONCE],
        ):
            for grown in list(_lay_down(log, epoch, rows)):
                appending.see_on_disk(grown)
            laid, seq = laid + len(rows), rows[-1][0]
    return laid


def _lay_down(log: UUID, epoch: int, rows: list[tuple[Any, ...]]) -> Iterator[appending.Grown]:
    parts = database.fetch(
        "SELECT seq, n, digest, about, audience, salt, text FROM sealed WHERE log = %s AND seq BETWEEN %s AND %s",
        [log, rows[0][0], rows[-1][0]],
    )
    sealed = defaultdict(list)
    for seq, n, digest, about, *rest in parts:
        sealed[seq].append((seq, n, digest, str(database.to_uuid(about)), *rest))
    for seq, said, filed, received_at in rows:
        yield tail.lay_down(tail.Line(log, epoch, [(seq, said, filed)], sealed[seq]), received_at[:10])
