"""The tables of SQLite in memory, each with a number for its state: what is asked again of tables that are as they were
has the answer it had, and a copy is put back table by table.

Nothing of the server is left out by this: a question is answered from memory only if every table that it names is in
the very state in which the engine answered it, and the engine has no triggers and no cascades here (see `watch`). What
the whole file's backup costs is not its pages but that the engine forgets every statement it had prepared.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import count
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple
from uuid import UUID
from weakref import WeakValueDictionary

from django.db import connection, connections

from concerto.groundwork import database

MOST_ANSWERS = 8000
_WRITES = re.compile(r'\s*(?:INSERT|UPDATE|DELETE)(?:\s+OR\s+\w+)?(?:\s+INTO|\s+FROM)?\s+"?(\w+)')
_QUIET = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "PRAGMA")
_SEQUENCE = "sqlite_sequence"  # the engine's own: it is written whenever something else is


class Rows:
    """The rows of a table in one state of it."""

    def __init__(self, state: int, rows: list[tuple[Any, ...]]) -> None:
        self.state, self.rows = state, rows


class _Question(NamedTuple):
    """A statement as the driver takes it, and the states its answer hangs on, if it is one that has an answer."""

    sql: str
    states: Callable[[dict[str, int]], Any] | None


class Tables:
    """What is known of each table: its columns, and the state it is in. No two states have the same number."""

    columns: ClassVar[dict[str, list[str]]] = {}
    state: ClassVar[dict[str, int]] = {}
    at_begin: ClassVar[dict[str, int] | None] = None  # of the transaction that is open
    numbers = count(1)
    kept: ClassVar[WeakValueDictionary[int, Rows]] = WeakValueDictionary()
    doubted = False  # whether the engine is asked again all the same

    @classmethod
    def touch(cls, *names: str) -> None:
        """Let tables be in a state that none was in before."""
        for name in names or cls.columns:
            cls.state[name] = next(cls.numbers)

    @classmethod
    def wrote(cls, sql: str) -> None:
        """Hear of a statement that is going to be run."""
        found = _WRITES.match(sql)
        if found is not None and found[1] in cls.columns:
            cls.touch(found[1])
        elif sql.startswith("BEGIN"):
            cls.at_begin = dict(cls.state)
        elif not sql.lstrip().startswith(_QUIET):
            cls.touch()


# ---------------------------------------------------------------- copies


def take() -> dict[str, Rows]:
    """Copy all rows, each as the engine holds it."""
    return {name: _rows_of(name) for name in _columns()}


def _columns() -> dict[str, list[str]]:
    if not Tables.columns:
        connection.ensure_connection()
        ask = connection.connection.execute
        tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        Tables.columns = {name: [row[1] for row in ask(f'PRAGMA table_info("{name}")')] for name in tables}
        Tables.touch()
    return Tables.columns


def _rows_of(name: str) -> Rows:
    state = next(Tables.numbers) if name == _SEQUENCE else Tables.state[name]
    known = Tables.kept.get(state)
    if known is None:
        told = ", ".join(f'+"{column}"' for column in Tables.columns[name])  # so no value is read as anything else
        rows = connection.connection.execute(f'SELECT rowid, {told} FROM "{name}" ORDER BY rowid').fetchall()
        known = Tables.kept[state] = Rows(state, rows)
    return known


def put(copy: dict[str, Rows]) -> None:
    """Put the rows of a copy in the place of those that are there."""
    ask = connection.connection.execute
    ask("PRAGMA foreign_keys = OFF")
    ask("BEGIN IMMEDIATE")
    for name, kept in sorted(copy.items(), key=lambda one: one[0] == _SEQUENCE):
        if Tables.state[name] != kept.state:
            ask(f'DELETE FROM "{name}"')
            connection.connection.executemany(_insert(name), kept.rows)
            Tables.state[name] = kept.state
    ask("COMMIT")
    ask("PRAGMA foreign_keys = ON")
    Tables.state[_SEQUENCE] = next(Tables.numbers)


@cache
def _insert(name: str) -> str:
    columns = ", ".join(["rowid", *(f'"{column}"' for column in Tables.columns[name])])
    places = ", ".join("?" * (len(Tables.columns[name]) + 1))
    return f'INSERT INTO "{name}" ({columns}) VALUES ({places})'


# ---------------------------------------------------------------- what is asked again


def watch() -> None:
    """Hear of everything that is written, and remember answers. Once for a process, before a server may die in it."""
    does_more = "type = 'trigger' OR sql LIKE '%ON DELETE%' OR sql LIKE '%ON UPDATE%'"
    [(more,)] = database.fetch(f"SELECT count(*) FROM sqlite_master WHERE {does_more}")
    assert not more, "the engine writes more than a statement says"
    connections._connections = _Plain(connection)  # type: ignore[attr-defined]  # one thread: nothing has to find out which
    run, run_many = database.run, database.run_many
    plain: Any = connection
    rollback, commit = plain._rollback, plain._commit

    def watched_run(sql: str, values: Sequence[Any] = ()) -> int:
        Tables.wrote(sql)
        return run(sql, values)

    def watched_run_many(sql: str, many: Sequence[Sequence[Any]]) -> None:
        Tables.wrote(sql)
        run_many(sql, many)

    def watched_rollback() -> None:
        rollback()
        if Tables.at_begin is None:
            Tables.touch()
        else:
            Tables.state, Tables.at_begin = Tables.at_begin, None

    def watched_commit() -> None:
        commit()
        Tables.at_begin = None

    database.fetch, database.run, database.run_many = _fetch, watched_run, watched_run_many
    database.to_uuid, database.refresh_statistics = _to_uuid, _as_it_is_planned
    plain._rollback, plain._commit = watched_rollback, watched_commit
    connection.execute_wrappers.append(_orm)


class _Plain:
    """The one connection there is."""

    def __init__(self, there: Any) -> None:
        self.default = connections[there.alias]


def _orm(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
    Tables.wrote(str(sql))
    return execute(sql, params, many, context)


def _as_it_is_planned() -> None:
    """Take a step and leave the planner alone: statistics of one history would change the order of rows in the next."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")


