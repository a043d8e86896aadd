"""Whatever habits an office has, the same people come out of its workbook, and every row is accounted for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerto.papers.roster.found import RowKind
from concerto.papers.roster.grid import sheets_of
from concerto.papers.roster.reading import read
from tests.papers.roster.awkward import VILLAGES, Style, make

TOLD_BY = ["merged", "number", "number_once", "number_merged", "head_name", "head_merged", "relation"]
SHAPES = ["sheets", "column", "column_once", "stacked", "divided"]
styles = st.builds(
    Style,
    seed=st.integers(min_value=1, max_value=10**6),
    households=st.integers(min_value=3, max_value=14),
    told_by=st.sampled_from(TOLD_BY),
    shape=st.sampled_from(SHAPES),
    headings=st.sampled_from([1, 2]),
    joined=st.booleans(),
    party=st.sampled_from(["status", "ticks"]),
    helped=st.sampled_from(["first", "merged", "every"]),
    scattered=st.booleans(),
    between=st.booleans(),
    person_numbers=st.booleans(),
    extra=st.booleans(),
    old=st.booleans(),
)


def possible(style):
    """Nobody can tell where a late line belongs when no cell of it says so."""
    return not (style.scattered and style.told_by == "relation")


def assert_read_as_it_is(style):
    data, truth = make(style)
    roster = read(data, villages=VILLAGES)
    tables = {table.unit: table for table in roster.tables}

    assert not roster.refused_tables
    assert {unit: table.counts for unit, table in tables.items()} == truth.counts
    for unit, table in tables.items():
        assert {frozenset(p.row for p in home.people) for home in table.households} == truth.homes[unit]
        assert all(home.head for home in table.households)
        assert [(flag.row, flag.name, flag.code) for flag in table.flagged] == sorted(truth.problems.get(unit, []))
        for person in table.people:
            assert tuple(phone.number for phone in person.phones) == truth.phones[unit, person.row]
        assert table.refused == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(style=styles.filter(possible))
def test_every_habit_of_an_office_gives_the_same_people(style):
    assert_read_as_it_is(style)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("told_by", TOLD_BY)
def test_each_way_of_telling_households_works_in_each_shape(told_by, shape):
    assert_read_as_it_is(Style(seed=7, told_by=told_by, shape=shape, scattered=told_by != "relation"))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(style=styles)
def test_every_row_that_is_not_empty_is_accounted_for(style):
    data, _ = make(style)
    roster = read(data, villages=VILLAGES)

    for sheet in sheets_of(data):
        filled = {row + 1 for row in range(len(sheet.rows)) if sheet.filled(row)}
        assert set(roster.rows[sheet.title]) == filled
    people = [person.row for table in roster.tables for person in table.people]
    kinds = [kind for rows in roster.rows.values() for kind in rows.values()]
    assert len(people) == kinds.count(RowKind.PERSON)


def test_a_workbook_of_thousands_of_rows_loses_nobody():
    data, truth = make(Style(households=400))
    roster = read(data, villages=VILLAGES)

    assert {table.unit: table.counts for table in roster.tables} == truth.counts
