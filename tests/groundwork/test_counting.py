"""Numbered names stand as people count them, whatever they are numbered in."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerto.groundwork.counting import as_counted


@pytest.mark.parametrize(
    "counted",
    [
        ["一组", "二组", "三组", "九组", "十组", "十一组", "二十组", "二十一组", "一百零二组"],
        ["1组", "2组", "10组", "101组"],
        ["第一党小组", "第二党小组", "第三党小组"],
        ["", "1组", "一组", "2组", "牧业二组", "牧业十组", "牧业组"],
        ["二〇二五年", "二〇二六年"],
    ],
)
def test_groups_stand_as_people_count_them(counted):
    assert all(as_counted(one) < as_counted(after) for one, after in pairwise(counted))


@given(st.lists(st.text(alphabet="一二十百零第组ab019 ")), st.randoms())
def test_any_names_have_one_order(names, chance):
    mixed = chance.sample(names, len(names))
    assert sorted(mixed, key=as_counted) == sorted(names, key=as_counted)
    assert all((as_counted(one) == as_counted(other)) == (one == other) for one in names for other in names)
