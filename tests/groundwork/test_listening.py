"""What is asked past Django is counted as well, of every sort, and only as long as somebody listens."""

import pytest

from concerto.groundwork import database
from tests.asked import statements

pytestmark = pytest.mark.django_db


def test_every_way_to_ask_is_counted_with_djangos_own(django_assert_num_queries):
    with django_assert_num_queries(0), database.listening() as bare:
        database.fetch("SELECT 1")
        list(database.stream("SELECT 2"))
        database.fetch_together(("SELECT 3", [], []), ("SELECT 4", [], []))
        database.run("DELETE FROM handed")
        database.run_many("DELETE FROM handed WHERE log = %s", [[None]])
    assert [sql[:8] for sql in bare[:4]] == ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4"]
    assert len(bare) == 6
    with statements() as asked:
        database.fetch("SELECT 1")
        database.distinct_logs("head")
        database.refresh_statistics()
    assert len(asked) == 3


def test_whoever_listens_no_more_is_told_nothing():
    with database.listening() as first, database.listening() as second:
        database.fetch("SELECT 1")
    database.fetch("SELECT 2")
    assert first == second == ["SELECT 1"]
