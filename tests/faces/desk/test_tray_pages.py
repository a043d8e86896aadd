"""What is not in the book: two versions side by side, what was sent back and mended, what waits, whose yes it needs."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from concerto.groundwork import clock
from concerto.journal.kinds.households import Home, HouseholdChange1
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Tray
from concerto.register.models import Household, Resident
from tests.cast import TODAY, VILLAGE_A

from .browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(world, house_1, home):
    """Two people who opened the same form before either sent it: the second one's answer."""

    def meet(name, thing, first, second):
        lin, sec = (Browser(Desk(Client()), account) for account in (world.lin, world.sec))
        mine, theirs = sec.filled(name, thing, **second), lin.filled(name, thing, **first)
        assert lin.post(name, thing, data=theirs).status_code == 302
        return sec, sec.post(name, thing, data=mine)

    return meet


class Desk:
    """A desk with a browser of its own."""

    def __init__(self, client):
        self.client = client

    def of(self, account):
        """Sign somebody in."""
        self.client.force_login(account)
        return self.client


def phones(house):
    """The phones of a household's head."""
    return json.loads(Resident.objects.get(id=house.head).phones)


@pytest.fixture
def clash(both, house_1):
    """The secretary's browser, before a clash over a phone number; their change of the spelling meets nobody's."""
    sec, answer = both(
        "resident-change", house_1.head, {"phones": "10020048857"}, {"phones": "10020048851", "aliases": "Aynur"}
    )
    row = Tray.objects.get()
    assert answer.url.endswith(f"/tray/{row.id}/")
    return sec, row.id


def test_a_clash_leads_to_both_sides_in_plain_words(clash):
    sec, entry = clash
    text = sec.text("clash", entry)
    for words in ("10020048851", "10020048857", "10020047715", "您和林晓写得不一样", "Aynur"):
        assert words in text
    assert str(entry) in sec.text("tray")
    assert "seen_differently" not in sec.text("tray")  # there the words are enough


@pytest.mark.parametrize(
    ("keep", "kept"),
    [
        ("mine", ["10020048851"]),
        ("theirs", ["10020048857"]),
        ("both", ["10020048857", "10020048851"]),
    ],
)
def test_a_clash_is_settled_by_one_entry_and_nothing_else_is_lost(clash, house_1, keep, kept):
    sec, entry = clash
    answer = sec.send("clash", entry, keep__phones=keep)
    assert answer.status_code == 302
    assert phones(house_1) == kept
    assert json.loads(Resident.objects.get(id=house_1.head).aliases) == ["Aynur"]
    assert Tray.objects.get().outcome == "settled"
    newest = json.loads(Entry.objects.order_by("-seq").first().said)
    assert newest["instead_of"] == [str(entry)]
    assert str(entry) not in sec.text("tray")


def test_letting_everything_stand_is_an_entry_that_says_so(both, house_1):
    sec, _ = both("household-change", house_1.id, {"number": "21"}, {"number": "22"})
    entry = Tray.objects.get().id
    sec.send("clash", entry, keep__number="theirs")
    assert Household.objects.get(id=house_1.id).number == "21"
    assert Entry.objects.filter(kind="settled").count() == 1


