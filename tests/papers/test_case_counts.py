"""The board of cases counts by one bare statement what its lists hold, to whomever they open."""

from datetime import date
from typing import Any

import pytest

from concerto.groundwork import database
from concerto.papers.cases.board import LISTS, Asked, counts, page
from concerto.parts.disputes.models import Case
from concerto.register.access import sight_of
from tests.cases import Matter, panel_line
from tests.cast import VILLAGE_A, VILLAGE_B

DAY = date(2026, 11, 20)
ACCOUNTS = ("lin", "med", "wang", "pri", "gao", "he")
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"unit": VILLAGE_A},
    {"unit": VILLAGE_B},
    {"category": "damages"},
    {"difficulty": "hard"},
)


@pytest.mark.django_db
def test_each_list_counts_what_it_holds(world):
    line = panel_line(world, world.med, VILLAGE_A)
    for sort in ("livestock_damage", "water_turns"):
        done = Matter(world, by=world.lin, brings=False)
        assert done.settled_on_the_spot(mediator=line, account=world.med, sort=sort) == "accepted"
    Matter(world)
    Matter(world, by=world.lin)
    seen = set()
    for account in (getattr(world, name) for name in ACCOUNTS if hasattr(world, name)):
        sight = sight_of(account, DAY)
        for narrowed in NARROWED:
            found = counts(sight, Asked(**narrowed))
            assert found == {name: len(page(sight, Asked(name, **narrowed), 100)) for name in LISTS}
            seen_here = {case.id for name in LISTS[:3] for case in page(sight, Asked(name, **narrowed), 100)}
            known = Case.objects.seen_by(sight).standing().filter(**narrowed)
            assert seen_here == set(known.values_list("id", flat=True))
            followed = {case.id for case in page(sight, Asked("goes_on"), 100)}
            assert followed == set(Case.objects.followed_by(sight).standing().values_list("id", flat=True))
            seen |= {name for name, n in found.items() if n}
    assert len(seen) >= 3


@pytest.mark.django_db
def test_the_lists_are_counted_in_one_statement(world, django_assert_num_queries):
    Matter(world)
    sight = sight_of(world.lin, DAY)
    with django_assert_num_queries(0), database.listening() as asked:
        counts(sight, Asked())
    assert len(asked) == 1
