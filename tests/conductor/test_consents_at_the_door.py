"""Whoever answers for themselves belongs to the household they are asked in."""

import json
from datetime import date
from uuid import UUID

import pytest

from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.households import Home, Merger1
from concerto.journal.kinds.people import ResidentChange1
from concerto.register.models import Household, Resident
from tests.cast import VILLAGE_A, World
from tests.needs import AT

pytestmark = pytest.mark.django_db
LATER = date(2026, 9, 1)


def answered(world: World, house: UUID, who: UUID, *, on: date = LATER) -> str:
    body = Consent1(household=house, purpose="phone", answer="declined", resident=who)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, at=AT)
    [receipt] = world.receive(item, by=world.lin, at=AT)
    return str(receipt.code or receipt.outcome)


def changed(world: World, body, on: date = LATER, sealed=()) -> None:
    table = {"household": Household, "resident": Resident}
    things = {body.gone: body.sort, body.stays: body.sort} if isinstance(body, Merger1) else {body.resident: "resident"}
    saw = {}
    for thing, sort in things.items():
        wordings = json.loads(table[sort].objects.get(id=thing).wordings)
        names = wordings if isinstance(body, Merger1) else body.changes(thing)
        saw |= {f"{thing}.{name}": wordings.get(name) for name in names}
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=on, saw=saw, at=AT, sealed=sealed)
    [receipt] = world.receive(item, by=world.lin, at=AT)
    assert receipt.stands, receipt


def test_nobody_answers_in_a_household_in_which_they_never_lived(world):
    assert answered(world, world.house_1.id, world.house_2.head) == "lives_in_another_household"
    assert answered(world, world.house_2.id, world.house_2.head) == "accepted"


def test_somebody_who_moved_answers_where_they_lived_on_the_day_and_where_they_live_now(world):
    who, home = world.house_2.head, Home(household=world.house_1.id, relation="other", since=date(2026, 8, 10))
    changed(world, ResidentChange1(resident=who, home=home))
    before, after = date(2026, 8, 1), date(2026, 8, 20)
    assert answered(world, world.house_2.id, who, on=before) == "accepted"
    assert answered(world, world.house_2.id, who, on=after) == "lives_in_another_household"
    for day in (before, after):
        assert answered(world, world.house_1.id, who, on=day) == "accepted"


def test_households_that_turned_out_to_be_one_are_one(world):
    changed(world, Merger1(sort="household", gone=world.house_2.id, stays=world.house_1.id))
    for house in (world.house_1.id, world.house_2.id):
        assert answered(world, house, world.house_2.head) == "accepted"


def test_two_who_turned_out_to_be_one_answer_in_the_household_of_either(world):
    stays, gone = world.house_1.head, world.house_2.head
    changed(world, Merger1(sort="resident", gone=gone, stays=stays))
    assert answered(world, world.house_1.id, gone) == "accepted"
    assert answered(world, world.house_2.id, gone) == "accepted"
    assert answered(world, world.house_2.id, stays) == "lives_in_another_household"


@pytest.mark.parametrize(("born", "code"), [("2015-03-02", "answers_through_a_guardian"), ("2012", "accepted")])
def test_whoever_is_under_fourteen_does_not_answer_for_themselves(world, born, code):
    who = world.house_1.head
    part = world.pen.seal(who, born)
    changed(world, ResidentChange1(resident=who, born=part.digest), sealed=[part])
    assert answered(world, world.house_1.id, who) == code
