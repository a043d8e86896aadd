"""Reading tables by bare statements: by the ORM a page of Today spends longer on asking than on reading."""

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Model, QuerySet, UUIDField

from concerto.groundwork import database

Where = tuple[str, list[Any]]  # a condition and its values; None where nothing can meet it, so that nothing is asked
ALL: Where = ("1 = 1", [])
NONE: Where = ("1 = 0", [])


def both(*some: Where) -> Where:
    """Write that all of some conditions are met."""
    return " AND ".join(f"({sql})" for sql, _ in some), [value for _, values in some for value in values]


def either(*some: Where) -> Where:
    """Write that one of some conditions is met."""
    return f"({' OR '.join(f'({sql})' for sql, _ in some)})", [value for _, values in some for value in values]


def one_of(column: str, words: Iterable[str]) -> Where | None:
    """Write that a column holds one of some words."""
    known = sorted(words)
    if known and not database.is_sqlite():
        return f"{column} = ANY(%s)", [known]  # one value: a statement of more than fifty is taken apart each time
    return (f"{column} IN ({', '.join(['%s'] * len(known))})", [*known]) if known else None


def among(column: str, ids: Collection[UUID]) -> Where | None:
    """Write that a column holds one of some ids."""
    return database.among(column, ids) if ids else None


def written(rows: QuerySet[Any, Any]) -> Where | None:
    """Write which rows of one table a queryset asks for: what is said there is said once, and asked together with
    other things."""
    try:
        sql, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    asked = sql.partition(" WHERE ")[2]
    return (f"({asked})", list(values)) if asked else ALL


class Reading:
    """How some columns of a table are read: by which statement, and as what SQLite, without such types, gives them.

    Behind them comes what is reckoned from them, by name.
    """

    def __init__(self, model: type[Model], columns: Sequence[str], **reckoned: str) -> None:
        fields: list[Any] = [model._meta.get_field(name) for name in columns]
        names = ", ".join(
            [*(f'"{field.column}"' for field in fields), *(f"{sql} AS {n}" for n, sql in reckoned.items())]
        )
        self.sql = f'SELECT {names} FROM "{model._meta.db_table}"'  # noqa: S608  (names are ours)
        self.reckoned = reckoned
        self.make: Callable[[Iterable[Any]], Any] = namedtuple("Row", [*columns, *reckoned])._make  # type: ignore[attr-defined]
        self.odd = [(n, AS_TOLD[kind]) for n, field in enumerate(fields) if (kind := type(field)) in AS_TOLD]

    def asked(self, where: Where) -> database.Query:
        """Write the statement that reads the rows which meet a condition."""
        return f"{self.sql} WHERE {where[0]}", where[1], ()

    def told(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """Give the rows of that statement, each with its names."""
        return [self.make(self._told(row)) for row in rows] if database.is_sqlite() else list(map(self.make, rows))

    def _told(self, row: Sequence[Any]) -> list[Any]:
        told = list(row)
        for n, read in self.odd:
            if told[n] is not None:
                told[n] = read(told[n])
        return told


AS_TOLD: dict[type, Callable[[Any], Any]] = {UUIDField: database.to_uuid, BooleanField: bool}
