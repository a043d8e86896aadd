"""What others recorded and is not in the book has an owner: the township's organizer, who reads no sealed words."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from concerto.conductor.receive import receive
from concerto.faces.desk.tray.owners import of_township
from concerto.groundwork import clock
from concerto.journal.kinds.households import Home, HouseholdChange1
from concerto.journal.kinds.people import Resident1
from concerto.journal.kinds.visit import LeadHeard, NeedHeard, Visit1
from concerto.journal.models import Entry, Handed, Tray
from concerto.journal.said import Audience, read_said
from concerto.places.devices import enrol, revoke
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.register.models import Household, Resident
from tests.cases import Matter
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, Desk

from .browsing import Browser

pytestmark = pytest.mark.django_db
NEXT_YEAR = TODAY.replace(year=2030)
NOTE, NEED, LEAD = "渠水分得不匀", "想要一口新井", "两家为草场边界吵过"


@pytest.fixture
def wang(world, home):
    """The organizer's browser."""
    return Browser(Desk(Client()), world.wang)


@pytest.fixture
def lin(world, home):
    """The instructor's browser."""
    return Browser(Desk(Client()), world.lin)


def sent(world, body, *, by=None, on=NEXT_YEAR, sealed=(), outcome="refused", **more):
    """Bring an entry of the instructor's to the door, which does not take it."""
    author = by or world.lin
    item = world.pen.item(body, unit=VILLAGE_A, by=author, on=on, sealed=sealed, **more)
    [receipt] = world.receive(item, by=author, at=clock.now())
    assert receipt.outcome == outcome, receipt
    return receipt.id


def number_33(world, house, **more):
    """Change a household's number, on a day that has not come."""
    saw = json.loads(Household.objects.get(id=house.id).wordings)
    return sent(
        world, HouseholdChange1(household=house.id, number="33"), saw={f"{house.id}.number": saw["number"]}, **more
    )


def a_visit(world, house, **more):
    """Say that a visit was made at which words, a need and a lead were heard, on a day that has not come."""
    pen = world.pen
    need, lead = pen.new_id(), pen.new_id()
    note, wish = pen.seal(house.id, NOTE), pen.seal(need, NEED)
    heard = pen.seal(lead, LEAD, Audience.DESK)
    body = Visit1(
        channel="phone_call", households=[house.id], outcome="met", met=[house.head], words=note.digest,
        needs=[NeedHeard(need, "water", wish.digest, house.id)],
        leads=[LeadHeard(lead, "pasture_and_land", heard.digest, house.id)],
    )  # fmt: skip
    return sent(world, body, sealed=[note, wish, heard], **more)


def test_what_was_handed_over_stands_first_then_who_left_then_the_rest(wang, world, house_1, house_2):
    rest, handed = number_33(world, house_1), number_33(world, house_2)
    Handed.objects.create(log=TOWNSHIP, id=handed, at=NOON)
    left = sent(world, Visit1(channel="visit", households=[house_1.id], outcome="met"), by=world.newcomer, on=TODAY)
    text = wang.text("tray-township")
    assert text.index(str(handed)) < text.index(str(left)) < text.index(str(rest))
    for words in ("林晓", "新来", "day_not_come", "not_posted_there", "阿依努尔"):
        assert words in text
    assert str(len(Tray.objects.all())) in wang.text("tray")


def test_the_township_is_not_told_to_ask_the_township_but_led_to_the_form(wang, lin, world, house_1):
    visit = Visit1(channel="visit", households=[house_1.id], outcome="met")
    entry = sent(world, visit, by=world.newcomer, on=TODAY)
    for text in (wang.text("tray-township"), wang.text("tray-theirs", entry)):
        assert "请乡里" not in text
        assert "补记派驻" in text
    link = f"{reverse('desk:posting-new', args=[TOWNSHIP])}?person={world.newcomer.id}&amp;unit={VILLAGE_A}"
    assert link in wang.text("tray-theirs", entry)
    assert wang.text("posting-new", TOWNSHIP, at=f"?person={world.newcomer.id}&unit={VILLAGE_A}").count("selected") > 1


def test_list_and_page_name_one_day_and_say_which(wang, world, house_1):
    entry = number_33(world, house_1)
    for text in (wang.text("tray-township"), wang.text("tray-theirs", entry)):
        assert "2030年" in text
        assert "的事" in text
    assert "送到" in wang.text("tray-theirs", entry)
    assert "送到" not in wang.text("tray-township")


