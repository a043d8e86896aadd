"""What a backup holds: every table that is not folded from the journal, and the files of the home that are its own.

Sessions are left out: whoever was signed in signs in again. The key of identity hashes never leaves the home.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from concerto.groundwork import database

from .replay import TABLES
from .rows import EntryRow, SealedRow, TouchRow, TrayRow

MANY: tuple[Any, ...] = (EntryRow, SealedRow, TrayRow)  # written without the ORM
FOLDED_ROWS: tuple[Any, ...] = (TouchRow, *TABLES)
RAW: dict[str, Any] = {row.TABLE: row for row in MANY}
FOLDED = frozenset(row.TABLE for row in FOLDED_ROWS)
FILES = ("secret-key", "keys/operator.key", "keys/envelope.key", "keys/identity.fingerprint", "erasures")
FOLDERS = ("heads", "files", "attachments")
ROWS_AT_ONCE = 100


class Rows(NamedTuple):
    """Some rows of a table, as values of its columns."""

    table: str
    columns: list[str]
    rows: list[list[Any]]


def tables() -> list[type[models.Model]]:
    """List the tables a backup holds, accounts and places first."""
    ours = (app for app in apps.get_app_configs() if app.name.startswith("concerto."))
    found: list[type[models.Model]] = [model for app in ours for model in app.get_models(include_auto_created=True)]
    found.append(Authenticator)
    return [model for model in found if model._meta.db_table not in FOLDED and model._meta.managed]


def columns_of(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Give the fields of a table that have a column."""
    return [field for field in model._meta.concrete_fields if field.column]


def read_rows(model: type[models.Model]) -> Iterator[Rows]:
    """Read a table in the order of its key, some rows at a time."""
    names = [field.attname for field in columns_of(model)]
    found = model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000)
    batch: list[list[Any]] = []
    for row in found:
        batch.append(list(row))
        if len(batch) == ROWS_AT_ONCE:
            yield Rows(model._meta.db_table, names, batch)
            batch = []
    yield Rows(model._meta.db_table, names, batch)


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of a backup into a table. Columns it does not name get their default."""
    fields = {field.attname: field for field in columns_of(model)}
    read = [{name: fields[name].to_python(value) for name, value in zip(columns, row, strict=True)} for row in rows]
    raw = RAW.get(model._meta.db_table)
    if raw is not None:
        database.insert(raw, [[values[name] for name in raw._fields] for values in read])
    else:
        model._default_manager.bulk_create([model(**values) for values in read])


def home_files(home: Path) -> Iterator[Path]:
    """Give the files of a home that a backup holds, as they are there."""
    yield from (home / name for name in FILES if (home / name).is_file())
    for folder in FOLDERS:
        found = (path for path in sorted((home / folder).rglob("*")) if path.is_file())
        yield from (path for path in found if not _is_hidden(path.relative_to(home)))


def _is_hidden(path: Path) -> bool:
    """Tell whether a file is only on its way: it, or a folder it lies in, begins with a point."""
    return any(part.startswith(".") for part in path.parts)
