"""Where an old book holds two approved editions for one day, the one that its log took in last is judged by."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from concerto.journal.kinds.visit import Visit1
from concerto.papers.standing.local import mechanism_of
from concerto.register.amending import EditionRow
from concerto.rulebook.mechanism import mechanism
from tests.cast import TOWNSHIP, World
from tests.papers.standing.test_from_the_books import bring

pytestmark = pytest.mark.django_db
DUTY, BEGINS = "four-ones-visit", date(2027, 1, 1)


def written(world: World, hour: int) -> UUID:
    """Let the log take an entry in whose id says this hour."""
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    return bring(world, body, by=world.lin, on=date(2026, 6, 9), at=datetime(2026, 7, 2, hour, tzinfo=UTC))


def edition(times: int, answer: UUID) -> EditionRow:
    shipped = mechanism().duties[DUTY].editions[-1]
    told = {
        "since": BEGINS.isoformat(), "source": "n", "every": "MONTH", "times": times, "minutes": 5,
        "proven_by": list(shipped.proven_by),
    }  # fmt: skip
    row: dict[str, Any] = dict.fromkeys(EditionRow._fields)
    row |= {"log": TOWNSHIP, "id": answer, "duty": DUTY, "since": BEGINS, "told": json.dumps(told)}
    return EditionRow(**row | {"wordings": json.dumps({"answer": str(answer)})})


def test_it_is_the_one_with_the_later_number_whatever_its_id_says(world):
    first, last = written(world, 9), written(world, 5)
    assert last < first
    for rows in ([edition(2, first), edition(3, last)], [edition(3, last), edition(2, first)]):
        book: Any = SimpleNamespace(log=TOWNSHIP, rows=lambda table, rows=rows: rows if table is EditionRow else [])
        now = mechanism_of(book).duties[DUTY].in_force(BEGINS)
        assert now is not None
        assert now.need == 3
