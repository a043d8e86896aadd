"""What is asked "since a day" holds whatever way the engine takes: SQLite takes another where few rows are known."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection

from concerto.faces.desk.register.timeline import year_of
from concerto.groundwork import database
from concerto.papers.cards import lines
from concerto.papers.ledgers import Asked, ledger
from concerto.places.sight import Part
from concerto.register.access import sight_of
from tests.cast import TODAY, TOWNSHIP
from tests.guards.tree import SOURCE, files, shown

pytestmark = pytest.mark.django_db(transaction=True)
A_YEAR_LATER = date(2027, 6, 6)


@pytest.fixture
def few_rows_known(world, engine) -> Iterator[None]:
    """Let SQLite plan by what it knows of a township that has just begun; PostgreSQL decides by what is there."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if engine == "sqlite":
            cursor.execute("UPDATE sqlite_stat1 SET stat = '65 4 2 2' || substr(' 1 1 1', 1, 2 * (spaces - 3))"
                           " FROM (SELECT idx AS name, length(stat) - length(replace(stat, ' ', '')) AS spaces"
                           " FROM sqlite_stat1) WHERE idx = name AND spaces >= 3")  # fmt: skip
            cursor.execute("ANALYZE sqlite_master")
    yield
    if engine == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_master")


def houses_of(world):
    return [world.house_2.id, world.house_1.id, world.house_3.id]


def test_a_card_has_the_lines_of_a_year(few_rows_known, world):
    *ledgers, _ = database.fetch_together(*lines.ask(TOWNSHIP, houses_of(world), A_YEAR_LATER))
    assert ledgers == [[], [], [], []]
    *ledgers, _ = database.fetch_together(*lines.ask(TOWNSHIP, houses_of(world), TODAY))
    assert [len(found) for found in ledgers] == [1, 0, 1, 2]


def test_the_drawing_across_a_card_has_twelve_months(few_rows_known, world):
    names = frozenset(houses_of(world))
    assert year_of(sight_of(world.lin, A_YEAR_LATER.replace(month=12)), names) == []
    assert len(year_of(sight_of(world.lin, TODAY), names)) == 1


def test_a_ledger_since_a_day_begins_that_day(few_rows_known, world):
    sight = sight_of(world.wang, TODAY)
    for part, count in ((Part.VISITS, 1), (Part.STUDY, 1), (Part.ASSISTANCE, 2)):
        assert ledger(part, sight, Asked(since=date(2026, 5, 20))).count() == count
        assert ledger(part, sight, Asked(since=date(2026, 5, 21))).count() == 0


def test_no_query_of_a_ledger_says_since_a_day_without_until():
    """One end alone is where SQLite 3.40 answers wrong: `database.LAST_OF_DAYS` is the other one."""
    open_ended = re.compile(r"\bon__gte?=")
    assert [shown(path) for path in files(".py", under=SOURCE) if open_ended.search(path.read_text("utf-8"))] == []
