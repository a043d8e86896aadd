"""What is hidden beside a small number: no sum lets it be reckoned, nor all of them together."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from concerto.papers.few import SMALL
from concerto.papers.hiding import UNTOLD, hidden
from concerto.papers.needs.numbers import Numbers, said

NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 30))
Grid = dict[tuple[int, str], int]


def told(told_as: str, n: int) -> bool:
    """Tell whether a number could stand behind what is told of it."""
    if told_as == f"<{SMALL}":
        return 0 < n < SMALL
    return n == 0 or n >= SMALL if told_as == UNTOLD else n == int(told_as)


def reckoned(grid: Grid, rows: Mapping, columns: Mapping, every: str, cells: Mapping) -> set[tuple[int, str]]:
    """Name the small numbers of a table for which a reader who knows all of this finds no other near by: by brute
    force, over every table in which each number is at most one more or one less."""
    open_ = [key for key, as_ in cells.items() if as_ in (UNTOLD, f"<{SMALL}")]
    left = {key for key in open_ if 0 < grid[key] < SMALL}
    for moves in product((0, 1, -1), repeat=len(open_)):
        other = {**grid, **{key: grid[key] + by for key, by in zip(open_, moves, strict=True)}}
        by_row, by_column = defaultdict(int), defaultdict(int)
        for (row, column), n in other.items():
            by_row[row] += n
            by_column[column] += n
        if (
            all(told(cells[key], other[key]) for key in open_)
            and all(told(rows[row], n) for row, n in by_row.items())
            and all(told(columns[column], n) for column, n in by_column.items())
            and told(every, sum(other.values()))
        ):
            left -= {key for key, by in zip(open_, moves, strict=True) if by}
        if not left:
            break
    return left


def table(numbers: list[int]) -> Grid:
    return {(n // 3, "abc"[n % 3]): one for n, one in enumerate(numbers)}


@settings(max_examples=60, deadline=None)
@given(st.lists(NUMBERS, min_size=9, max_size=9))
def test_no_small_number_of_a_table_follows_from_all_that_is_told_of_it(numbers):
    grid = table(numbers)
    all_said = said({key: Numbers(raised=n, is_from_above=True) for key, n in grid.items()})
    by_row, by_column, cells = (
        {key: row[0] for key, row in one.items()} for one in (all_said.by_unit, all_said.by_sort, all_said.by_both)
    )
    assert all(cells[key] == f"<{SMALL}" for key, n in grid.items() if 0 < n < SMALL)
    assert not reckoned(grid, by_row, by_column, all_said.all[0], cells)


def test_brute_force_finds_what_one_line_after_the_other_did_not():
    grid = table([5, 2, 0, 6, 0, 5, 5, 9, 0])
    sums = {"rows": {0: "7", 1: "11", 2: "14"}, "columns": {"a": "16", "b": "11", "c": "5"}}
    hidden_before = {(0, "a"): UNTOLD, (0, "b"): "<5", (2, "a"): UNTOLD, (2, "b"): UNTOLD}
    cells = {key: hidden_before.get(key, str(n)) for key, n in grid.items()}
    assert reckoned(grid, sums["rows"], sums["columns"], "32", cells) == {(0, "b")}


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_where_no_number_is_small_all_are_told(row):
    large = {n: one + SMALL if one else 0 for n, one in enumerate(row)}
    assert hidden({**large, "all": sum(large.values())}, [("all", list(large))]) == set()


def beside(open_=(), **row: int) -> set[str]:
    return hidden({**row, "all": sum(row.values())}, [("all", list(row))], open_=open_)


def test_a_number_beside_a_small_one_gives_it_away_by_being_none_itself():
    assert beside(water=1, road=5, work=20) == {"water", "work"}
    assert beside(["here"], here=10, there=3, far=0) == {"there", "all"}  # nothing is left but their sum


def test_what_its_reader_works_in_is_told_whatever_it_is():
    assert beside(["here"], here=2, there=3, far=9) == {"there", "far"}


def test_no_number_of_needs_follows_from_those_of_its_village_or_its_sort():
    found = {(n, sort): Numbers(raised=many, is_from_above=True) for n, sort, many in [
        (1, "water", 3), (1, "road", 9), (1, "work", 12), (2, "water", 20), (2, "road", 8), (2, "work", 30),
    ]}  # fmt: skip
    told = said(found)
    assert [row[0] for row in (*told.by_unit.values(), *told.by_sort.values(), told.all)] == [
        "24", "58", "23", "17", "42", "82",
    ]  # fmt: skip
    assert told.by_both[1, "water"][0] == "<5"
    both = {key: row[0] for key, row in told.by_both.items()}
    assert [key for key, one in both.items() if one == UNTOLD] == [(1, "road"), (2, "water"), (2, "road")]


def test_a_county_of_many_villages_is_told_in_no_time():
    found = {
        (unit, str(sort)): Numbers(raised=(unit * 7 + sort * 5) % 23, is_from_above=True)
        for unit in range(200)
        for sort in range(14)
    }
    cells = [row[0] for row in said(found).by_both.values()]
    assert cells.count(UNTOLD) < cells.count(f"<{SMALL}")
