"""What somebody studied by themselves is on their own page, and on nobody else's."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from concerto.faces.desk.tray.owners import of_township
from concerto.journal.kinds.study import OwnStudy1
from concerto.journal.models import Tray
from concerto.journal.said import Audience
from concerto.register.access import sight_of
from tests.cast import World

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 15)
WORDS = "读了草原法第二章"


def written(world: World, on: date = JUNE) -> UUID:
    entry = world.pen.new_id()
    line = world.pen.seal(entry, WORDS, Audience.AUTHOR)
    item = world.pen.item(
        OwnStudy1(words=line.digest), unit=world.branch_a.id, by=world.lin, on=on, sealed=[line], id=entry
    )
    world.receive(item, by=world.lin)
    return entry


def test_its_author_opens_it(desk, world):
    assert desk.of(world.lin).get(reverse("desk:entry", args=[written(world)])).status_code == 200


@pytest.mark.parametrize("name", ["sec", "med", "zhou", "wang"])
def test_nobody_else_of_the_same_place_does(desk, world, name):
    entry, client = written(world), desk.of(getattr(world, name))

    assert client.get(reverse("desk:entry", args=[entry])).status_code == 404
    assert WORDS not in client.get(reverse("desk:home")).content.decode()


def test_refused_it_waits_for_its_author_and_stands_on_no_list_of_the_township(world):
    entry = written(world, on=date(2030, 1, 1))

    assert Tray.objects.get(id=entry).outcome == "refused"
    assert of_township(sight_of(world.wang, JUNE)) == []
