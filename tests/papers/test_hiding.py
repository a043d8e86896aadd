"""What is hidden beside a small number: no line that sums up lets it be reckoned."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from concerto.papers.few import SMALL
from concerto.papers.hiding import UNTOLD, hidden
from concerto.papers.needs.numbers import Numbers, said

NUMBERS = st.one_of(st.integers(0, 6), st.integers(0, 30))


def _ways(row: Sequence[int], gone: set[int], at: int) -> set[int]:
    """Say what a reader may think that a hidden number is, who knows the sum of its row and how each is told: a small
    one as small, one hidden beside it by another sign, so that it can't be small."""
    rest = sum(row[n] for n in gone)
    ranges = [range(1, SMALL) if 0 < row[n] < SMALL else [0, *range(SMALL, rest + 1)] for n in sorted(gone)]
    where = sorted(gone).index(at)
    return {one[where] for one in product(*ranges) if sum(one) == rest}


@given(st.lists(NUMBERS, min_size=2, max_size=4))
def test_no_small_number_follows_from_the_sum_and_the_others(row):
    gone = hidden(dict(enumerate(row)), [range(len(row))])
    assert {n for n, one in enumerate(row) if 0 < one < SMALL} <= gone
    if len(gone) < len(row):  # where all are hidden nothing is left to hide beside them
        assert all(len(_ways(row, gone, n)) > 1 for n in gone)


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_where_no_number_is_small_all_are_told(row):
    large = [n + SMALL if n else 0 for n in row]
    assert hidden(dict(enumerate(large)), [range(len(large))]) == set()


@given(st.lists(NUMBERS, min_size=9, max_size=9))
def test_what_is_hidden_beside_a_number_in_its_row_follows_from_no_column(numbers):
    cells = {(n // 3, n % 3): one for n, one in enumerate(numbers)}
    rows = [[(n, m) for m in range(3)] for n in range(3)]
    columns = [[(n, m) for n in range(3)] for m in range(3)]
    gone = hidden(cells, [*rows, *columns])
    for line in [*rows, *columns]:
        within = [cell for cell in line if cell in gone]
        assert len(within) != 1 or len(line) == 1


def test_a_number_beside_a_small_one_gives_it_away_by_being_none_itself():
    assert hidden({"water": 1, "road": 5, "work": 20}, [["water", "road", "work"]]) == {"water", "road", "work"}
    near = hidden({"here": 10, "there": 3, "far": 0, "off": 8}, [["here", "there", "far"]], open_={"here"})
    assert near == {"there", "far"}  # nothing is left to hide beside them


def test_what_its_reader_works_in_is_told_whatever_it_is():
    assert hidden({"here": 2, "there": 3, "far": 9}, [["here", "there", "far"]], open_={"here"}) == {"there", "far"}


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
