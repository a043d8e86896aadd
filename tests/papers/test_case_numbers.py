"""What is told of cases to whom they do not open: how many, no small number, and none that a small one follows from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from concerto.groundwork import database
from concerto.papers.cases.numbers import hidden_beside, numbers, numbers_by, of_year
from concerto.papers.few import SMALL
from concerto.papers.hiding import UNTOLD
from concerto.register.access import sight_of
from tests.cases import Matter, panel_line
from tests.cast import VILLAGE_A

DAY = date(2026, 11, 20)


def settle(world, sort: str, how_many: int) -> None:
    line = panel_line(world, world.med, VILLAGE_A)
    for _ in range(how_many):
        quarrel = Matter(world, by=world.lin, brings=False)
        assert quarrel.settled_on_the_spot(mediator=line, account=world.med, sort=sort) == "accepted"


@pytest.mark.django_db
def test_who_may_not_open_the_cases_is_told_how_many_and_no_small_number(world):
    settle(world, "livestock_damage", 3)
    settle(world, "water_turns", 6)
    settle(world, "debts", 7)
    told = numbers_by(of_year(sight_of(world.wang, DAY), 2026, by=True))
    assert told["category"] == {"damages": "<5", "neighbours": UNTOLD, "contracts": "7"}
    assert told["level"] == {"village": "16"}
    assert told["source"] == {"asked": "16"}
    assert numbers(of_year(sight_of(world.wang, DAY), 2026)).accepted == "16"
    assert numbers_by(of_year(sight_of(world.med, DAY), 2026, by=True))["category"]["damages"] == "3"


@pytest.mark.django_db
def test_of_a_few_in_all_there_is_no_table(world):
    settle(world, "livestock_damage", 3)
    assert numbers(of_year(sight_of(world.wang, DAY), 2026)).accepted == "<5"
    assert numbers_by(of_year(sight_of(world.wang, DAY), 2026, by=True)) == {}
    assert numbers_by(of_year(sight_of(world.pri, DAY), 2026, by=True)) == {}


@pytest.mark.django_db
def test_a_county_viewer_is_told_the_same_of_the_township(world):
    settle(world, "livestock_damage", 3)
    settle(world, "water_turns", 6)
    above, organizer = sight_of(world.gao, DAY), sight_of(world.wang, DAY)
    assert numbers(of_year(above, 2026)) == numbers(of_year(organizer, 2026))
    assert numbers(of_year(above, 2026)).accepted == "9"
    assert numbers_by(of_year(above, 2026, by=True)) == numbers_by(of_year(organizer, 2026, by=True))


@pytest.mark.django_db
def test_a_year_is_counted_in_one_statement_and_its_tables_in_one_trip_of_two(world, django_assert_num_queries):
    settle(world, "livestock_damage", 6)
    sight = sight_of(world.wang, DAY)
    with django_assert_num_queries(0), database.listening() as asked:
        numbers(of_year(sight, 2026))
    assert len(asked) == 1
    with django_assert_num_queries(0), database.listening() as asked:
        numbers_by(of_year(sight, 2026, by=True))
    assert len(asked) == 2


@given(some.dictionaries(some.sampled_from("abcdefgh"), some.integers(0, 12), min_size=1))
def test_no_small_number_follows_from_the_sum_and_the_others(cells):
    gone = hidden_beside(cells)
    if gone is None:
        return
    left = sum(cells[one] for one in gone)
    for cell in gone:
        if 0 < cells[cell] < SMALL:
            rest = [cells[one] for one in gone if one != cell]
            least = sum(1 if 0 < n < SMALL else SMALL for n in rest)
            most = sum(SMALL - 1 for _ in rest) if all(0 < n < SMALL for n in rest) else left
            may = [n for n in range(1, SMALL) if least <= left - n <= most]
            assert len(may) > 1, (cells, gone, cell)
    assert {cell for cell, n in cells.items() if 0 < n < SMALL} <= set(gone)
