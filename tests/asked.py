"""How much a piece of work asks of the database: Django's statements and our own, counted together."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerto.groundwork import database


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gather every statement that is asked meanwhile, those of the ORM and the bare ones; read it afterwards."""
    asked: list[str] = []
    with CaptureQueriesContext(connection) as captured, database.listening() as bare:
        yield asked
    asked += [*bare, *(one["sql"] for one in captured.captured_queries)]
