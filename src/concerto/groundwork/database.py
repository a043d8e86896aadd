"""All that differs between SQLite and PostgreSQL, and the raw reading and writing that the journal needs."""

import fcntl
import json
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import psycopg
from django.db import connection, transaction
from django.db.utils import DatabaseError as DjangoDatabaseError

# Raw writes raise the driver's own errors, Django's cursor its own: callers catch both by this name.
DatabaseError = (DjangoDatabaseError, sqlite3.Error, psycopg.Error)
MOST_PARAMETERS = 900
UNCLEAN = "unclean"  # a file of the home: deleted words may still lie in the engine's own, and the next time cleans up
SHORT_WAIT = 2000  # milliseconds
# The open end of a range of days. SQLite 3.40, which Debian 12 has, answers wrong where an index that runs down is read
# for several keys (`IN`) and "later than" alone ends the range: once it has statistics, a row before that day comes
# along. With both ends named (`BETWEEN`, `__range`) the answer is right.
LAST_OF_DAYS = date.max

sqlite3.register_adapter(UUID, lambda value: value.hex)
sqlite3.register_adapter(date, lambda value: value.isoformat())
sqlite3.register_converter("date", lambda value: date.fromisoformat(value.decode()))


class Table(Protocol):
    """The class of a row: a NamedTuple in column order that names its table and key."""

    TABLE: str
    KEY: tuple[str, ...]
    _fields: tuple[str, ...]


@cache
def is_sqlite() -> bool:
    """Tell which engine this is; it stays the same as long as the process lives."""
    return connection.vendor == "sqlite"


def to_uuid(value: Any) -> UUID:
    """Read an id as either engine gives it."""
    return value if isinstance(value, UUID) else UUID(value)


def to_instant(value: datetime) -> datetime:
    """Read an instant as either engine gives it: SQLite writes them in UTC and says no zone."""
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def as_stored(row: Sequence[Any]) -> tuple[Any, ...]:
    """Write a row as this engine gives it back when it is read raw, so that the two can be compared as they are."""
    if not is_sqlite():
        return tuple(row)
    return tuple([value.hex if type(value) is UUID else value for value in row])


def dashed(value: Any) -> str:
    """Write an id, as either engine gives it, with its dashes."""
    if isinstance(value, str) and len(value) == 32:
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    return str(value)


