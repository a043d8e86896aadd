"""Rounds and wishes as facts: what is told of them to the rulebook."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from concerto.parts.visits.rounds import RoundRow, WishRow
from concerto.register.current import current
from concerto.rulebook.clocks import ROUND
from concerto.rulebook.facts import Matter, Step, Wish
from concerto.rulebook.period import ONE_DAY

from .books import Book


def rounds(book: Book) -> Iterator[Matter]:
    """Tell each round as it covers one village: opened until its last day, and stopped before that."""
    for row in book.rows(RoundRow):
        steps = [Step(kind="round_opened", on=row.since, entry=row.entry, names=row.until)]
        if row.stopped_on is not None:
            steps.append(Step(kind="round_closed", on=row.stopped_on, entry=row.stop, n=1))
        yield Matter(id=row.id, subjects=frozenset({ROUND}), unit=row.village, steps=steps)


def wishes(book: Book, called: dict[UUID, UUID]) -> Iterator[Wish]:
    """Tell how often households wish to be visited: each wish stands until the next one, "as usual" ends it."""
    said: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in book.rows(WishRow):
        said[current(row.household, called)].append(row)
    for household, rows in said.items():
        rows.sort(key=lambda row: (row.on, row.seq))
        for row, then in zip(rows, [*rows[1:], None], strict=True):
            until = then.on - ONE_DAY if then else None
            if row.often != "as_usual" and (until is None or row.on <= until):
                yield Wish(household=household, often=row.often, entry=row.id, since=row.on, until=until)