@pytest.mark.parametrize("keep", ["mine", "theirs", "both"])
def test_a_second_click_settles_nothing_twice(clash, keep):
    sec, entry = clash
    data = sec.filled("clash", entry, keep__phones=keep)
    before = Entry.objects.count()
    assert [sec.post("clash", entry, data=data).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.count() == before + 1
    assert not Tray.objects.exclude(outcome="settled").exists()


def test_a_choice_that_was_not_made_is_asked_for(clash):
    sec, entry = clash
    assert sec.send("clash", entry).status_code == 422
    assert sec.send("clash", entry, keep__phones="nobody").status_code == 422


def test_who_changes_it_meanwhile_is_met_once_more(clash, world, house_1, client):
    sec, entry = clash
    data = sec.filled("clash", entry, keep__phones="mine")
    Browser(Desk(client), world.lin).send("resident-change", house_1.head, phones="10020040000")
    answer = sec.post("clash", entry, data=data)
    assert answer.status_code == 302
    newer = Tray.objects.exclude(id=entry).get()
    assert answer.url.endswith(f"/tray/{newer.id}/")
    sec.send("clash", newer.id, keep__phones="mine")
    assert phones(house_1) == ["10020048851"]
    assert not Tray.objects.exclude(outcome="settled").exists()


def test_a_merger_that_met_a_change_is_decided_as_a_whole(world, house_1, house_2, home):
    lin, sec = (Browser(Desk(Client()), account) for account in (world.lin, world.sec))
    data = sec.filled("household-merge-with", house_1.id, house_2.id, stays=str(house_1.id))
    lin.send("household-change", house_2.id, number="22")
    assert sec.post("household-merge-with", house_1.id, house_2.id, data=data).status_code == 302
    entry = Tray.objects.get().id
    assert "22" in sec.text("clash", entry)
    sec.send("clash", entry, keep__all="mine")
    assert Household.objects.get(id=house_2.id).called == house_1.id


def test_the_entry_of_somebody_else_is_not_there(clash, world, client):
    _, entry = clash
    lin = Browser(Desk(client), world.lin)
    for name in ("clash", "tray-let-go"):
        assert lin.open(name, entry).status_code == 404
    assert lin.client.post(f"/tray/{entry}/again/").status_code == 404
    assert str(entry) not in lin.text("tray")


# ---------------------------------------------------------------- sent back, waiting, somebody's yes


@pytest.fixture
def lin_at_desk(desk, lin, home):
    """The instructor's browser."""
    return Browser(desk, lin)


def refused(world, house):
    """An entry of the instructor's that was sent back: its day has not come."""
    saw = json.loads(Household.objects.get(id=house.id).wordings)
    body = HouseholdChange1(household=house.id, number="33")
    item = world.pen.item(
        body,
        unit=VILLAGE_A,
        by=world.lin,
        on=clock.today() + timedelta(days=366),
        saw={f"{house.id}.number": saw["number"]},
    )
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert (receipt.outcome, receipt.code) == ("refused", "day_not_come")
    return receipt.id


def test_what_was_sent_back_is_mended_with_what_was_typed(lin_at_desk, world, house_1):
    entry = refused(world, house_1)
    mend = f"?instead_of={entry}"
    assert mend in lin_at_desk.text("tray")
    data = lin_at_desk.filled("household-change", house_1.id, at=mend)
    assert data["number"] == ["33"]
    assert lin_at_desk.post("household-change", house_1.id, data=data).status_code == 302
    assert Household.objects.get(id=house_1.id).number == "33"
    assert Tray.objects.get().outcome == "settled"


def test_what_is_let_go_is_off_the_list_and_not_recorded(lin_at_desk, world, house_1):
    entry = refused(world, house_1)
    data = lin_at_desk.filled("tray-let-go", entry)
    assert [lin_at_desk.post("tray-let-go", entry, data=data).status_code for _ in range(2)] == [302, 302]
    assert str(entry) not in lin_at_desk.text("tray")
    assert Household.objects.get(id=house_1.id).number == "1"
    assert Entry.objects.filter(kind="settled").count() == 1


def test_what_waits_says_so_and_can_be_sent_again(lin_at_desk, world):
    unknown = world.pen.new_id()
    body = Visit1(channel="visit", households=[unknown], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.outcome == "waits"
    assert str(receipt.id) in lin_at_desk.text("tray")
    assert lin_at_desk.client.post(f"/tray/{receipt.id}/again/").status_code == 302
    assert Tray.objects.get().outcome == "waits"


def test_what_somebody_else_brought_waits_for_its_authors_yes(lin_at_desk, world, house_1):
    body = Visit1(channel="visit", households=[house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    [receipt] = world.receive(item, by=world.sec)
    assert receipt.code == "not_the_author"
    assert lin_at_desk.client.post(f"/tray/{receipt.id}/again/").status_code == 302
    assert Entry.objects.filter(id=receipt.id).exists()
    assert not Tray.objects.exists()


def test_words_that_are_not_kept_are_nowhere_and_can_be_let_go(lin_at_desk, world, house_1):
    words = world.pen.seal(house_1.id, "他是重点人员")
    body = Visit1(channel="visit", households=[house_1.id], outcome="met", words=words.digest)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words])
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.code == "not_kept_here"
    assert "重点人员" not in lin_at_desk.text("tray")
    assert lin_at_desk.send("tray-let-go", receipt.id).status_code == 302


def test_an_empty_tray_says_so(lin_at_desk):
    assert 'class="empty"' in lin_at_desk.text("tray")


def test_a_visit_that_was_sent_back_stands_in_its_form_again(lin_at_desk, world, house_1):
    words = world.pen.seal(house_1.id, "水渠还没有修")
    body = Visit1(channel="phone_call", households=[house_1.id], outcome="met", met=[house_1.head], words=words.digest)
    soon = clock.today() + timedelta(days=366)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=soon, sealed=[words])
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.code == "day_not_come"
    data = lin_at_desk.filled("visit-new", house_1.id, at=f"?instead_of={receipt.id}", day="today")
    assert data["channel"] == ["phone_call"]
    assert data["met"] == [str(house_1.head)]
    answer = lin_at_desk.post("visit-new", house_1.id, data=data)
    assert answer.status_code == 302
    assert Tray.objects.get().outcome == "settled"


def test_a_correction_that_met_another_one_leads_to_both_sides(world, house_1, home):
    lin, again = (Browser(Desk(Client()), world.lin) for _ in range(2))
    first = lin.filled("entry-correct", world.visit, channel="phone_call")
    second = again.filled("entry-correct", world.visit, change="")
    assert lin.post("entry-correct", world.visit, data=first).status_code == 302
    answer = again.post("entry-correct", world.visit, data=second)
    entry = Tray.objects.get().id
    assert answer.url.endswith(f"/tray/{entry}/")
    assert "您写了两次，写得不一样" in again.text("clash", entry)
    assert again.send("clash", entry, keep__all="mine").status_code == 302
    said = json.loads(Entry.objects.filter(first=world.visit).order_by("-seq").first().said)
    assert (said["body"]["channel"], said["instead_of"]) == ("visit", [str(entry)])


def test_a_clash_about_a_household_that_has_moved_away_shows_nothing_of_it(clash, world, house_1, client):
    sec, entry = clash
    Browser(Desk(client), world.lin).send("household-move", house_1.id, village=str(world.village_b.id))
    answer = sec.open("clash", entry)
    assert answer.url.endswith(f"/tray/{entry}/let-go/")
    text = sec.text("tray-let-go", entry)
    assert "10020048857" not in text
    assert "阿依努尔" not in sec.text("tray")


def test_from_above_the_other_side_of_a_clash_is_masked(world, house_1, house_2, home):
    lin, wang = (Browser(Desk(Client()), account) for account in (world.lin, world.wang))
    data = wang.filled("resident-merge-with", house_1.head, house_2.head, stays=str(house_1.head))
    lin.send("resident-change", house_1.head, phones="10020048857")
    assert wang.post("resident-merge-with", house_1.head, house_2.head, data=data).status_code == 302
    text = wang.text("clash", Tray.objects.get().id)
    assert "100****8857" in text
    assert "10020048857" not in text


def test_a_person_who_was_sent_back_is_typed_no_second_time(lin_at_desk, world, house_1):
    person = world.pen.new_id()
    sealed = [world.pen.seal(person, text) for text in ("加那尔", "10020047716", "a" * 64)]
    body = Resident1(
        resident=person,
        name=sealed[0].digest,
        phones=[sealed[1].digest],
        identity=sealed[2].digest,
        home=Home(household=house_1.id, relation="child"),
    )
    soon = clock.today() + timedelta(days=366)
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=soon, sealed=sealed)
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    data = lin_at_desk.filled("resident-new", house_1.id, at=f"?instead_of={receipt.id}")
    assert (data["name"], data["phones"], data["relation"]) == (["加那尔"], ["10020047716"], ["child"])
    assert data["identity"] == [""]
    assert lin_at_desk.post("resident-new", house_1.id, data=data).status_code == 302
    assert Resident.objects.filter(name="加那尔", household=house_1.id).exists()
    assert Tray.objects.get().outcome == "settled"


def test_what_one_wrote_twice_names_nobody_else(world, house_1, home):
    here, there = (Browser(Desk(Client()), world.sec) for _ in range(2))
    mine = there.filled("household-change", house_1.id, number="22")
    here.send("household-change", house_1.id, number="21")
    there.post("household-change", house_1.id, data=mine)
    text = there.text("clash", Tray.objects.get().id)
    assert "您写了两次，写得不一样" in text
    assert "您另一次写的" in text
    assert f"{world.sec.called} 写" not in text


def test_an_organizer_is_told_to_record_the_posting_themselves(world, home, house_1):
    wang = Browser(Desk(Client()), world.wang)
    item = world.pen.item(
        Visit1(channel="visit", households=[house_1.id], outcome="nobody_home"),
        unit=VILLAGE_A,
        by=world.wang,
        on=TODAY.replace(year=2020),
    )
    world.receive(item, by=world.wang, at=clock.now())
    assert Tray.objects.get().code == "not_posted_there"
    text = wang.text("tray")
    assert "请乡里" not in text
    assert f"/postings/new/?person={world.wang.id}&amp;unit={VILLAGE_A}" in text
