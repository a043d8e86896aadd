"""A year of some units reads what they need, and says what the whole township's standing says of them."""

from datetime import date
from uuid import uuid4

import pytest

from concerto.papers.board.year import score_of, year_of
from concerto.papers.standing.asking import Township
from concerto.rulebook.standing import Verdict
from tests.cast import TOWNSHIP, VILLAGE_A, VILLAGE_B, World
from tests.faces.desk.board.boards import SEPTEMBER, a_year, visit

pytestmark = pytest.mark.django_db


def test_it_says_what_the_township_s_standing_says(world: World):
    a_year(world)
    visit(world, date(2026, 8, 3), world.house_1.id)
    for units in ({world.branch_a.id, VILLAGE_A}, {world.branch_b.id, VILLAGE_B}, {VILLAGE_A}):
        told = [line for line in Township(TOWNSHIP, SEPTEMBER).lines(units) if line.due.year == 2026]
        assert [line for line in year_of(TOWNSHIP, 2026, SEPTEMBER, units).lines if line.due.year == 2026] == told
        assert told


def test_a_year_that_is_over_is_judged_by_what_came_in_the_year_after(world: World):
    long_after = date(2031, 5, 1)
    year = year_of(TOWNSHIP, 2026, long_after, {world.branch_a.id, VILLAGE_A})
    assert year.asof == date(2027, 12, 31)
    assert {head.due.year for head in year.heads} == {2026}
    assert Verdict.OPEN not in {line.verdict for line in year.lines}


def test_of_units_that_are_not_there_nothing_is_owed(world: World):
    assert year_of(TOWNSHIP, 2026, SEPTEMBER, {uuid4()}).heads == []


def test_the_score_counts_what_the_year_lists(world):
    units = {VILLAGE_A, world.branch_a.id}
    listed, counted = year_of(TOWNSHIP, 2026, SEPTEMBER, units), score_of(TOWNSHIP, 2026, SEPTEMBER, units)
    assert len(counted.lines) < len(listed.lines)
    assert [shown(head) for head in counted.heads] == [shown(head) for head in listed.heads]


def shown(head):
    return head.duty.id, head.unit, head.period, head.due, head.state, head.is_counted, head.have, head.need
