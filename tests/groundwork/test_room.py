"""A full disk is known as one, whoever complains of it."""

import errno
import sqlite3

import pytest

from concerto.groundwork.room import disk_is_full


class FromPostgresql(Exception):
    sqlstate = "53100"


def from_sqlite():
    """What SQLite itself says in a database that may not grow."""
    with sqlite3.connect(":memory:") as full:
        full.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as said:
            full.execute("CREATE TABLE one (two TEXT)")
    return said.value


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "no space left"), FromPostgresql(), from_sqlite()])
def test_a_full_disk_is_known_also_behind_another_error(error):
    assert disk_is_full(error)
    wrapped = RuntimeError("it did not work")
    wrapped.__cause__ = error
    assert disk_is_full(wrapped)


@pytest.mark.parametrize("error", [None, OSError(errno.ENOENT, "no such file"), ValueError("x")])
def test_anything_else_is_not(error):
    assert not disk_is_full(error)
