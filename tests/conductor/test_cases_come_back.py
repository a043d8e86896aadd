"""A case and its number come back as they were, and no number is given to another."""

import shutil
from pathlib import Path

import pytest

from concerto.conductor.verify import verify
from concerto.parts.disputes.models import Case
from tests.cases import Matter, panel_line
from tests.cast import TOWNSHIP, VILLAGE_A

from .machines import back_up, bring_back, destroy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]


def test_a_number_stays_a_case_s_own_through_a_restore_with_the_tail(world, home, settings):
    line = panel_line(world, world.med, VILLAGE_A)

    def settled(case: Matter) -> str:
        assert case.settled_on_the_spot(mediator=line, account=world.med) == "accepted"
        return case.row.number

    first, second, third = (Matter(world, by=world.lin, brings=False) for _ in range(3))
    numbers = {first.id: settled(first)}
    file = back_up(home)
    numbers[second.id] = settled(second)
    tail = Path(shutil.copytree(settings.CONCERTO_TAIL, home / "copied tail"))
    destroy(settings)
    bring_back(file, tail=tail)
    assert dict(Case.objects.values_list("id", "number")) == numbers
    assert settled(third) == "(2026)示人调字第3号"
    assert verify().difference is None


def test_so_does_one_that_was_given_when_it_came_into_the_peoples_channel(world, home, settings):
    matter = Matter(world, channel="admin")
    assert matter.step("accepted") == "accepted"
    file = back_up(home)
    assert matter.hand("sent", "2026-09-03", to=TOWNSHIP, channel="people", form="told") == "accepted"
    assert matter.hand("accepted", "2026-09-04", by_whom=world.zhou, unit=TOWNSHIP) == "accepted"
    number, row = matter.row.number, Case.objects.values().get()
    assert number == "(2026)示人调字第1号"
    tail = Path(shutil.copytree(settings.CONCERTO_TAIL, home / "copied tail"))
    destroy(settings)
    bring_back(file, tail=tail)
    assert Case.objects.values().get() == row
    assert verify().difference is None
