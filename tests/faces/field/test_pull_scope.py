"""What a phone is told when its villages, or the households in them, are others: nothing stays that is not its own."""

import json
from datetime import timedelta

import msgspec
import pytest
from django.utils.formats import date_format

from concerto.faces.desk.needs.matter import owners_of
from concerto.faces.field import pulling, wire
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import Household1, HouseholdChange1
from concerto.journal.kinds.postings import Absence, PostingChange1
from concerto.places import devices
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.register.models import Posting
from tests.cases import Matter
from tests.cast import NOON, TODAY, VILLAGE_A, VILLAGE_B

from .phone import ask, enrolled
from .pulls import Reading, move, post, record, take, visit, wording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reading(world) -> Reading:
    return Reading(enrolled(world.lin))


def test_what_moves_away_goes_and_nothing_else_is_named(world, reading):
    reading.catch_up()
    move(world, world.house_2, VILLAGE_B)
    record(world, Household1(household=world.pen.new_id(), village=VILLAGE_B), unit=VILLAGE_B)
    saw = {"saw": {f"{world.house_4.id}.number": wording(world.house_4.id, "number")}}
    record(world, HouseholdChange1(household=world.house_4.id, number="9"), unit=VILLAGE_B, **saw)
    page = reading.ask()
    assert (page.gone, page.cards) == ([world.house_2.id], [])
    reading.keep(page)
    assert world.house_2.id not in reading.cards
    assert reading.ask().gone == []


def test_what_moves_away_before_a_phone_first_asks_is_never_named(world, reading):
    move(world, world.house_2, VILLAGE_B)
    [page] = reading.catch_up()
    assert page.gone == []
    assert world.house_2.id not in reading.cards


def test_a_move_that_is_taken_back_takes_the_card_along(world, reading):
    entry = move(world, world.house_4, VILLAGE_A)
    reading.catch_up()
    assert world.house_4.id in reading.cards
    taken = {"kind": "household_change", "corrects": str(entry), "saw": {f"{entry}.wording": str(entry)}}
    take(world, world.pen.item(None, unit=VILLAGE_A, on=TODAY, **taken))
    reading.catch_up()
    assert world.house_4.id not in reading.cards


def test_who_stands_in_is_named_while_they_do_and_on_lines_after(world, reading):
    row = Posting.objects.get(id=world.postings["sec"])
    away = Absence(since=TODAY - timedelta(days=1), until=TODAY + timedelta(days=3), deputy=world.ma.id)
    change = PostingChange1(posting=row.id, absences=[away])
    wordings = json.loads(row.wordings)
    record(world, change, unit=row.unit, saw={f"{row.id}.absences": wordings["absences"]})
    [page] = reading.catch_up()
    assert page.about is not None
    assert page.about.people[str(world.ma.id)] == "马兰"
    later = reading.ask(at=NOON + timedelta(days=5)).about
    assert later is not None
    assert (str(world.ma.id) in later.people, later.others[str(world.ma.id)]) == (False, "马兰")


def test_a_new_grant_is_filled_from_zero(world, reading):
    reading.catch_up()
    post(world, VILLAGE_B)
    pages = reading.catch_up()
    assert world.house_4.id in reading.cards
    assert [grant.name for grant in pages[0].about.grants] == ["上泉村", "中泉村"]


def test_each_village_names_who_may_see_to_its_needs_as_the_desk_does(world, reading):
    post(world, VILLAGE_B)
    grants = reading.catch_up()[0].about.grants
    sight = sight_of(world.lin, TODAY)
    for grant in grants:
        assert {str(one) for one in grant.workers} == {key for key, _name in owners_of(sight, grant.id)}
    one, other = grants
    assert set(one.workers) != set(other.workers)


def test_a_grant_ends_with_its_last_day_though_no_entry_says_so_that_day(world, reading):
    post(world, VILLAGE_B, until=TODAY + timedelta(days=3))
    reading.catch_up()
    assert world.house_4.id in reading.cards
    [page] = reading.catch_up(at=NOON + timedelta(days=4))
    assert page.cursors.keys() == {VILLAGE_A}
    assert world.house_4.id not in reading.cards


def test_a_grant_begins_on_its_day_though_no_entry_says_so_that_day(world, reading):
    post(world, VILLAGE_B, since=TODAY + timedelta(days=3))
    reading.catch_up()
    assert world.house_4.id not in reading.cards
    reading.catch_up(at=NOON + timedelta(days=4))
    assert world.house_4.id in reading.cards


def test_a_household_that_moves_between_two_grants_stays_wherever_the_page_was_cut(world, reading, monkeypatch):
    post(world, VILLAGE_B)
    reading.catch_up()
    move(world, world.house_2, VILLAGE_B)
    monkeypatch.setattr(pulling, "MOST_CARDS", 1)
    visit(world, reading.phone, world.house_1)
    while True:
        page = reading.ask()
        assert world.house_2.id not in page.gone
        reading.keep(page)
        assert world.house_2.id in reading.cards
        if not page.more:
            break
    assert reading.cards[world.house_2.id]["village"] == str(VILLAGE_B)


