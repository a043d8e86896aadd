"""How somebody's own entries stand that were not filed, and which words no copy may keep."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from concerto.conductor import erasures
from concerto.groundwork import clock, database
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds import read_body
from concerto.journal.kinds.keeping import Erasure1
from concerto.journal.models import Entry
from concerto.journal.said import read_said
from concerto.places.models import Device
from concerto.places.sight import Sight

from . import wire

_LYING = "SELECT id, outcome, code, facts FROM tray WHERE log = %s AND author = %s AND id IN (%in)"
_FILED = "SELECT id FROM entry WHERE log = %s AND author = %s AND id IN (%in)"


def of_own(sight: Sight, ids: Sequence[UUID]) -> dict[UUID, wire.MineStands]:
    """Say how these entries of the reader's own stand; one that never came here is not named, and is sent again."""
    if not ids or sight.log is None:
        return {}
    lying, filed = database.fetch_together(
        (_LYING, [sight.log, sight.account], ids), (_FILED, [sight.log, sight.account], ids)
    )
    told = {
        database.to_uuid(entry): (outcome, code, json.loads(facts or "{}")) for entry, outcome, code, facts in lying
    }
    met = _met(
        sight, {facts["meets"] for outcome, _, facts in told.values() if outcome == "clash" and "meets" in facts}
    )
    stands = {}
    for entry, (outcome, code, facts) in told.items():
        known = {**facts, **met.get(str(facts.get("meets", "")), {})}
        if outcome != "settled":
            why = words_of(code, known) if code else ""
            stands[entry] = wire.MineStands(outcome, code, known, why)
    stands |= {database.to_uuid(entry): wire.MineStands("known") for (entry,) in filed}
    return stands | _settled(sight.log, [entry for entry in ids if entry not in stands])


def _met(sight: Sight, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Say who wrote what a clash met, and for which day, if it was written where the reader works."""
    wanted = [UUID(one) for one in ids]
    if not wanted:
        return {}
    found = Entry.objects.seen_by(sight).filter(id__in=wanted).values_list("id", "author", "happened_on")
    return {str(entry): {"by": str(author), "happened_on": on.isoformat()} for entry, author, on in found}


_CLOSED = """
SELECT t.thing, e.id, e.author FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq
WHERE t.log = %s AND t.how = 5 AND t.thing IN (%in) ORDER BY t.seq DESC
"""


def _settled(log: UUID, ids: Sequence[UUID]) -> dict[UUID, wire.MineStands]:
    """Name those that another entry closed, by which and whose: of several the first, which is read last."""
    found = [tuple(map(database.to_uuid, row)) for row in database.fetch_in(_CLOSED, [log], ids)]
    return {thing: wire.MineStands("settled", facts={"who": str(author)}, by=by) for thing, by, author in found}


# ---------------------------------------------------------------- words that no copy may keep


_ERASURES = """
SELECT e.said FROM touch t JOIN entry e ON e.log = t.log AND e.seq = t.seq
WHERE t.log = %s AND t.seq > %s AND %s > 0 AND t.what = 'erasure' AND t.how = 3
"""


def ask_erased(log: UUID, seq: int) -> database.Query:
    """Ask what was erased after a number of the log; after none the list says it."""
    return _ERASURES, [log, seq, seq], ()


def erased_since(log: UUID, seq: int, device: Device, found: Sequence[tuple[str]]) -> list[str]:
    """Name the words erased after a number of the log: to a phone that was told nothing yet, all since it is enrolled.

    Words of entries that were never filed were erased under no number: they are named from the day of that number on.
    """
    if not seq:
        return sorted(_listed(log, clock.day_of(device.enrolled_at)))
    bodies = [_body(said) for (said,) in found]
    digests = {digest for body in bodies if isinstance(body, Erasure1) for digest in body.digests}
    return sorted(digests | _erased_in_tray(log, seq))


def _body(text: str) -> Any:
    said = read_said(text)
    return None if said.is_null else read_body(said.kind, said.version, said.body)


def _listed(log: UUID, since: date) -> set[str]:
    return {digest for one in _list() if one.log == log and one.on >= since for digest in one.digests}


def _erased_in_tray(log: UUID, seq: int) -> set[str]:
    unfiled = [one for one in _list() if one.log == log and not one.things]
    if not unfiled:
        return set()
    [(received_at,)] = database.fetch("SELECT received_at FROM entry WHERE log = %s AND seq = %s", [log, seq]) or [
        ("",)
    ]
    since = clock.day_of(datetime.fromisoformat(received_at)) if received_at else date.min
    return {digest for one in unfiled if one.on >= since for digest in one.digests}


def _list() -> Sequence[erasures.Dropped]:
    file = settings.CONCERTO_HOME / erasures.NAME
    if not file.exists():
        return ()
    now = file.stat()
    return _read(file, (now.st_ino, now.st_size, now.st_mtime_ns))


@lru_cache(maxsize=2)
def _read(file: Path, written: tuple[int, int, int]) -> Sequence[erasures.Dropped]:
    """Read the list once for as long as nothing is added to it: every phone asks."""
    return tuple(erasures.listed(file))