def test_what_its_author_can_still_settle_is_not_there(wang, world):
    waiting = sent(
        world,
        Visit1(channel="visit", households=[world.pen.new_id()], outcome="nobody_home"),
        on=TODAY,
        outcome="waits",
    )
    assert str(waiting) not in wang.text("tray-township")
    assert wang.open("tray-theirs", waiting).status_code == 404
    Tray.objects.filter(id=waiting).update(came_at=clock.stamp(clock.now() - timedelta(days=31)))
    assert str(waiting) in wang.text("tray-township")


def test_what_the_organizer_recorded_is_settled_on_their_own_page(wang, world, house_1):
    own = number_33(world, house_1, by=world.wang)
    assert str(own) not in wang.text("tray-township")
    assert wang.open("tray-theirs", own).status_code == 404


def test_no_sealed_word_and_nothing_of_a_lead_is_shown(wang, world, house_1):
    entry = a_visit(world, house_1)
    for text in (wang.text("tray-theirs", entry), wang.text("visit-new", house_1.id, at=f"?instead_of={entry}")):
        for words in (NOTE, NEED, LEAD):
            assert words not in text
    text = wang.text("tray-theirs", entry)
    assert "阿依努尔" in text
    assert "Pasture" not in text


def test_of_an_entry_that_names_somebody_in_a_lead_there_is_nothing_until_it_is_handed_over(wang, world, house_1):
    lead = world.pen.new_id()
    heard = world.pen.seal(lead, "和王建国家吵过", Audience.DESK)
    body = Visit1(
        channel="visit", households=[house_1.id], outcome="met",
        leads=[LeadHeard(lead, "pasture_and_land", heard.digest, house_1.id)],
    )  # fmt: skip
    entry = sent(world, body, on=TODAY, sealed=[heard])
    assert wang.open("tray-theirs", entry).status_code == 404
    Handed.objects.create(log=TOWNSHIP, id=entry, at=NOON)
    text = wang.text("tray-theirs", entry)
    assert "阿依努尔" not in text
    assert "王建国" not in text
    assert str(entry) in text
    assert "instead_of" not in text
    assert wang.open("visit-new", house_1.id, at=f"?instead_of={entry}").status_code == 404


def test_of_words_that_are_not_kept_there_are_id_and_code(wang, world, house_1):
    words = world.pen.seal(house_1.id, "他是重点人员")
    body = Visit1(channel="visit", households=[house_1.id], outcome="met", words=words.digest)
    entry = sent(world, body, on=TODAY, sealed=[words])
    text = wang.text("tray-theirs", entry)
    assert "重点人员" not in text
    assert "not_kept_here" in text
    assert str(entry) in text


def test_a_person_is_shown_by_name_with_a_masked_number(wang, world, house_1):
    person = world.pen.new_id()
    sealed = [world.pen.seal(person, text) for text in ("加那尔", "10020047716", "a" * 64)]
    body = Resident1(
        resident=person, name=sealed[0].digest, phones=[sealed[1].digest], identity=sealed[2].digest,
        home=Home(household=house_1.id, relation="child"),
    )  # fmt: skip
    entry = sent(world, body, sealed=sealed)
    text = wang.text("tray-theirs", entry)
    assert "加那尔" in text
    assert "100****7716" in text
    assert "10020047716" not in text
    data = wang.filled("resident-new", house_1.id, at=f"?instead_of={entry}")
    assert (data["name"], data["phones"], data["relation"]) == (["加那尔"], [""], ["child"])


# ---------------------------------------------------------------- taking over


def test_what_is_taken_over_is_the_organizers_entry_and_closes_the_refused_one(wang, lin, world, house_1):
    entry = number_33(world, house_1)
    mend = f"?instead_of={entry}"
    assert mend in wang.text("tray-theirs", entry)
    assert wang.send("household-change", house_1.id, at=mend).status_code == 302
    assert Household.objects.get(id=house_1.id).number == "33"
    assert Tray.objects.get().outcome == "settled"
    newest = read_said(Entry.objects.order_by("-seq").first().said)
    assert (newest.author, newest.instead_of) == (world.wang.id, [entry])
    text = lin.text("tray")
    assert "王立新" in text
    assert str(newest.id) in text


