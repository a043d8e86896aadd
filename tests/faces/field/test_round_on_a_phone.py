"""The calls of a round on a phone: it is told whom the round asks for, and says what the desk's round page says."""

import json
import re
from datetime import timedelta

import pytest

from concerto.faces.desk.rounds.houses import TAPS
from concerto.faces.field.words import owed as words
from concerto.journal.kinds.rounds import Round1
from concerto.papers.rounds import DUTY
from concerto.parts.visits.models import Visit
from tests.cast import NOON, TODAY, VILLAGE_A
from tests.faces.desk.test_blank_to_the_door import card_of, outcomes, phone
from tests.guards.tree import CHECKOUT

from .phone import enrolled
from .test_pull_owed import Owing

__all__ = ["phone"]
pytestmark = pytest.mark.django_db(transaction=True)
CALLING = CHECKOUT / "src/concerto/faces/field/static/field/js/pages/calling.js"


def test_the_phone_knows_the_duty_of_a_round_by_its_name():
    assert re.findall(r'ROUND = "([^"]+)"', CALLING.read_text(encoding="utf-8")) == [DUTY]


def test_its_taps_are_those_of_the_desk():
    assert list(words.calls()["round_taps"].items()) == [(code, str(said)) for code, said in TAPS]


def test_whose_round_it_is_is_told_each_household_with_its_days(world):
    body = Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=TODAY, until=TODAY + timedelta(days=20))
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, at=NOON)
    [receipt] = world.receive(item, by=world.lin, at=NOON)
    assert receipt.stands, receipt
    one = Owing(enrolled(world.lin))
    one.catch_up()
    told = one.standing()
    assert told is not None
    [row] = [row for row in told.rows or () if row.duty == DUTY]
    assert set(row.about) == {world.house_1.id, world.house_2.id, world.house_3.id}
    assert (row.verdict, row.since, row.due) == ("open", TODAY, TODAY + timedelta(days=20))
    assert "phone_call" in json.dumps([gives.where for gives in told.duties[DUTY].settled_by])


def test_whoever_else_works_in_the_village_is_told_the_round_and_owes_it_nowhere(world):
    body = Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=TODAY, until=TODAY + timedelta(days=20))
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, at=NOON)
    assert world.receive(item, by=world.lin, at=NOON)[0].stands
    houses = {world.house_1.id, world.house_2.id, world.house_3.id}
    for account, owes in ((world.lin, True), (world.sec, False)):
        one = Owing(enrolled(account))
        one.catch_up()
        told = one.standing()
        assert told is not None
        assert {row.duty for row in told.rows or ()} & {DUTY} == ({DUTY} if owes else set())
        shown = [row for row in (told.rows if owes else told.rounds) or () if row.duty == DUTY]
        assert [(set(row.about), row.verdict, row.due) for row in shown] == [
            (houses, "open", TODAY + timedelta(days=20))
        ]
        assert DUTY in told.duties
        assert owes == (told.rounds == [])


def test_what_a_tap_says_is_taken_as_the_call_that_the_desk_records(world, phone):
    card, day = card_of(world.house_1.id), {"day": ["today"], "channel": ["phone_call"]}
    told = phone(
        ("visit", {**day, "met": ["met"], "change": ["no_change"]}, {"card": card}),
        ("visit", {**day, "met": ["nobody_home"]}, {"card": card}),
    )
    assert outcomes(world, told) == [("accepted", "")] * 2
    rows = Visit.objects.filter(kind="phone_call").order_by("state").values_list("state", "change")
    assert list(rows) == [("met", "no_change"), ("nobody_home", "not_asked")]
