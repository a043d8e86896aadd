"""Households are found by any name, reading, phone or number of theirs, in the order of villages and numbers."""

import pytest

from concerto.faces.desk.writing import seen
from concerto.groundwork.ids import uuid7
from concerto.journal.kinds.households import Home, Household1, Merger1
from concerto.journal.kinds.people import Resident1
from concerto.register.access import sight_of
from concerto.register.models import Household
from concerto.register.search import (
    Filters,
    Place,
    after,
    groups_of,
    households,
    listed,
    people_met,
    places_of,
    villages_of,
)
from tests.cast import NOON, TODAY, VILLAGE_A

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(world):
    """Ask as somebody for what fits a text, and get the numbers of the households."""

    def ask(account, text="", **narrowed):
        sight = sight_of(account, TODAY)
        villages = [village.id for village in villages_of(sight)]
        rows = households(sight, Filters(**narrowed), villages=villages, text=text)
        return [(row.village == VILLAGE_A, row.number) for row in rows]

    return ask


def live_in(world, number, *names, village=VILLAGE_A, group=""):
    """Let a household of these people come into the register."""
    pen, house = world.pen, world.pen.new_id()
    items = [pen.item(Household1(household=house, village=village, number=number, group=group), unit=village)]
    for name in names:
        person = pen.new_id()
        named = pen.seal(person, name)
        body = Resident1(resident=person, name=named.digest, home=Home(household=house, relation="other"))
        items.append(pen.item(body, unit=village, sealed=[named]))
    assert all(receipt.stands for receipt in world.receive(*items))
    return house


@pytest.mark.parametrize(
    "text",
    [
        "阿依努尔·木拉提",
        "阿依努尔",
        "木拉提",
        "努尔",
        "ayinuer",
        "ayne",
        "aynemlt",
        "mlths",
        "7715",
        "10020047715",
        "1",
    ],
)
def test_a_household_is_found_by_any_way_people_name_it(found, lin, text):
    assert (True, "1") in found(lin, text)


@pytest.mark.parametrize("text", ["", "   "])
def test_looking_for_nothing_lists_all_in_order(found, lin, text):
    assert found(lin, text.strip()) == [(True, "1"), (True, "2"), (True, "3")]


@pytest.mark.parametrize("text", ["马福来", "4444", "zzz", "%", "_", "'", "12"])
def test_what_fits_nobody_in_sight_finds_nothing(found, lin, text):
    assert found(lin, text) == []


def test_rare_signs_and_other_scripts_are_found_as_they_are_written(found, world, lin):
    live_in(world, "7", "𠮷田明", "ەركىن")
    assert found(lin, "𠮷") == [(True, "7")]
    assert found(lin, "ەر") == [(True, "7")]


def test_numbers_stand_as_people_count_and_who_has_none_stands_last(found, world, lin):
    for number in ("10", "", "9"):
        live_in(world, number, "某某")
    assert [number for _, number in found(lin)] == ["1", "2", "3", "9", "10", ""]


def test_an_organizer_sees_village_after_village_by_code(found, wang):
    assert found(wang) == [(True, "1"), (True, "2"), (True, "3"), (False, "1")]


def test_who_opens_no_cards_finds_nobody(found, zhou, gao, adm, newcomer):
    for account in (zhou, gao, adm, newcomer):
        assert found(account, "1") == []
        assert people_met(sight_of(account, TODAY), "阿依努尔") == []


def test_the_list_narrows_by_group_season_and_helper(found, world, lin):
    live_in(world, "8", "某某", group="2组")
    assert found(lin, group="2组") == [(True, "8")]
    assert found(lin, season="town") == [(True, "1")]
    assert found(lin, helped="yes") == [(True, "1")]
    assert (True, "1") not in found(lin, helped="no")
    assert groups_of(sight_of(lin, TODAY), None) == ["2组"]


def test_a_page_goes_on_behind_its_last_household(world, wang):
    sight = sight_of(wang, TODAY)
    asked = households(sight, Filters(), villages=[village.id for village in villages_of(sight)])
    rows = list(asked)
    assert [row.id for row in after(asked, rows[1].id)] == [row.id for row in rows[2:]]
    assert [row.id for row in after(asked, uuid7(NOON))] == [row.id for row in rows]


def test_who_lived_under_a_merged_name_is_found_under_the_name_that_stays(found, world, lin):
    gone, stays = world.house_2.id, world.house_3.id
    rows = {row.id: row for row in Household.objects.filter(id__in=[gone, stays])}
    saw = {**seen(gone, rows[gone].wordings), **seen(stays, rows[stays].wordings)}
    item = world.pen.item(Merger1(sort="household", gone=gone, stays=stays), unit=VILLAGE_A, saw=saw)
    assert world.receive(item)[0].stands
    assert found(lin, "王建国") == [(True, "3")]
    [line] = listed(sight_of(lin, TODAY), [Household.objects.get(id=stays)])
    assert line.people == 2


def test_a_list_asks_as_often_for_many_as_for_one(world, lin, django_assert_num_queries):
    sight, rows = sight_of(lin, TODAY), list(Household.objects.filter(village=VILLAGE_A))
    with django_assert_num_queries(2):
        listed(sight, rows[:1])
    with django_assert_num_queries(2):
        assert len(listed(sight, rows)) == 3


def test_usual_places_are_read_in_the_order_they_were_written(house_1):
    row = Household.objects.get(id=house_1.id)
    assert list(places_of(row)) == [Place("town", 10, 4, "县城三区 5 号")]
