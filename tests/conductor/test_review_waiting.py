"""What waits comes in with what it waited for, whichever came first, and never waits for what cannot come."""

import pytest

from concerto.conductor import receive as door
from concerto.journal.kinds.households import Household1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Tray
from concerto.journal.said import Item
from concerto.parts.visits.models import Visit
from tests.cast import TODAY, VILLAGE_A
from tests.conductor.test_clashes import change, clash, number_of

pytestmark = pytest.mark.django_db


def call(world, household, **more) -> Item:
    body = Visit1(channel="visit", households=[household], outcome="met")
    return world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, **more)


def opening(world, household) -> Item:
    return world.pen.item(Household1(household=household, village=VILLAGE_A), unit=VILLAGE_A, by=world.lin, on=TODAY)


def test_a_visit_sent_before_its_household_in_one_batch_comes_in_with_it(world):
    house = world.pen.new_id()

    visit, household = world.receive(call(world, house), opening(world, house), by=world.lin)

    assert (visit.outcome, household.outcome) == ("accepted", "accepted")
    assert visit.posted == {"visits": 1}
    assert not Tray.objects.filter(id=visit.id).exists()


def test_a_correction_sent_before_what_it_corrects_comes_in_with_it(world):
    first, house = world.pen.new_id(), world.house_1.id
    body = Visit1(channel="phone_call", households=[house], outcome="met")
    correction = world.pen.item(
        body, unit=VILLAGE_A, by=world.lin, on=TODAY, corrects=first, saw={f"{first}.wording": first}
    )

    outcomes = [r.outcome for r in world.receive(correction, call(world, house, id=first), by=world.lin)]

    assert (outcomes, Visit.objects.get(entry=first).kind) == (["accepted", "accepted"], "phone_call")


def test_nobody_waits_behind_what_waits_for_something_else(world):
    never, house = world.pen.new_id(), world.pen.new_id()
    world.receive(*[call(world, never) for _ in range(520)], by=world.lin)
    [last] = world.receive(call(world, house), by=world.lin)
    assert last.outcome == "waits"

    world.receive(opening(world, house), by=world.lin)

    assert Visit.objects.filter(entry=last.id).exists()
    assert Tray.objects.filter(outcome="waits").count() == 520


def test_what_waits_for_something_else_is_not_read_again_at_every_filing(world, monkeypatch):
    world.receive(*[call(world, world.pen.new_id()) for _ in range(20)], by=world.lin)
    read = []
    monkeypatch.setattr(door, "read_item", lambda text: read.append(text))

    world.receive(call(world, world.house_1.id), by=world.lin)

    assert read == []


def test_a_carried_outbox_leaves_what_waits_waiting(world):
    house = world.pen.new_id()
    item = call(world, house)
    [waits] = world.receive(item, by=world.lin)

    [carried] = world.receive(item, by=world.ma)

    assert (carried.outcome, carried.code) == ("refused", "not_the_author")
    world.receive(opening(world, house), by=world.lin)
    assert Visit.objects.filter(entry=waits.id).exists()


def test_what_rests_on_a_settled_clash_is_a_clash_and_does_not_wait(world):
    _, mine = clash(world)
    world.receive(
        world.pen.item(Settled1(), unit=VILLAGE_A, by=world.lin, on=TODAY, instead_of=[mine.id]), by=world.lin
    )

    [late] = world.receive(change(world, world.house_1, saw=str(mine.id), number="202"), by=world.lin)

    assert (late.outcome, late.code) == ("clash", "seen_differently")


def test_a_correction_of_a_clash_joins_it(world):
    theirs, mine = clash(world)
    body = change(world, world.house_1, saw=str(theirs.id), number="3")
    correction = Item(body.said[:-1] + f',"corrects":"{mine.id}"}}')

    [receipt] = world.receive(correction, by=world.lin)

    assert (receipt.outcome, number_of(world.house_1)) == ("clash", "101")


def test_what_waited_on_an_entry_joins_it_when_that_comes_and_clashes(world):
    unsent = world.pen.new_id()
    waiting = change(world, world.house_1, saw=str(unsent), number="9")
    stale = change(world, world.house_1, id=unsent, number="8")
    world.receive(change(world, world.house_1, by=world.sec, number="7"), by=world.sec)
    [waits] = world.receive(waiting, by=world.lin)
    assert waits.outcome == "waits"

    [clashes] = world.receive(stale, by=world.lin)

    assert clashes.outcome == "clash"
    assert Tray.objects.get(id=waits.id).outcome == "clash"
