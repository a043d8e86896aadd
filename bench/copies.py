"""Filling a home with many entries by bare SQL: what a thousand real ones folded to, copied again and again.

Only pages are measured on copies: they read rows. What is proven or folded again must have come in by the door.
"""

import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from concerto.conductor.replay import TABLES
from concerto.conductor.rows import EntryRow, SealedRow, TouchRow
from concerto.groundwork import database
from concerto.groundwork.ids import place_key
from concerto.journal.models import Head
from concerto.places.models import Log, Unit
from concerto.register.posting import ErasedRow, PostingRow

from .townships import FIRST_DAY

LOGS = 15
COPIES_AT_ONCE = 50
DAYS = 700
KINDS: list[Any] = [EntryRow, SealedRow, TouchRow, *(kind for kind in TABLES if kind not in (PostingRow, ErasedRow))]
IDS = frozenset({"id", "first", "entry", "household", "thing", "about", "resident", "head", "asker"})
DIGESTS = frozenset({"digest", "words", "change_words"})
DAYS_OF = frozenset({"on", "happened_on"})
DAYS_OF_A_LIFE = frozenset({"opened_on", "told_on", "closed_on", "last_on", "sent_on", "names_day"})


def fill(log: UUID, *, since: int, to: int, dated: frozenset[str] = DAYS_OF, logs: int = LOGS) -> None:
    """Copy a log's first entries until there are `to` of them, over fifteen logs or as many; there are `since` now.

    Each copy is some days older than the one before it: what lies in the columns that are `dated`.
    """
    [(entries,)] = database.fetch("SELECT seq FROM head WHERE log = %s", [log])
    others = _open_others(log, logs)
    wanted = range(since // entries, to // entries)
    _hurry("off")
    for start in range(wanted.start, wanted.stop, COPIES_AT_ONCE):
        chunk = range(start, min(start + COPIES_AT_ONCE, wanted.stop))
        with database.writing(database_home(), durable=False):
            for kind in KINDS:
                _copy(kind, log, others, chunk, entries, dated)
        print(f"bench: {(chunk[-1] + 1) * entries:,} entries", end="\r", file=sys.stderr)
    _hurry("on")
    if wanted:
        print(file=sys.stderr)
    database.refresh_statistics()


def database_home() -> Any:
    """Give the home of this run."""
    from django.conf import settings  # noqa: PLC0415  (once there is one)

    return settings.CONCERTO_HOME


def _open_others(log: UUID, count: int) -> list[UUID]:
    """Open so many logs less one, with the same units."""
    logs = [log, *(place_key(f"6209998{n:02d}") for n in range(1, count))]
    units = list(Unit.objects.filter(log=log))
    for other in logs[1:]:
        Log.objects.bulk_create([Log(id=other, name="乡", opened_on=FIRST_DAY)], ignore_conflicts=True)
        Head.objects.bulk_create([Head(log=other)], ignore_conflicts=True)
        more = [Unit(log=other, id=u.id, kind=u.kind, code=u.code, name=u.name, village=u.village) for u in units]
        Unit.objects.bulk_create(more, ignore_conflicts=True)
    return logs


def _hurry(durable: str) -> None:
    """A copy that is lost is made again: nothing waits for the disk meanwhile."""
    if database.is_sqlite():
        database.run(f"PRAGMA synchronous = {'FULL' if durable == 'on' else 'OFF'}")
    else:
        database.run(f"SET synchronous_commit = {durable}")


def _copy(kind: Any, log: UUID, logs: list[UUID], chunk: range, entries: int, dated: frozenset[str]) -> None:
    columns = ", ".join(f'"{name}"' for name in kind._fields)
    values = ", ".join(_expressions(kind, logs, entries, dated))
    sql = (
        f"WITH RECURSIVE copies(k) AS (SELECT {chunk[0]} UNION ALL SELECT k + 1 FROM copies WHERE k < {chunk[-1]}) "
        f'INSERT INTO "{kind.TABLE}" ({columns}) SELECT {values} FROM "{kind.TABLE}" t CROSS JOIN copies c '
        f"WHERE t.log = %s AND {_is_original(kind, entries)}"
    )
    database.run(sql, [log])


def _is_original(kind: Any, entries: int) -> str:
    """Copies end on eight digits that no original has by chance: those of their copy, all below a million."""
    if "seq" in kind._fields:
        return f"t.seq <= {entries}"
    tail = "substr(t.id, 25, 3)" if database.is_sqlite() else "substr(replace(t.id::text, '-', ''), 25, 3)"
    return f"{tail} <> '000'"


def _expressions(kind: Any, logs: list[UUID], entries: int, dated: frozenset[str]) -> Iterator[str]:
    lite = database.is_sqlite()
    last = "printf('%08x', k)" if lite else "lpad(to_hex(k), 8, '0')"
    for name in kind._fields:
        column = f't."{name}"'
        if name == "log":
            told = " ".join(f"WHEN {n} THEN {_literal(log)}" for n, log in enumerate(logs))
            yield f"CASE k % {len(logs)} {told} END".replace("%", "%" if lite else "%%")
        elif name in IDS:
            text = f"substr({column}, 1, 24) || {last}" if lite else (
                f"(substr(replace({column}::text, '-', ''), 1, 24) || {last})::uuid"
            )  # fmt: skip
            unit = f"{column} IN (SELECT id FROM unit)"  # what is proven of a branch is proven of it in every copy
            yield f"CASE WHEN {unit} THEN {column} ELSE {text} END" if name == "about" else text
        elif name in DIGESTS:
            yield f"CASE WHEN {column} = '' THEN '' ELSE substr({column}, 1, 56) || {last} END"
        elif name == "seq":
            yield f"{column} + k / {len(logs)} * {entries}"
        elif name in dated:
            yield f"date({column}, '-' || (k % {DAYS}) || ' days')" if lite else f"{column} - (k %% {DAYS})"
        else:
            yield column


def _literal(log: UUID) -> str:
    return f"'{log.hex}'" if database.is_sqlite() else f"'{log}'::uuid"
