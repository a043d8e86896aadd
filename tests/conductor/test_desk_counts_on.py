"""After a restore a desk goes on counting where it was, whatever the backup knew of it: no number is given twice."""

import pytest

from concerto.journal.kinds.visit import Visit1
from concerto.places import devices
from concerto.places.models import Device
from tests.cast import NOON, TODAY, VILLAGE_A

from .machines import back_up, bring_back, destroy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home_of_its_own")]


def said_at_the_desk(world) -> int:
    """Lin records a visit at her desk; give the number her desk gave it."""
    number = devices.next_number(world.lin, NOON)
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="nobody_home")
    more = {"device": devices.desk_of(world.lin), "number": number}
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, **more), by=world.lin)
    assert receipt.outcome == "accepted", receipt
    return number


@pytest.mark.parametrize("before", [0, 1])
def test_what_the_tail_brings_back_has_used_its_numbers(world, home, settings, before):
    for _ in range(before):
        said_at_the_desk(world)
    file = back_up(home)
    said_at_the_desk(world)
    destroy(settings)
    bring_back(file, tail=settings.CONCERTO_TAIL)

    assert said_at_the_desk(world) == before + 2
    assert Device.objects.get(id=devices.desk_of(world.lin)).last_number == before + 2


def test_without_a_tail_it_counts_on_from_the_backup(world, home, settings):
    said_at_the_desk(world)
    file = back_up(home)
    said_at_the_desk(world)
    destroy(settings)
    bring_back(file)

    assert said_at_the_desk(world) == 2
