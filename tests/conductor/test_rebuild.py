"""A release that folds otherwise makes the ledgers again before anybody records anything."""

import pytest
from django.core.management import call_command

from concerto.conductor.rebuild import logs_due
from concerto.conductor.verify import verify
from concerto.config.command import bring_ledgers_up
from concerto.groundwork import database
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Head
from concerto.journal.said import ProofRow
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A, enter

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    """The cast, with the ledgers of another release."""
    world = enter()
    database.run("DELETE FROM visit_line")
    database.run("UPDATE proof SET kind = 'older'")
    Head.objects.filter(log=TOWNSHIP).update(ledger_version="0")
    return world


def knock(world) -> tuple[str, str]:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    [receipt] = world.receive(item, by=world.lin)
    return receipt.outcome, receipt.code


def test_while_a_rebuild_is_due_the_door_is_shut(world):
    assert knock(world) == ("refused", "rebuild_due")


def test_preparing_the_home_makes_the_ledgers_again(world):
    assert bring_ledgers_up() is True
    assert bring_ledgers_up() is False
    assert verify().difference is None
    assert knock(world) == ("accepted", "")


def test_the_command_makes_again_what_is_due(world):
    assert logs_due() == [TOWNSHIP]
    call_command("rebuild", "--due")
    assert logs_due() == []
    assert database.fetch(f"SELECT count(*) FROM {ProofRow.TABLE} WHERE kind = 'older'") == [(0,)]
