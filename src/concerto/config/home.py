"""The home: the one folder where everything an office keeps lies, readable by its owner alone."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; "
    "PRAGMA synchronous=FULL; "  # an answered entry survives a power cut
    "PRAGMA secure_delete=ON; "  # what is erased is overwritten, in the file too
    "PRAGMA cache_size=-65536;"
)


def open_home(home: Path) -> Path:
    """Make the folder where it is missing, closed to everybody else."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """Let one process at a time prepare a home; the next one waits, and then finds it done."""
    with (home / "preparing").open("w") as latch:
        fcntl.flock(latch, fcntl.LOCK_EX)
        yield


def secret_key(home: Path) -> str:
    """Return the key that signs sessions, made once and kept in the home with mode 600."""
    file = home / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(handle, "w") as new:
        new.write(secrets.token_urlsafe(48))
    return _read(file)


def _read(file: Path) -> str:
    key = file.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"{file} holds no key: delete it, and everybody signs in anew")
    return key


def database(url: str, home: Path) -> dict[str, Any]:
    """Describe the database: PostgreSQL where a URL names one, else the home's only SQLite file."""
    return _postgres(url) if url else _sqlite(home)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": home / "concerto.sqlite3",
        "CONN_MAX_AGE": None,
        # IMMEDIATE: a transaction that reads first and writes later waits its turn instead of failing at once.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
        "TEST": {"NAME": home / "test.sqlite3"},
    }


def _postgres(url: str) -> dict[str, Any]:
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured("DATABASE_URL is not the address of a PostgreSQL database") from error
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: str(parts.pop(theirs, "")) for ours, theirs in named.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Raw statements are prepared after their third use; a pooler between would have to allow it.
        "OPTIONS": {"prepare_threshold": 3, **parts},
    }
