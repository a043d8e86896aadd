"""Entries that no engine or clock could take are refused in words, and never stop what comes with them."""

from datetime import date

import pytest

from concerto.conductor.drafts import read_item
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import Home, Household1
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.kinds.visit import LEAD_SORTS, LeadHeard, Visit1
from concerto.journal.models import Tray
from concerto.journal.said import Audience, Item
from concerto.parts.disputes.models import Lead
from concerto.register.models import Membership, Resident
from tests.cast import TODAY, VILLAGE_A

pytestmark = pytest.mark.django_db


def good(world) -> Item:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    return world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)


def beside_a_good_one(world, bad: Item, *, by=None):
    """Bring an entry together with one that nothing is wrong with, which is taken in any case."""
    told, taken = world.receive(bad, good(world), by=by or world.lin)
    assert taken.outcome == "accepted"
    return told


@pytest.mark.parametrize(
    "instant", ["2026-02-31T08:00:00.000Z", "0000-00-00T00:00:00.000Z", "2026-06-01T25:00:00.000Z"]
)
def test_an_instant_that_never_was_is_refused(world, instant):
    item = good(world)
    said = item.said.replace('"recorded_at":"2026-07-01T04:30:00.000Z"', f'"recorded_at":"{instant}"')

    assert beside_a_good_one(world, Item(said)).code == "not_understood"


@pytest.mark.parametrize("depth", [260, 800, 3000])
def test_an_entry_folded_into_itself_without_end_is_refused(world, depth):
    said = good(world).said.replace('"households":[', '"households":[' + "[" * depth + "]" * depth + ",")

    assert beside_a_good_one(world, Item(said)).code == "not_as_a_phone_writes"


def test_words_that_hold_nothing_a_database_can_keep_are_refused(world):
    words = world.pen.seal(world.house_1.id, "水渠\x00塌了")
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", words=words.digest)
    bad = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words])

    receipt = beside_a_good_one(world, bad)

    assert (receipt.outcome, receipt.code) == ("refused", "not_as_a_phone_writes")
    assert Tray.objects.get(id=receipt.id).item


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "阿" * 121),
        ("born", "1990 年 1 月 3 日"),
        ("born", "1990-01-031"),
        ("identity", "110101199003070599"),
        ("identity", "g" * 64),
        ("phones", "10020047715" * 8),
        ("phones", "110101199003070599"),
        ("name", "王建国 110101199003070599"),
    ],
)
def test_a_name_phone_day_or_hash_that_is_none_is_refused(world, field, text):
    who = world.pen.new_id()
    name, other = world.pen.seal(who, "王建国"), world.pen.seal(who, text)
    parts = {"name": name.digest} | {field: [other.digest] if field == "phones" else other.digest}
    body = Resident1(resident=who, home=Home(world.house_1.id, "other"), **parts)
    sealed = [other] if field == "name" else [name, other]
    bad = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=sealed)

    receipt = beside_a_good_one(world, bad)

    assert receipt.outcome == "refused"
    assert receipt.code == ("identity_number_not_kept" if "110101" in text else "part_unfit")
    assert not Resident.objects.filter(id=who).exists()


def test_an_identity_number_in_the_place_of_a_phone_lies_in_no_tray(world):
    who = world.pen.new_id()
    name, number = world.pen.seal(who, "王建国"), world.pen.seal(who, "110101199003070599")
    body = Resident1(resident=who, home=Home(world.house_1.id, "other"), name=name.digest, phones=[number.digest])

    [receipt] = world.receive(
        world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[name, number]), by=world.lin
    )

    assert Tray.objects.get(id=receipt.id).item == ""


def test_ways_to_be_reached_are_named_once_each(world):
    body = Household1(household=world.pen.new_id(), village=VILLAGE_A, reached_by=["visit"] * 12)

    assert beside_a_good_one(world, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)).outcome == "refused"


def test_parts_of_a_posting_are_named_once_each(world):
    posting = world.postings["lin"]
    said = world.pen.item(
        PostingChange1(posting=posting, letter="7"), unit=world.branch_a.id, by=world.wang, on=TODAY
    ).said.replace('"letter":"7"', '"parts":[' + ",".join(['"assistance"'] * 12) + "]")

    [receipt] = world.receive(Item(said), by=world.wang)

    assert receipt.outcome == "refused"


@pytest.mark.parametrize("sort", LEAD_SORTS)
def test_every_sort_of_lead_has_its_line(world, sort):
    lead = world.pen.new_id()
    part = world.pen.seal(lead, "吵过", Audience.DESK)
    heard = LeadHeard(lead=lead, sort=sort, words=part.digest, household=world.house_1.id)
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", leads=[heard])

    world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[part]), by=world.lin)

    assert Lead.objects.get(id=lead).kind == sort


def test_somebody_who_moved_on_the_first_day_of_all_is_folded_like_everybody(world):
    who = world.house_1.head
    seen = Membership.objects.get(id=who).entry
    change = world.pen.item(
        _moved(who, world.house_2.id), unit=VILLAGE_A, by=world.lin, on=TODAY, saw={f"{who}.home": str(seen)}
    )

    assert beside_a_good_one(world, change).outcome == "accepted"
    assert Membership.objects.filter(id=who).count() == 2


def _moved(who, house):
    return ResidentChange1(resident=who, home=Home(house, "other", date.min))


def test_bytes_that_are_no_text_are_refused_in_words():
    with pytest.raises(Refused):
        read_item(b'{"said":"\xff"}')