def test_a_visit_that_is_taken_over_stays_its_makers_too(wang, world, house_1):
    entry = a_visit(world, house_1)
    data = wang.filled("visit-new", house_1.id, at=f"?instead_of={entry}", day="today")
    assert (data["channel"], data["made_with"]) == (["phone_call"], [str(world.lin.id)])
    answer = wang.post("visit-new", house_1.id, data=data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Tray.objects.get().outcome == "settled"
    assert NOTE in Tray.objects.get().item


def test_who_takes_over_is_not_told_that_somebody_declined(wang, world, house_1):
    entry = sent(world, Visit1(channel="visit", households=[house_1.id], outcome="declined"))
    assert "declined" not in wang.text("tray-theirs", entry)
    data = wang.filled("visit-new", house_1.id, at=f"?instead_of={entry}", day="today")
    assert "met" not in data


def test_corrections_that_wait_for_it_are_settled_with_it(wang, lin, world, house_1):
    entry = number_33(world, house_1)
    again = sent(
        world, HouseholdChange1(household=house_1.id, number="34"), on=TODAY, corrects=entry,
        saw={f"{entry}.wording": entry}, outcome="waits",
    )  # fmt: skip
    data = wang.filled("household-change", house_1.id, at=f"?instead_of={entry}")
    assert data["number"] == ["34"]
    assert wang.post("household-change", house_1.id, data=data).status_code == 302
    assert set(Tray.objects.values_list("id", "outcome")) == {(entry, "settled"), (again, "settled")}
    assert str(again) not in lin.text("tray").split("王立新")[0]


def test_a_gathering_is_taken_over_in_its_own_form(wang, world, house_1, house_2):
    houses = [house_1.id, house_2.id]
    entry = sent(world, Visit1(channel="gathering", households=houses, outcome="met", topics=["grassland_subsidy"]))
    assert reverse("desk:gathering-new", args=[VILLAGE_A]) in wang.text("tray-theirs", entry)
    data = wang.filled("gathering-new", VILLAGE_A, at=f"?instead_of={entry}", day="today")
    assert sorted(data["households"]) == sorted(map(str, houses))
    assert wang.post("gathering-new", VILLAGE_A, data=data).status_code == 302


# ---------------------------------------------------------------- again


def again(browser, entry):
    return browser.client.post(reverse("desk:tray-theirs-again", args=[entry]))


def test_sent_again_it_is_its_authors_once_the_reason_is_gone(wang, world, house_1):
    body = Visit1(channel="visit", households=[house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    [early] = receive([item], brought_by=world.lin, at=NOON - timedelta(days=40))
    assert early.code == "day_not_come"
    assert again(wang, early.id).status_code == 302
    row = Entry.objects.get(id=early.id)
    filed = json.loads(row.filed)
    assert (row.author, filed["shown"], filed["brought_by"]) == (world.lin.id, "session", str(world.lin.id))
    assert not Tray.objects.exists()


def test_sent_again_while_the_reason_stands_it_stays_where_it_is(wang, world, house_1):
    entry = number_33(world, house_1)
    before = Entry.objects.count()
    assert again(wang, entry).status_code == 302
    assert (Entry.objects.count(), Tray.objects.get().code) == (before, "day_not_come")


def test_what_only_its_author_can_say_yes_to_is_never_let_in_by_the_organizer(wang, world, house_1):
    body = Visit1(channel="visit", households=[house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    [receipt] = world.receive(item, by=world.sec)
    assert receipt.code == "not_the_author"
    assert reverse("desk:tray-theirs-again", args=[receipt.id]) not in wang.text("tray-theirs", receipt.id)
    assert again(wang, receipt.id).status_code == 302
    assert not Entry.objects.filter(id=receipt.id).exists()


def test_the_authors_yes_lets_in_what_a_revoked_phone_brought(lin, wang, world, house_1):
    phone = enrol(world.lin, name="手机", key="", at=NOON)
    revoke(phone, clock.today())
    body = Visit1(channel="visit", households=[house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    said = json.loads(item.said) | {"device": str(phone.id)}
    item = type(item)(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
    [receipt] = receive([item], brought_by=world.lin, at=clock.now(), device=phone)
    assert receipt.code == "device_revoked"
    assert again(wang, receipt.id).status_code == 302
    assert not Entry.objects.filter(id=receipt.id).exists()
    assert lin.client.post(reverse("desk:tray-again", args=[receipt.id])).status_code == 302
    assert Entry.objects.filter(id=receipt.id).exists()


# ---------------------------------------------------------------- letting go, and clashes


def test_what_is_let_go_is_not_recorded_and_its_author_sees_by_whom(wang, lin, world, house_1):
    entry = number_33(world, house_1)
    data = wang.filled("tray-theirs-let-go", entry)
    assert "林晓" in wang.text("tray-theirs-let-go", entry)
    assert [wang.post("tray-theirs-let-go", entry, data=data).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(kind="settled").count() == 1
    assert Household.objects.get(id=house_1.id).number == "1"
    assert "王立新" in lin.text("tray")
    assert str(entry) not in wang.text("tray-township")


def test_an_entry_for_a_unit_that_is_none_can_be_let_go(wang, world, house_1):
    body = Visit1(channel="visit", households=[house_1.id], outcome="nobody_home")
    item = world.pen.item(body, unit=world.pen.new_id(), by=world.lin, on=TODAY)
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.outcome == "refused"
    assert wang.send("tray-theirs-let-go", receipt.id).status_code == 302
    assert Tray.objects.get().outcome == "settled"


def test_a_clash_whose_author_has_left_is_settled_by_the_township_as_it_reads_it(wang, lin, world, house_1):
    sec = Browser(Desk(Client()), world.sec)
    data = sec.filled("resident-change", house_1.head, phones="10020048851")
    lin.send("resident-change", house_1.head, phones="10020048857")
    assert sec.post("resident-change", house_1.head, data=data).status_code == 302
    entry = Tray.objects.get().id
    assert wang.open("tray-theirs-clash", entry).status_code == 404
    Account.objects.filter(id=world.sec.id).update(is_active=False)
    text = wang.text("tray-theirs-clash", entry)
    for words in ("10020048851", "10020048857"):
        assert words not in text
    for words in ("100****8851", "100****8857", "赛力克·别克"):
        assert words in text
    assert wang.send("tray-theirs-clash", entry, keep__phones="mine").status_code == 302
    assert json.loads(Resident.objects.get(id=house_1.head).phones) == ["10020048851"]
    assert Tray.objects.get().outcome == "settled"


@pytest.mark.parametrize("who", ["lin", "sec", "med", "zhou", "gao", "adm", "pri", "other"])
def test_nobody_else_owns_it(who, world, house_1, home):
    entry = number_33(world, house_1)
    browser = Browser(Desk(Client()), getattr(world, who))
    for name in ("tray-theirs", "tray-theirs-let-go", "tray-theirs-clash"):
        assert browser.open(name, entry).status_code == (404 if who == "other" else 403)
    assert again(browser, entry).status_code == (404 if who == "other" else 403)
    if who not in ("other", "lin"):
        assert browser.open("household-change", house_1.id, at=f"?instead_of={entry}").status_code in (403, 404)


def test_author_and_organizer_at_once_record_it_once_and_nothing_is_left_lying(wang, lin, world, house_1):
    entry = number_33(world, house_1)
    mend = f"?instead_of={entry}"
    theirs = wang.filled("household-change", house_1.id, at=mend)
    mine = lin.filled("household-change", house_1.id, at=mend, day="2026-07-01")
    assert lin.post("household-change", house_1.id, data=mine).status_code == 302
    before = Entry.objects.count()
    answer = wang.post("household-change", house_1.id, data=theirs)
    assert answer.status_code == 422
    assert Entry.objects.count() == before
    left = Tray.objects.exclude(outcome="settled").get()
    assert (left.author, left.code) == (world.wang.id, "already")
    data = wang.filled("tray-let-go", left.id)
    assert [wang.post("tray-let-go", left.id, data=data).status_code for _ in range(2)] == [302, 302]
    assert not Tray.objects.exclude(outcome="settled").exists()
    assert Entry.objects.count() == before + 1


def test_of_two_who_let_it_go_the_second_is_told_that_it_is_done(wang, lin, world, house_1):
    entry = number_33(world, house_1)
    theirs, mine = wang.filled("tray-theirs-let-go", entry), lin.filled("tray-let-go", entry)
    assert lin.post("tray-let-go", entry, data=mine).status_code == 302
    assert wang.post("tray-theirs-let-go", entry, data=theirs).status_code == 302
    assert Entry.objects.filter(kind="settled").count() == 1
    assert not Tray.objects.exclude(outcome="settled").exists()


def test_of_a_case_the_township_learns_nothing_by_what_was_refused(world, wang):
    matter = Matter(world)
    assert matter.agree() == "case_not_accepted"
    assert Tray.objects.filter(author=world.med.id, outcome="refused").exists()
    assert of_township(sight_of(world.wang, TODAY)) == []
    Account.objects.filter(id=world.med.id).update(is_active=False)
    assert of_township(sight_of(world.wang, TODAY)) == []
