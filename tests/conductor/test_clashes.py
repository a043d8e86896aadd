"""Clashes are for people: a change says what its author had seen, and nobody's words are lost."""

import json
from datetime import timedelta

import pytest

from concerto.conductor.receive import Receipt
from concerto.journal.kinds.households import HouseholdChange1, Merger1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.visit import NeedHeard, Visit1
from concerto.journal.models import Entry, Sealed, Tray
from concerto.journal.said import Audience
from concerto.parts.visits.models import Visit
from concerto.register.models import Household
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

pytestmark = pytest.mark.django_db


def wording(house, name: str) -> str:
    return json.loads(Household.objects.get(log=TOWNSHIP, id=house.id).wordings)[name]


def change(world, house, *, by=None, saw: str | None = None, name="number", id=None, instead_of=(), **fields):
    seen = {f"{house.id}.{name}": saw if saw is not None else wording(house, name)}
    body = HouseholdChange1(household=house.id, **fields)
    more = {"saw": seen} | ({"instead_of": list(instead_of)} if instead_of else {})
    return world.pen.item(body, unit=VILLAGE_A, by=by or world.lin, on=TODAY, id=id, **more)


def number_of(house) -> str:
    return Household.objects.get(log=TOWNSHIP, id=house.id).number


def clash(world) -> tuple[Receipt, Receipt]:
    seen = wording(world.house_1, "number")
    theirs = world.receive(change(world, world.house_1, by=world.sec, saw=seen, number="101"), by=world.sec)
    mine = world.receive(change(world, world.house_1, saw=seen, number="201"), by=world.lin)
    return theirs[0], mine[0]


def test_two_who_change_the_same_field_unseen_clash_and_both_are_kept(world):
    theirs, mine = clash(world)

    assert (theirs.outcome, mine.outcome, mine.code) == ("accepted", "clash", "seen_differently")
    assert mine.facts == {"meets": str(theirs.id)}
    assert number_of(world.house_1) == "101"
    assert "201" in Tray.objects.get(id=mine.id).item


def test_two_who_change_different_fields_do_not_clash(world):
    seen_number, seen_group = wording(world.house_1, "number"), wording(world.house_1, "group")
    one = change(world, world.house_1, by=world.sec, saw=seen_number, number="101")
    two = change(world, world.house_1, name="group", saw=seen_group, group="2组")

    outcomes = [world.receive(one, by=world.sec)[0].outcome, world.receive(two, by=world.lin)[0].outcome]

    assert outcomes == ["accepted", "accepted"]


def test_a_clash_is_answered_the_same_for_ever(world):
    seen = wording(world.house_1, "number")
    world.receive(change(world, world.house_1, by=world.sec, saw=seen, number="101"), by=world.sec)
    item = change(world, world.house_1, saw=seen, number="201")

    first, again = world.receive(item, by=world.lin)[0], world.receive(item, by=world.lin)[0]

    assert (first.outcome, first.code, first.facts) == (again.outcome, again.code, again.facts)


def test_a_change_that_rests_on_a_clash_joins_it(world):
    _, mine = clash(world)

    [next_one] = world.receive(change(world, world.house_1, saw=str(mine.id), number="202"), by=world.lin)

    assert next_one.outcome == "clash"


def test_a_clash_is_settled_by_a_new_change_that_stands_for_it(world):
    theirs, mine = clash(world)

    settling = change(world, world.house_1, saw=str(theirs.id), number="201", instead_of=[mine.id])
    [receipt] = world.receive(settling, by=world.lin)

    assert (receipt.outcome, number_of(world.house_1)) == ("accepted", "201")
    assert Tray.objects.get(id=mine.id).outcome == "settled"


def test_letting_it_stand_settles_too_and_twice_is_answered_already(world):
    theirs, mine = clash(world)
    first, second = (
        world.pen.item(Settled1(), unit=VILLAGE_A, by=who, on=TODAY, instead_of=[mine.id])
        for who in (world.lin, world.sec)
    )

    assert world.receive(first, by=world.lin)[0].outcome == "accepted"
    assert world.receive(second, by=world.sec)[0].code == "already"
    [late] = world.receive(
        change(world, world.house_1, saw=str(theirs.id), number="3", instead_of=[mine.id]), by=world.lin
    )
    assert (late.outcome, late.code) == ("clash", "already")


def test_a_visit_put_right_meets_the_first_one_where_that_came_in_after_all(world):
    pen, house = world.pen, world.house_1
    need = pen.new_id()
    words = pen.seal(need, "想修水渠")
    heard = [NeedHeard(need=need, sort="water", words=words.digest, household=house.id)]
    body = Visit1(channel="visit", households=[house.id], outcome="met", needs=heard)
    first = pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY + timedelta(days=1), sealed=[words])
    [refused] = world.receive(first, by=world.lin)
    assert (refused.outcome, refused.code) == ("refused", "day_not_come")
    right = pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words], instead_of=[refused.id])
    assert world.receive(first, by=world.lin, at=NOON + timedelta(days=1))[0].outcome == "accepted"

    [late] = world.receive(right, by=world.lin, at=NOON + timedelta(days=1))

    assert (late.outcome, late.code) == ("clash", "already")


