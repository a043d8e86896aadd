"""The test database, quickly: the cast enters by the door once, and later its rows are put back as they were.

Coming in by the door takes fifteen times as long as that, and a thousand tests begin with it. A database that a test
has committed to is emptied row by row: Django's `flush` also makes all rights anew, and cuts every table on PostgreSQL.
"""

import pickle
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase, override_settings

from concerto.conductor import erasures
from tests.cast import World, enter

OF_THE_TEST_RUN = settings.CONCERTO_HOME
KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # as the migrations left them, always the same


class Kept(NamedTuple):
    """The cast as it stood when it had entered: what is in the tables, in the tail, and who is who."""

    rows: list[str]
    tail: dict[Path, bytes]
    world: bytes


_kept: list[Kept] = []


def enter_again() -> World:
    """Let the cast enter an empty database, by the door the first time; in a home of its own every time."""
    if settings.CONCERTO_HOME != OF_THE_TEST_RUN:  # a home has a tail of its own, sealed with keys of its own
        return enter()
    if not _kept:
        with TemporaryDirectory() as folder, override_settings(CONCERTO_TAIL=Path(folder)):
            world = enter()
            _kept.append(Kept(list(_as_inserts()), dict(_lines_of(Path(folder))), pickle.dumps(world)))
        _lay_down(_kept[0].tail)
        return world
    rows, tail, world = _kept[0]
    (settings.CONCERTO_HOME / erasures.NAME).unlink(missing_ok=True)
    with transaction.atomic():
        _run(rows)
    _lay_down(tail)
    cast: World = pickle.loads(world)
    return cast


def _lay_down(tail: dict[Path, bytes]) -> None:
    """Let the tail of the run have the lines of the cast, as behind the door."""
    for file, lines in tail.items():
        (settings.CONCERTO_TAIL / file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (settings.CONCERTO_TAIL / file).open("ab") as grown:
            grown.write(lines)


def _lines_of(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((file.relative_to(folder), file.read_bytes()) for file in folder.rglob("*.jsonl"))


def _as_inserts() -> Iterator[str]:
    """Write what is in the tables as statements of SQL, one a table."""
    literal = "quote" if connection.vendor == "sqlite" else "quote_nullable"
    for table in _tables():
        with connection.cursor() as cursor:
            columns = [f'"{one.name}"' for one in connection.introspection.get_table_description(cursor, table)]
            row = " || ',' || ".join(f"{literal}({column})" for column in columns)
            rows = [f"({values})" for (values,) in cursor.execute(f'SELECT {row} FROM "{table}"')]
        if rows:
            yield f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {", ".join(rows)}'


def _tables() -> list[str]:
    return [table for table in connection.introspection.table_names() if table not in KEPT]


def _run(statements: list[str]) -> None:
    """Run statements that give nothing back; PostgreSQL takes them all at once."""
    with connection.cursor() as cursor:
        for one in [";".join(statements)] if connection.vendor == "postgresql" else statements:
            cursor.execute(one)


# ---------------------------------------------------------------- after a test that has committed


_emptying: list[str] = []


def _empty(_test: Any) -> None:
    if not _emptying:
        _emptying.extend(f'DELETE FROM "{table}"' for table in _tables())
    with transaction.atomic():
        _run(_emptying)


TransactionTestCase._fixture_teardown = _empty