def _fetch(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    asked = _question(sql)
    if asked.states is None:
        found: list[tuple[Any, ...]] = connection.connection.execute(asked.sql, values).fetchall()
        return found
    key = (sql, asked.states(Tables.state), *values)
    rows = _answers.get(key)
    if rows is None:
        if len(_answers) >= MOST_ANSWERS:
            _answers.clear()
        rows = _answers[key] = connection.connection.execute(asked.sql, values).fetchall()
    elif Tables.doubted:
        again = connection.connection.execute(asked.sql, values).fetchall()
        assert rows == again, f"remembered otherwise: {sql}: {rows} / {again}"
    return rows.copy()


_answers: dict[Any, list[tuple[Any, ...]]] = {}


@lru_cache(maxsize=4000)
def _question(sql: str) -> _Question:
    """Read which tables a statement names: columns that are called as a table is make it one more, no fewer."""
    named = sorted(set(re.findall(r"\w+", sql)) & Tables.columns.keys())
    asks = sql.lstrip().startswith(("SELECT", "WITH")) and named
    return _Question(sql.replace("%s", "?"), itemgetter(*named) if asks else None)


def all_of(model: Any) -> list[Any]:
    """Give all rows of a table in the order of their ids, to be read and not changed."""
    state = Tables.state.get(model._meta.db_table)  # another engine has none
    if state is None:
        return list(model.objects.order_by("id"))
    rows = _answers.get((model, state))
    if rows is None:
        rows = _answers[model, state] = list(model.objects.order_by("id"))
    return rows


@lru_cache(maxsize=20_000)
def _read_id(text: str) -> UUID:
    return UUID(text)


def _to_uuid(value: Any) -> UUID:
    return value if type(value) is UUID else _read_id(value)