def test_nobody_settles_what_is_another_units(world):
    _, mine = clash(world)

    item = world.pen.item(Settled1(), unit=world.village_b.id, by=world.ma, on=TODAY, instead_of=[mine.id])
    [receipt] = world.receive(item, by=world.ma)

    assert (receipt.outcome, receipt.code) == ("refused", "not_in_this_unit")
    assert Tray.objects.get(id=mine.id).outcome == "clash"


def test_a_change_on_top_of_an_unsent_one_waits_for_it(world):
    unsent = world.pen.new_id()
    second = change(world, world.house_1, saw=str(unsent), number="9")
    assert world.receive(second, by=world.lin)[0].outcome == "waits"

    first = change(world, world.house_1, number="8", id=unsent)
    world.receive(first, by=world.lin)

    assert number_of(world.house_1) == "9"


def test_a_change_onto_a_name_that_was_merged_away_clashes(world):
    seen = wording(world.house_2, "number")
    saw = {
        f"{house.id}.{name}": value
        for house in (world.house_1, world.house_2)
        for name, value in json.loads(Household.objects.get(id=house.id).wordings).items()
    }
    merger = Merger1(sort="household", gone=world.house_2.id, stays=world.house_1.id)
    [merged] = world.receive(world.pen.item(merger, unit=VILLAGE_A, by=world.lin, on=TODAY, saw=saw), by=world.lin)

    [late] = world.receive(change(world, world.house_2, saw=seen, number="7"), by=world.lin)

    assert (merged.outcome, late.outcome) == ("accepted", "clash")
    assert Household.objects.get(id=world.house_2.id).called == world.house_1.id


def test_an_undone_merger_gives_the_name_back(world):
    saw = {
        f"{house.id}.{name}": value
        for house in (world.house_1, world.house_2)
        for name, value in json.loads(Household.objects.get(id=house.id).wordings).items()
    }
    before = Household.objects.filter(id=world.house_2.id).values().get()
    merger = Merger1(sort="household", gone=world.house_2.id, stays=world.house_1.id)
    [merged] = world.receive(world.pen.item(merger, unit=VILLAGE_A, by=world.lin, on=TODAY, saw=saw), by=world.lin)

    undone = world.pen.item(
        None, kind="merger", unit=VILLAGE_A, by=world.lin, on=TODAY, corrects=merged.id,
        saw={f"{merged.id}.wording": str(merged.id)},
    )  # fmt: skip
    world.receive(undone, by=world.lin)

    assert Household.objects.filter(id=world.house_2.id).values().get() == before


# ---------------------------------------------------------------- corrections and withdrawals


def restate(world, body, *, by=None, saw=None, sealed=()):
    last = saw or Entry.objects.filter(first=world.visit).order_by("seq").last().id
    return world.pen.item(
        body, kind="visit", unit=VILLAGE_A, by=by or world.lin, on=TODAY, corrects=world.visit, sealed=sealed,
        saw={f"{world.visit}.wording": str(last)},
    )  # fmt: skip


def test_a_correction_restates_the_whole_and_stands_in_the_place_of_its_first(world):
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met")

    [receipt] = world.receive(restate(world, body), by=world.lin)

    assert receipt.posted == {"visits": 1}
    line = Visit.objects.get(household=world.house_1.id)
    assert (line.entry, line.kind, line.on) == (world.visit, "phone_call", TODAY)


def test_a_correction_keeps_words_by_naming_their_digest(world):
    [old] = Sealed.objects.filter(about=world.house_1.id, text__contains="水渠").values_list("digest", flat=True)
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met", words=old)

    [receipt] = world.receive(restate(world, body), by=world.lin)

    assert (receipt.outcome, Visit.objects.get(entry=world.visit).words) == ("accepted", old)


def test_a_withdrawn_visit_leaves_no_line(world):
    [receipt] = world.receive(restate(world, None), by=world.lin)

    assert (receipt.outcome, receipt.posted) == ("accepted", {})
    assert not Visit.objects.filter(entry=world.visit).exists()


def test_a_second_withdrawal_is_not_needed(world):
    world.receive(restate(world, None), by=world.lin)

    assert world.receive(restate(world, None), by=world.lin)[0].code == "withdrawn_already"


def test_a_correction_of_what_was_corrected_meanwhile_clashes(world):
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met")
    stale = restate(world, Visit1(channel="visit", households=[world.house_1.id], outcome="nobody_home"))
    world.receive(restate(world, body), by=world.lin)

    assert world.receive(stale, by=world.lin)[0].outcome == "clash"


@pytest.mark.parametrize("who", ["sec", "wang", "ma"])
def test_while_its_author_is_posted_nobody_else_corrects_an_entry(world, who):
    account = getattr(world, who)
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met")

    [receipt] = world.receive(restate(world, body, by=account), by=account)

    assert receipt.outcome == "refused"


def test_a_corrected_visit_moves_to_the_other_household_and_leaves_no_trace_in_the_first(world):
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", told_by="seen")

    world.receive(restate(world, body), by=world.lin)

    assert not Visit.objects.filter(household=world.house_1.id).exists()
    assert Visit.objects.get(household=world.house_2.id).entry == world.visit


def test_words_go_only_where_a_kind_lets_them(world):
    part = world.pen.seal(world.house_1.id, "只给自己看", Audience.DESK)
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", words=part.digest)

    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[part]), by=world.lin)

    assert receipt.code == "part_not_named"
