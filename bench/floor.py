"""The floor: the very same rows by bare SQL, in the same transactions, each with the same durability.

What a client has just had received is read back and written again under the log beside it: the same tables, indexes,
bytes and order. Of what makes it a journal only the lock of its head is left, since that is what a transaction is here.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from concerto.conductor.cues import LEDGERS
from concerto.conductor.rows import EntryRow, SealedRow, TouchRow
from concerto.config.home import SQLITE_PRAGMAS
from concerto.groundwork import database
from concerto.journal.models import Head
from concerto.journal.said import ProofRow

Rows = list[tuple[Any, ...]]
Writes = list[tuple[str, Rows]]

# Lines name the entry that they come from; what stands of a thing by itself no bench files.
LINES = [kind for kind, ledger in LEDGERS.items() if ledger != "register" and "entry" in kind._fields]
INSERTS = {
    kind: 'INSERT INTO "{}" ({}) VALUES ({})'.format(
        kind.TABLE, ", ".join(f'"{name}"' for name in kind._fields), ", ".join(["%s"] * len(kind._fields))
    )
    for kind in (EntryRow, SealedRow, TouchRow, *LINES, ProofRow)
}


def beside(log: UUID, n: int) -> UUID:
    """Give the log that the floor writes to; the first of them keeps no tail, the second does."""
    return UUID(int=log.int ^ n)


def open_beside(logs: Iterable[UUID]) -> None:
    """Give each log the two beside it."""
    heads = [Head(log=beside(log, n)) for log in logs for n in (1, 2)]
    Head.objects.bulk_create(heads, ignore_conflicts=True)


def same_rows(log: UUID, numbers: Sequence[int], n: int) -> Writes:
    """Read what one transaction filed, to be written again under a log beside it."""
    other = database.as_stored((beside(log, n),))[0]
    entries = _read(EntryRow, "seq", log, numbers)
    ids = [database.to_uuid(row[2]) for row in entries]
    found = [(EntryRow, entries), (SealedRow, _read(SealedRow, "seq", log, numbers))]
    found += [(TouchRow, _read(TouchRow, "seq", log, numbers))]
    found += [(kind, _read(kind, "entry", log, ids)) for kind in (*LINES, ProofRow)]
    return [(INSERTS[kind], [(other, *row[1:]) for row in rows]) for kind, rows in found if rows]


def _read(kind: Any, column: str, log: UUID, values: Sequence[Any]) -> Rows:
    columns = ", ".join(f'"{name}"' for name in kind._fields)
    rows = database.fetch_in(
        f'SELECT {columns} FROM "{kind.TABLE}" WHERE log = %s AND {column} IN (%in)', [log], values
    )
    return sorted(rows, key=lambda row: str(row[1:4]))


class Floor:
    """A connection of its own that writes rows and nothing else; with a tail, it keeps the same bytes in a file too."""

    def __init__(self) -> None:
        self.home = Path(settings.CONCERTO_HOME)
        self.sqlite: sqlite3.Connection | None = None
        self.postgres: psycopg.Connection[Any] | None = None
        if database.is_sqlite():
            self.sqlite = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20, isolation_level=None)
            self.sqlite.executescript(SQLITE_PRAGMAS)
        else:
            self.postgres = psycopg.connect(**connection.get_connection_params(), autocommit=True)

    def write(self, writes: Writes, *, tail: bool) -> None:
        """Write what one transaction filed."""
        other, seq = writes[0][1][0][0], max(row[1] for row in writes[0][1])
        if self.sqlite is not None:
            self._to_sqlite(self.sqlite, other, seq, writes, tail=tail)
        elif self.postgres is not None:
            self._to_postgres(self.postgres, other, seq, writes, tail=tail)

    def _to_sqlite(self, to: sqlite3.Connection, log: str, seq: int, writes: Writes, *, tail: bool) -> None:
        with (self.home / "writing.lock").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            to.execute("BEGIN IMMEDIATE")
            to.execute("SELECT seq, digest FROM head WHERE log = ?", [log]).fetchall()
            for sql, rows in writes:
                to.executemany(sql.replace("%s", "?"), rows)
            to.execute("UPDATE head SET seq = ? WHERE log = ?", [seq, log])
            if tail:
                self._keep(log, writes)
            to.execute("COMMIT")

    def _to_postgres(self, to: "psycopg.Connection[Any]", log: UUID, seq: int, writes: Writes, *, tail: bool) -> None:
        with to.pipeline(), to.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT seq, digest FROM head WHERE log = %s FOR UPDATE", [log])
            cursor.fetchall()
            for sql, rows in writes:
                cursor.executemany(sql, rows)
            cursor.execute("UPDATE head SET seq = %s WHERE log = %s", [seq, log])
            if tail:
                self._keep(str(log), writes)
            cursor.execute("COMMIT")

    def _keep(self, log: str, writes: Writes) -> None:
        text = "".join(
            str(row) for sql, rows in writes if '"entry"' in sql[:20] or '"sealed"' in sql[:20] for row in rows
        )
        handle = os.open(self.home / f"floor-{log}", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        try:
            os.write(handle, text.encode() + b"\n")
            os.fsync(handle)
        finally:
            os.close(handle)
