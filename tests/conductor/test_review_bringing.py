"""Whoever may not bring entries brings none, and what lies in the tray loses no words to a poorer copy."""

import pytest

from concerto.conductor.drafts import read_item
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Tray
from concerto.journal.said import Item
from concerto.places.accounts import close_account
from concerto.places.models import Account
from tests.cast import NOON, TODAY, VILLAGE_A

pytestmark = pytest.mark.django_db


def noted(world, household) -> Item:
    words = world.pen.seal(household, "渠塌了")
    body = Visit1(channel="visit", households=[household], outcome="met", words=words.digest)
    return world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words])


def test_a_closed_account_brings_nothing(world):
    close_account(world.lin, at=NOON)
    closed = Account.objects.get(id=world.lin.id)

    [receipt] = world.receive(noted(world, world.house_1.id), by=closed)

    assert (receipt.outcome, receipt.code) == ("refused", "not_the_author")
    assert Tray.objects.filter(id=receipt.id).exists()


def test_what_came_without_its_words_does_not_take_the_place_of_what_came_with_them(world):
    item = noted(world, world.pen.new_id())
    [waits] = world.receive(item, by=world.lin)

    world.receive(Item(item.said), by=world.lin)

    assert [part.text for part in read_item(Tray.objects.get(id=waits.id).item).sealed] == ["渠塌了"]
