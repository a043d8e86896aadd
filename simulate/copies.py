"""Copies of a whole machine: its database, the files of its home, and its tail. Taken and put back in milliseconds."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.db import connection

from concerto.groundwork import database

from . import tables


class Copy(NamedTuple):
    """A machine as it stood: a database of its own, and files by name."""

    rows: Any
    files: dict[str, bytes]
    tail: dict[str, bytes]


def settle_in(folder: Path) -> None:
    """Let this process have a home of its own; the tail lies on another disk."""
    settings.CONCERTO_HOME, settings.CONCERTO_TAIL = folder / "home", folder / "tail"
    for place in (settings.CONCERTO_HOME, settings.CONCERTO_TAIL):
        place.mkdir(parents=True, exist_ok=True)


def take() -> Copy:
    """Copy the machine as it stands."""
    return Copy(_copy_rows(), _read(settings.CONCERTO_HOME), _read(settings.CONCERTO_TAIL))


def put_back(copy: Copy, *, files: bool = True, tail: bool = True) -> None:
    """Put a copy in the machine's place: all of it, or its database alone."""
    _put_rows(copy.rows)
    if files:
        _write(settings.CONCERTO_HOME, copy.files)
    if tail:
        _write(settings.CONCERTO_TAIL, copy.tail)


@contextmanager
def standing(copy: Copy, home: Path) -> Iterator[None]:
    """Let a copy stand in the machine's place for a moment, in a home beside it: for who only reads."""
    now, usual = _copy_rows(), settings.CONCERTO_HOME
    home.mkdir(exist_ok=True)
    _write(home, copy.files)
    _put_rows(copy.rows)
    settings.CONCERTO_HOME = home
    try:
        yield
    finally:
        settings.CONCERTO_HOME = usual
        _put_rows(now)


def _read(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith((".lock", ".seen")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    folder.mkdir(mode=0o700)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)


# ---------------------------------------------------------------- rows, by engine


def _copy_rows() -> Any:
    if database.is_sqlite():
        return tables.take()
    name = f"copy_{connection.settings_dict['NAME']}_{next(_numbers)}"
    _recreate(name, of=str(connection.settings_dict["NAME"]))
    return name


def _put_rows(rows: Any) -> None:
    if database.is_sqlite():
        tables.put(rows)
    else:
        _recreate(str(connection.settings_dict["NAME"]), of=rows)


def own_rows(name: str, copy: Copy) -> None:
    """Let this process, forked from another, have a database of its own."""
    if database.is_sqlite():  # what was forked lies in this process's own memory
        return
    _recreate(name, of=copy.rows)
    connection.settings_dict["NAME"] = name


def _recreate(name: str, *, of: str) -> None:
    """Make a database of the cluster anew as another one stands; nobody may be at work in either."""
    connection.close()
    told = connection.settings_dict
    with psycopg.connect(
        host=told["HOST"], user=told["USER"], port=told["PORT"] or None, dbname="postgres", autocommit=True
    ) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}" STRATEGY FILE_COPY')


_numbers = iter(range(10**9))
