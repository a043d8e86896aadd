"""A page of what is owed is the slice of all of it in order, however much stands alike."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from concerto.faces.desk.today.grouping import Pile, page_of

turns = st.tuples(st.booleans(), st.integers(0, 3))
piles = st.lists(st.tuples(turns, st.integers(1, 5)), max_size=12)


@given(told=piles, start=st.integers(0, 30), most=st.integers(1, 12))
def test_it_shows_what_stands_there_when_every_row_is_put_in_order(told, start, most):
    numbers, some = iter(range(1000, 2000)), []
    for order, n in told:
        some.append(Pile(order, SimpleNamespace(), sorted(str(next(numbers) * 7919 % 1009) for _ in range(n))))
    whole = sorted((pile.order, about) for pile in some for about in pile.about)
    assert [about for _, about in page_of(some, start, most)] == [about for _, about in whole[start : start + most]]


def test_each_comes_out_of_the_stack_it_is_in():
    first, second = SimpleNamespace(), SimpleNamespace()
    some = [Pile((1,), first, ["b", "d"]), Pile((1,), second, ["a", "c"])]
    assert page_of(some, 1, 2) == [(first, "b"), (second, "c")]
