"""What stands on a phone's card, and how its fields name their wordings."""

import json
from datetime import timedelta

import msgspec
import pytest

from concerto.journal.kinds.households import Helper1, HelperChange1
from concerto.papers.cards.cards import Reader, cards_of, worded
from concerto.papers.cards.changed import changed_since
from concerto.register.models import HelperLink
from tests.cast import TODAY, TOWNSHIP, VILLAGE_A, VILLAGE_B
from tests.needs import AT


def test_the_wording_most_fields_share_stands_under_no_name():
    assert worded('{"a":"1","b":"1","c":"2"}', ("a", "b", "c")) == {"": "1", "c": "2"}


def test_where_a_field_was_never_given_each_of_the_others_is_named():
    assert worded('{"a":"1","b":"1"}', ("a", "b", "c")) == {"a": "1", "b": "1"}
    assert worded("{}", ("a",)) == {}


def test_wordings_of_fields_that_no_form_changes_are_left_out():
    assert worded('{"a":"1","called":"2"}', ("a",)) == {"": "1"}


@pytest.mark.django_db
def test_a_card_leaves_out_what_is_empty(world):
    _, names = changed_since(TOWNSHIP, {VILLAGE_A: 0})
    card = msgspec.json.decode(
        bytes(cards_of(TOWNSHIP, {world.house_3.id: 7}, names, Reader(world.lin.id, TODAY))[world.house_3.id])
    )
    assert card.keys() == {"id", "seq", "village", "number", "head", "w", "people"}
    assert card["seq"] == 7
    [person] = card["people"]
    assert person.keys() == {"id", "relation", "name", "find", "w"}
    assert json.dumps(person["find"]).isascii()


@pytest.mark.django_db
def test_households_are_given_by_village_in_the_order_of_their_numbers(world):
    changed, _ = changed_since(TOWNSHIP, {VILLAGE_A: 0, VILLAGE_B: 0})
    assert [one.household for one in changed[VILLAGE_B]] == [world.house_4.id]
    numbers = [one.seq for one in changed[VILLAGE_A]]
    assert numbers == sorted(numbers)
    assert len(numbers) == 3
    later, _ = changed_since(TOWNSHIP, {VILLAGE_A: numbers[1]})
    assert [one.seq for one in later[VILLAGE_A]] == numbers[2:]


@pytest.mark.django_db
def test_a_link_that_helps_nobody_yet_says_so(world):
    def helpers() -> list[dict[str, object]]:
        _, names = changed_since(TOWNSHIP, {VILLAGE_A: 0})
        cards = cards_of(TOWNSHIP, {world.house_1.id: 7}, names, Reader(world.lin.id, TODAY))
        told = msgspec.json.decode(bytes(cards[world.house_1.id]))["helpers"]
        told.sort(key=lambda one: one["since"])
        return [{name: one.get(name) for name in ("helps", "since", "helps_from")} for one in told]

    [first] = helpers()
    assert first == {"helps": None, "since": "2026-01-01", "helps_from": None}
    link = Helper1(link=world.pen.new_id(), household=world.house_1.id, helper=world.sec.id, since=TODAY)
    world.receive(world.pen.item(link, unit=VILLAGE_A, by=world.lin, on=TODAY), by=world.lin)
    assert helpers() == [first, {"helps": False, "since": TODAY.isoformat(), "helps_from": None}]
    later = TODAY + timedelta(days=3)
    saw = {f"{link.link}.agreement": json.loads(HelperLink.objects.get(id=link.link).wordings)["agreement"]}
    change = HelperChange1(link=link.link, household=world.house_1.id, agreement="agreed")
    item = world.pen.item(change, unit=VILLAGE_A, by=world.lin, on=later, at=AT, saw=saw)
    [receipt] = world.receive(item, by=world.lin, at=AT)
    assert receipt.stands
    assert helpers()[1] == {"helps": None, "since": TODAY.isoformat(), "helps_from": later.isoformat()}
