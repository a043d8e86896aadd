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
from concerto.journal.said import read_filed

from . import tail

AT_ONCE = 200


def catch_up() -> int:
    """Lay down, for every log, the entries that its tail misses; tell how many there were."""
    return sum(_catch_up(database.to_uuid(log)) for (log,) in database.fetch("SELECT log FROM head ORDER BY log"))


def _catch_up(log: UUID) -> int:
    laid = 0
    with database.writing(settings.CONCERTO_HOME):
        heads = database.fetch(database.locking("SELECT seq FROM head WHERE log = %s"), [log])
        seq = _agreed(log)
        if seq is None or not heads:  # no tail, or one that a copy elsewhere has made needless: nothing to go on from
            return 0
        while rows := database.fetch(
            "SELECT seq, said, filed, received_at FROM entry WHERE log = %s AND seq > %s ORDER BY seq LIMIT %s",
            [log, seq, AT_ONCE],
        ):
            for grown in list(_lay_down(log, rows)):
                appending.see_on_disk(grown)
            laid, seq = laid + len(rows), rows[-1][0]
    return laid


def _agreed(log: UUID) -> int | None:
    """Give the number up to which the tail tells what the database holds; None where it tells nothing of it.

    A line takes the place of everything from its number on. So lines of another copy, which stood in this one's place
    for a while, count as missed from where they begin.
    """
    since: int | None = None
    for entries in tail.backwards(settings.CONCERTO_TAIL, log):
        first, last = entries[0][0], entries[-1][0]
        sql = "SELECT seq, said, filed FROM entry WHERE log = %s AND seq BETWEEN %s AND %s"
        held = set(database.fetch(sql, [log, first, last]))
        agreed = max((entry[0] for entry in entries if entry in held), default=None)
        if agreed is not None:
            return agreed if since is None else min(agreed, since - 1)
        since = first if since is None else min(since, first)
    return None


def _lay_down(log: UUID, rows: list[tuple[Any, ...]]) -> Iterator[appending.Grown]:
    parts = database.fetch(
        "SELECT seq, n, digest, about, audience, salt, text FROM sealed WHERE log = %s AND seq BETWEEN %s AND %s",
        [log, rows[0][0], rows[-1][0]],
    )
    sealed = defaultdict(list)
    for seq, n, digest, about, *rest in parts:
        sealed[seq].append((seq, n, digest, str(database.to_uuid(about)), *rest))
    for seq, said, filed, received_at in rows:
        yield tail.lay_down(
            tail.Line(log, read_filed(filed).epoch, [(seq, said, filed)], sealed[seq]), received_at[:10]
        )