def test_what_moved_into_a_new_grant_that_ended_before_it_was_filled_leaves_with_it(world, reading, monkeypatch):
    reading.catch_up()
    move(world, world.house_2, VILLAGE_B)
    visit(world, reading.phone, world.house_1)
    post(world, VILLAGE_B, until=TODAY)
    monkeypatch.setattr(pulling, "MOST_CARDS", 1)
    cut = reading.ask()
    assert (cut.more, cut.cursors.keys()) == (True, {VILLAGE_A, VILLAGE_B})
    reading.keep(cut)
    reading.catch_up(at=NOON + timedelta(days=1))
    assert world.house_2.id not in reading.cards


def test_who_organizes_the_township_carries_no_cards(world):
    organizer = Reading(enrolled(world.wang))
    [page] = organizer.catch_up()
    assert (page.device, page.cursors, page.cards) == ("in_use", {}, [])


def test_a_phone_reported_lost_is_told_nothing_more_in_any_session_and_may_still_send(world, reading):
    reading.catch_up()
    devices.report_lost(reading.phone.device, TODAY)
    with pytest.raises(Refused, match="phone_lost"):
        reading.ask()
    asked = wire.Lacking(reading.phone.device.id, reading.phone.ticket, reading.phone.owner.id, [])
    with pytest.raises(Refused, match="phone_lost"):
        pulling.lacking(asked, account=reading.phone.owner, at=NOON)
    assert reading.phone.push().device == "in_use"  # it is not wiped before it has handed over what it has


def test_a_phone_reported_lost_and_then_taken_out_of_use_hears_it_in_a_session_too(world, reading):
    reading.catch_up()
    devices.report_lost(reading.phone.device, TODAY)
    devices.revoke(reading.phone.device, TODAY)
    page = reading.ask()
    assert (page.device, page.cards, page.cursors) == ("revoked", [], {})


def test_a_revoked_phone_and_one_whose_person_is_posted_no_more_get_no_card(world, reading, client):
    devices.revoke(reading.phone.device, TODAY)
    page = reading.ask()
    assert (page.device, page.cards, page.cursors, page.about) == ("revoked", [], {}, None)
    other = Reading(enrolled(world.ma))
    posting = world.postings["ma"]
    seen = json.loads(Posting.objects.get(id=posting).wordings)["until"]
    ends = PostingChange1(posting=posting, until=TODAY - timedelta(days=1))
    record(world, ends, unit=world.branch_b.id, saw={f"{posting}.until": seen})
    page = other.ask()
    assert (page.device, page.cards, page.cursors) == ("ended", [], {})
    for account, posted in ((world.ma, False), (world.lin, True)):  # a phone is set up by nobody whose work has ended
        client.force_login(account)
        told = ask(client, "hello", {}).json()["signed_in"]
        assert told["posted"] is posted
        assert (date_format(TODAY - timedelta(days=1), "DATE_FORMAT") in told.get("why", "")) is not posted
    client.force_login(Account.objects.create(name="nobody-yet", called="新来", log=world.ma.log, made_at=NOON))
    assert "派驻" not in ask(client, "hello", {}).json()["signed_in"]["why"]


def test_nobody_asks_for_another(world, reading):
    with pytest.raises(Refused) as wrong:
        reading.ask(session=world.ma)
    assert wrong.value.code == "other_person"
    stranger = wire.Pull(world.pen.new_id(), "not a ticket of ours", world.lin.id)
    with pytest.raises(Refused) as wrong:
        pulling.pull(stranger, account=world.lin, at=NOON)
    assert wrong.value.code == "unknown_device"


def test_a_card_that_moved_between_two_own_villages_keeps_its_own_number_on_any_page(world, reading, monkeypatch):
    post(world, VILLAGE_B)
    reading.catch_up()
    monkeypatch.setattr(pulling, "MOST_CARDS", 1)
    move(world, world.house_4, VILLAGE_A)
    saw = {"saw": {f"{world.house_4.id}.number": wording(world.house_4.id, "number")}}
    record(world, HouseholdChange1(household=world.house_4.id, number="9"), **saw)
    reading.catch_up()
    assert reading.cards[world.house_4.id]["seq"] == reading.head.seq


def test_no_phone_is_told_of_a_case_its_mediator_s_neither(world):
    readings = [Reading(enrolled(account)) for account in (world.lin, world.med)]
    for one in readings:
        one.catch_up()
    matter = Matter(world)
    matter.consent(matter.a)
    for one in readings:
        told = "".join(msgspec.json.encode(page).decode() for page in one.catch_up())
        for words in ("杨春生", "界桩", str(matter.id), str(matter.a)):
            assert words not in told
