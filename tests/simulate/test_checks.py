"""What the simulator demands once the dust has settled, of rows as they may lie on a phone."""

from types import SimpleNamespace
from typing import Any

import pytest

from simulate.checks import Found, check_circles, check_settled

FIRST, AGAIN, LATER, GONE = "first", "again", "later", "an entry that was lost with the machine"


def phone(**rows: tuple[str, str]) -> Any:
    """A phone with rows as they lie there: how each stands, and for what it waits."""
    return SimpleNamespace(gone="", rows={
        name: SimpleNamespace(id=name, state=state, facts={"on": on} if on else {}, written=SimpleNamespace(label=name))
        for name, (state, on) in rows.items()
    })  # fmt: skip


def test_what_waits_for_an_entry_that_is_gone_may_wait_and_so_may_what_corrects_it():
    check_circles([phone(first=("pending", GONE), again=("pending", FIRST), later=("pending", AGAIN))], set())


@pytest.mark.parametrize(("rows", "filed"), [
    ({"first": ("pending", AGAIN), "again": ("pending", FIRST)}, set()),
    ({"first": ("pending", FIRST)}, set()),
    ({"later": ("pending", FIRST), "first": ("pending", AGAIN), "again": ("pending", FIRST)}, set()),
    ({"first": ("pending", GONE)}, {GONE}),
    ({"first": ("pending", GONE), "again": ("pending", FIRST)}, {GONE}),
    ({"first": ("sent", ""), "again": ("pending", FIRST)}, {FIRST}),
    ({"first": ("settled", ""), "again": ("pending", FIRST)}, set()),
    ({"first": ("back", ""), "again": ("pending", FIRST), "later": ("pending", AGAIN)}, set()),
])  # fmt: skip
def test_nothing_waits_for_itself_nor_for_what_was_answered(rows, filed):
    with pytest.raises(Found, match="waits in a circle"):
        check_circles([phone(**rows)], filed)


@pytest.mark.parametrize("state", ["waiting", "clash", "pending"])
def test_in_the_end_nothing_is_left_open(state):
    check_settled([phone(first=("sent", ""), again=("settled", ""), later=("back", ""))])
    with pytest.raises(Found, match=f"again is still {state}"):
        check_settled([phone(again=(state, ""))])