@contextmanager
def writing(home: Path, *, durable: bool = True) -> Iterator[None]:
    """Open the one transaction of a piece of work.

    SQLite lets writers wait without a queue, so that one of eight may wait for seconds: they queue here first,
    threads by a lock and processes by a locked file.
    """
    if not is_sqlite():
        with transaction.atomic(durable=durable):
            yield
        return
    with _queue, (home / "writing.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with transaction.atomic(durable=durable):
            yield


_queue = threading.RLock()


@contextmanager
def one_view() -> Iterator[None]:
    """Read everything from one moment, while others go on writing."""
    is_first = not connection.in_atomic_block  # within a test's own transaction the moment is that one's
    with _beginning("DEFERRED"), transaction.atomic(durable=True):
        if is_sqlite():
            fetch("SELECT 1 FROM sqlite_master LIMIT 1")  # the moment is that of the first reading
        elif is_first:
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _beginning(mode: str) -> Iterator[None]:
    """Begin SQLite's transactions otherwise: IMMEDIATE, its usual, keeps every writer out as long as one reads."""
    if not is_sqlite():
        yield
        return
    sqlite: Any = connection
    sqlite.ensure_connection()
    usual, sqlite.transaction_mode = sqlite.transaction_mode, mode
    try:
        yield
    finally:
        sqlite.transaction_mode = usual


@contextmanager
def listening() -> Iterator[list[str]]:
    """Gather the statements that are asked here meanwhile: Django counts its own and knows nothing of these."""
    asked: list[str] = []
    _listeners.append(asked)
    try:
        yield asked
    finally:
        _listeners.remove(asked)


_listeners: list[list[str]] = []


def _note(sql: str) -> None:
    for asked in _listeners:
        asked.append(sql)


def fetch(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run one SELECT written with `%s` on the driver itself and return its rows.

    SQLite returns ids as 32 hex characters: read them with `to_uuid`.
    """
    _note(sql)
    connection.ensure_connection()
    if is_sqlite():
        rows: list[tuple[Any, ...]] = connection.connection.execute(sql.replace("%s", "?"), values).fetchall()
        return rows
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values).fetchall()


def stream(sql: str, values: Sequence[Any] = (), *, size: int = 2000) -> Iterator[tuple[Any, ...]]:
    """Run one SELECT and give its rows one by one, holding a few thousand at most."""
    _note(sql)
    connection.ensure_connection()
    if is_sqlite():
        cursor = connection.connection.cursor()
        cursor.execute(sql.replace("%s", "?"), values)
        while rows := cursor.fetchmany(size):
            yield from rows
        return
    with psycopg.ServerCursor(connection.connection, f"stream_{next(_streams)}") as server:
        server.itersize = size
        yield from server.execute(sql, values)


def _count() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


_streams = _count()


def fetch_in(sql: str, before: Sequence[Any], ids: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Run a SELECT whose `IN (%in)` is filled with ids, in pieces that both engines accept.

    PostgreSQL takes them as one array: the statement is the same, and so prepared, for any number of them.
    """
    wanted, found = list(ids), []
    if wanted and not is_sqlite():
        return fetch(sql.replace("IN (%in)", "= ANY(%s)"), [*before, wanted])
    for start in range(0, len(wanted), MOST_PARAMETERS):
        piece = wanted[start : start + MOST_PARAMETERS]
        places = ",".join(["%s"] * len(piece))
        found += fetch(sql.replace("%in", places), [*before, *piece])
    return found


def among(column: str, ids: Collection[UUID]) -> tuple[str, list[Any]]:
    """Write that a column is one of these ids, however many, and the values of it."""
    if is_sqlite():
        every = "SELECT value FROM json_each(%s)"
        return f"{column} IN ({every})", [json.dumps([one.hex for one in ids])]
    return f"{column} = ANY(%s)", [list(ids)]


def not_among(column: str, ids: Collection[UUID]) -> tuple[str, list[Any]]:
    """Write that a column is none of these ids, however many, and the values of it."""
    if not ids:
        return "1 = 1", []
    if is_sqlite():
        every = "SELECT value FROM json_each(%s)"
        return f"{column} NOT IN ({every})", [json.dumps([one.hex for one in ids])]
    return f"{column} <> ALL(%s)", [list(ids)]


def days_between(first: str, last: str) -> str:
    """Write how many days lie between two columns."""
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)" if is_sqlite() else f"({last} - {first})"


Query = tuple[str, Sequence[Any], Collection[Any]]  # a SELECT, its values, and the ids of its `IN (%in)`


def fetch_together(*queries: Query) -> list[list[tuple[Any, ...]]]:
    """Run several queries in one round trip where the engine can, and give the rows of each.

    Ids for `IN (%in)` come after the values; without ids there is nothing to ask, and no rows.
    """
    if is_sqlite():
        return [_fetch_one(*query) for query in queries]
    connection.ensure_connection()
    found: list[list[tuple[Any, ...]]] = [[] for _ in queries]
    if not any(ids or "%in" not in sql for sql, _, ids in queries):
        return found
    cursors: dict[int, psycopg.Cursor[Any]] = {}
    with connection.connection.pipeline():
        for n, (sql, values, ids) in enumerate(queries):
            if ids or "%in" not in sql:
                _note(sql)
                every = [*values, list(ids)] if "%in" in sql else values
                cursors[n] = psycopg.Cursor(connection.connection)
                cursors[n].execute(sql.replace("IN (%in)", "= ANY(%s)"), every)
    for n, cursor in cursors.items():
        found[n] = cursor.fetchall()
    return found


def _fetch_one(sql: str, values: Sequence[Any], ids: Collection[Any]) -> list[tuple[Any, ...]]:
    return fetch_in(sql, values, ids) if "%in" in sql else fetch(sql, values)


def run(sql: str, values: Sequence[Any] = ()) -> int:
    """Run one statement written with `%s` and return how many rows it touched."""
    _note(sql)
    connection.ensure_connection()
    if is_sqlite():
        count: int = connection.connection.execute(sql.replace("%s", "?"), values).rowcount
        return count
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(sql, values).rowcount


def run_many(sql: str, many: Sequence[Sequence[Any]]) -> None:
    """Run one statement for many rows."""
    if not many:
        return
    _note(sql)
    connection.ensure_connection()
    if is_sqlite():
        connection.connection.executemany(sql.replace("%s", "?"), many)
        return
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.executemany(sql, many)


@contextmanager
def pipelined() -> Iterator[None]:
    """Send statements without waiting for each answer, where the engine can."""
    if is_sqlite():
        yield
        return
    connection.ensure_connection()
    with connection.connection.pipeline():
        yield


def distinct_logs(table: str) -> list[Any]:
    """List every log that a table has rows of, as this engine gives ids."""
    return [log for (log,) in fetch(f'SELECT DISTINCT log FROM "{table}"')]  # noqa: S608  (names are ours)


def locking(sql: str) -> str:
    """Write a SELECT so that others keep from its rows until the transaction ends (SQLite locks the file already)."""
    return sql if is_sqlite() else f"{sql} FOR UPDATE"


def insert(kind: type[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Write new rows."""
    run_many(_sql(kind, upsert=False), rows)


def upsert(kind: type[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows whole, in place of those with the same key."""
    run_many(_sql(kind, upsert=True), rows)


def delete(kind: type[Any], keys: Sequence[Sequence[Any]]) -> None:
    """Delete rows by key."""
    where = " AND ".join(f'"{column}" = %s' for column in kind.KEY)
    run_many(f'DELETE FROM "{kind.TABLE}" WHERE {where}', keys)  # noqa: S608  (names are ours)


def _sql(kind: type[Any], *, upsert: bool) -> str:
    known = _written.get((kind, upsert))
    if known is None:
        known = _written[kind, upsert] = _write_sql(kind, upsert=upsert)
    return known


def _write_sql(kind: type[Any], *, upsert: bool) -> str:
    columns = ", ".join(f'"{name}"' for name in kind._fields)
    places = ", ".join(["%s"] * len(kind._fields))
    sql = f'INSERT INTO "{kind.TABLE}" ({columns}) VALUES ({places})'  # noqa: S608  (names are ours)
    if not upsert:
        return sql
    others = [name for name in kind._fields if name not in kind.KEY]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in others)
    keys = ", ".join(f'"{name}"' for name in kind.KEY)
    return f"{sql} ON CONFLICT ({keys}) DO UPDATE SET {sets}"


_written: dict[tuple[type[Any], bool], str] = {}


def refresh_statistics() -> None:
    """Let the planner see what came, after an import or a rebuild: without it a card is ten times slower."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if is_sqlite() else "ANALYZE")


def forget_deleted(home: Path, words: Iterable[str] = ()) -> bool:
    """Leave no deleted words in the engine's own files; False when somebody who reads for long still holds them.

    SQLite overwrites what is deleted, but its log keeps older pages until it is emptied, and pages that were once
    rearranged may hold stale copies: when the words are still seen in the file, or last time was kept waiting, it is
    written anew. PostgreSQL's dead rows are vacuumed.
    """
    connection.ensure_connection()
    if not is_sqlite():
        tables = ", ".join(f'"{table}"' for table in connection.introspection.table_names())
        run(f"VACUUM {tables}")
        return True
    unclean = home / UNCLEAN
    with _queue, (home / "writing.lock").open("a") as turn, _waiting(SHORT_WAIT):
        fcntl.flock(turn, fcntl.LOCK_EX)
        is_busy = _empty_wal()
        if not is_busy and (unclean.exists() or holds_words(Path(connection.settings_dict["NAME"]), words)):
            run("VACUUM")
            is_busy = _empty_wal()
    if is_busy:
        unclean.touch()
    else:
        unclean.unlink(missing_ok=True)
    return not is_busy


def _empty_wal() -> bool:
    """Write SQLite's log into its file and empty it; True when somebody still reads from it."""
    [(busy, *_)] = fetch("PRAGMA wal_checkpoint(TRUNCATE)")
    return bool(busy)


@contextmanager
def _waiting(millis: int) -> Iterator[None]:
    """Wait shorter for others than usual: whoever writes waits behind us meanwhile."""
    [(usual,)] = fetch("PRAGMA busy_timeout")
    fetch(f"PRAGMA busy_timeout = {millis}")
    try:
        yield
    finally:
        fetch(f"PRAGMA busy_timeout = {usual}")


def holds_words(file: Path, words: Iterable[str]) -> bool:
    """Tell whether one of these words stands in a file as bytes, reading it piece by piece."""
    wanted = [word.encode() for word in words if word]
    longest = max(map(len, wanted), default=0)
    if not longest or not file.exists():
        return False
    with file.open("rb") as given:
        kept = b""
        while piece := given.read(1 << 20):
            seen = kept + piece
            if any(word in seen for word in wanted):
                return True
            kept = seen[-longest:]
    return False
