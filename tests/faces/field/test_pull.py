"""What a phone is told of the households of its villages: every change of a card, and nothing that never travels."""

import json
from datetime import timedelta

import pytest

from concerto.conductor import erasing
from concerto.journal.kinds.households import Helper1, Home, HouseholdChange1, Merger1
from concerto.journal.kinds.keeping import Restriction1
from concerto.journal.kinds.people import Member1, MemberChange1, Resident1, ResidentChange1
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.models import Head
from concerto.journal.said import Audience, read_said
from concerto.register.models import Household, Member, Resident
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

from .phone import by, enrolled
from .pulls import Reading, record, visit, wording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reading(world) -> Reading:
    return Reading(enrolled(world.lin))


# ---------------------------------------------------------------- what stands on a card


def test_a_phone_is_told_the_cards_of_the_villages_its_person_works_in(world, reading):
    [page] = reading.catch_up()
    assert reading.cards.keys() == {world.house_1.id, world.house_2.id, world.house_3.id}
    assert page.cursors == {VILLAGE_A: Head.objects.get(log=TOWNSHIP).seq}
    assert page.about is not None
    assert [(grant.name, [branch.name for branch in grant.branches]) for grant in page.about.grants] == [
        ("上泉村", ["上泉党支部"])
    ]
    assert "visit" in page.about.grants[0].records
    assert set(page.about.people.values()) >= {"林晓", "赛力克·别克", "哈丽玛·努尔"}
    assert "马兰" not in {**page.about.people, **page.about.others}.values()
    assert "王立新" in page.about.others.values()


def test_a_card_says_what_the_phone_s_pages_read(world, reading):
    reading.catch_up()
    card = reading.cards[world.house_1.id]
    assert card["places"] == [{"season": "town", "from": 10, "to": 4, "words": "县城三区 5 号"}]
    head = next(person for person in card["people"] if person["id"] == card["head"])
    assert (head["name"], head["phones"]) == ("阿依努尔·木拉提", ["10020047715"])
    assert "ayinuer" in head["find"].split()
    assert card["members"][0]["standing"] == "full"
    assert card["helpers"][0]["called"] == "林晓"
    [line] = card["lines"]
    assert (line["e"], line["parts"], line["state"]) == (str(world.visit), ["study", "visits", "assistance"], "met")
    assert line["mine"]["body"]["outcome"] == "met"


def test_only_the_reader_s_own_lines_carry_a_body(world):
    other = Reading(enrolled(world.sec))
    other.catch_up()
    assert all("mine" not in line for card in other.cards.values() for line in card.get("lines", ()))


def test_no_lead_no_sealed_word_of_a_visit_and_no_hash_is_on_any_card(world, reading):
    pen, house, lead = world.pen, world.house_2, world.pen.new_id()
    heard, noted = pen.seal(lead, "两家为草场边界吵过", Audience.DESK), pen.seal(house.id, "老人腿脚不便")
    leads = [LeadHeard(lead=lead, sort="pasture_and_land", words=heard.digest, household=house.id)]
    body = Visit1(channel="visit", households=[house.id], outcome="met", leads=leads, words=noted.digest)
    phone = reading.phone
    item = by(phone, pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[noted, heard]))
    assert phone.push(item).receipts[0].outcome == "accepted"
    pages = b"".join(bytes(card) for page in reading.catch_up() for card in page.cards).decode()
    for secret in ("草场", "腿脚", "水渠", "lead", "disputes", 'identity"', str(lead), heard.digest):
        assert secret not in pages
    [line] = reading.cards[house.id]["lines"]
    assert "mine" not in line


def test_what_was_never_given_is_not_taken_for_given(world, reading):
    reading.catch_up()
    for card in reading.cards.values():
        assert set(card["w"]) == {""}


def test_of_somebody_locked_only_that_they_are_there_is_told(world, reading):
    reading.catch_up()
    locked = Restriction1(resident=world.house_2.head, restricted=True)
    item = world.pen.item(locked, unit=TOWNSHIP, by=world.pri, on=TODAY)
    [receipt] = world.receive(item, by=world.pri)
    assert receipt.outcome == "accepted", receipt
    reading.catch_up()
    [person] = reading.cards[world.house_2.id]["people"]
    assert person["restricted"] is True
    assert not person.keys() & {"name", "phones", "find", "born", "aliases"}


def test_a_gathering_stands_on_every_card_with_what_it_posted_once(world, reading):
    houses = [world.house_1.id, world.house_2.id]
    body = Visit1(channel="gathering", households=houses, outcome="met", topics=["pension"])
    phone = reading.phone
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY))
    assert phone.push(item).receipts[0].outcome == "accepted"
    reading.catch_up()
    for house in houses:
        assert ["study", "visits"] in [line["parts"] for line in reading.cards[house]["lines"]]


def test_a_corrected_line_names_its_last_wording_and_a_withdrawn_one_stays_as_such(world, reading):
    phone = reading.phone
    first = read_said(visit(world, phone, world.house_2).said).id
    again = Visit1(channel="visit", households=[world.house_2.id], outcome="not_now")
    saw = {f"{first}.wording": str(first)}
    item = by(phone, world.pen.item(again, unit=VILLAGE_A, by=world.lin, on=TODAY, corrects=str(first), saw=saw))
    assert phone.push(item).receipts[0].outcome == "accepted"
    second = read_said(item.said).id
    reading.catch_up()
    [line] = reading.cards[world.house_2.id]["lines"]
    assert (line["e"], line["last"], line["state"]) == (str(first), str(second), "not_now")
    assert line["mine"]["body"]["outcome"] == "not_now"
    gone = {"kind": "visit", "corrects": str(first), "saw": {f"{first}.wording": str(second)}}
    item = by(phone, world.pen.item(None, unit=VILLAGE_A, by=world.lin, on=TODAY, **gone))
    assert phone.push(item).receipts[0].outcome == "accepted"
    reading.catch_up()
    [line] = reading.cards[world.house_2.id]["lines"]
    assert (line["e"], line["state"]) == (str(first), "withdrawn")


def test_lines_are_those_of_a_year(world, reading):
    reading.catch_up(at=NOON + timedelta(days=340))
    assert reading.cards[world.house_1.id].get("lines", []) == []


# ---------------------------------------------------------------- every change is told


def test_every_change_of_what_a_card_shows_moves_it(world, reading):
    reading.catch_up()
    pen, house = world.pen, world.house_3
    called = pen.seal(house.head, "古丽")
    newcomer, member, link = pen.new_id(), pen.new_id(), pen.new_id()
    named = pen.seal(newcomer, "别克")

    def told() -> bool:
        [page] = reading.catch_up()
        return page.cards != [] and str(house.id) in bytes(page.cards[0]).decode()

    def saw(thing, name):
        return {"saw": {f"{thing}.{name}": wording(thing, name)}}

    record(world, HouseholdChange1(household=house.id, number="33"), **saw(house.id, "number"))
    assert told()
    change = ResidentChange1(resident=house.head, aliases=[called.digest])
    record(world, change, sealed=[called], **saw(house.head, "aliases"))
    assert told()
    record(world, Resident1(resident=newcomer, name=named.digest, home=Home(house.id, "child")), sealed=[named])
    assert told()
    branch = world.branch_a.id
    record(world, Member1(member=member, resident=newcomer, branch=branch, standing="full"), unit=branch)
    assert told()
    seen = json.loads(Member.objects.get(id=member).wordings)["exempt"]
    record(world, MemberChange1(member=member, exempt=True), unit=branch, saw={f"{member}.exempt": seen})
    assert told()
    record(world, Helper1(link=link, household=house.id, helper=world.sec.id))
    assert told()
    visit(world, reading.phone, house)
    assert told()
    assert reading.cards[house.id]["members"][0]["exempt"] is True


def test_somebody_who_moves_to_another_household_leaves_one_card_and_comes_onto_the_other(world, reading):
    reading.catch_up()
    person = world.house_1.people["木拉提·哈山"]
    home = Home(world.house_2.id, "other", TODAY)
    record(world, ResidentChange1(resident=person, home=home), saw={f"{person}.home": wording(person, "home")})
    reading.catch_up()
    assert str(person) not in [one["id"] for one in reading.cards[world.house_1.id]["people"]]
    assert str(person) in [one["id"] for one in reading.cards[world.house_2.id]["people"]]


def test_a_merged_household_goes_and_its_name_and_lines_stand_on_the_card_that_stays(world, reading):
    visit(world, reading.phone, world.house_2)
    reading.catch_up()
    gone, stays = world.house_2.id, world.house_3.id
    saw = {
        f"{row.id}.{name}": seen
        for row in Household.objects.filter(id__in=[gone, stays])
        for name, seen in json.loads(row.wordings).items()
    }
    record(world, Merger1(sort="household", gone=gone, stays=stays), saw=saw)
    reading.catch_up()
    assert gone not in reading.cards
    card = reading.cards[stays]
    assert card["names"] == [str(gone)]
    assert len(card["lines"]) == 1
    late = visit(world, reading.phone, world.house_2)  # of a phone that knew the old name
    reading.catch_up()
    assert read_said(late.said).id.hex in [line["e"].replace("-", "") for line in reading.cards[stays]["lines"]]
    assert {person["id"] for person in reading.cards[stays]["people"]} >= {str(world.house_2.head)}


def test_a_membership_told_of_a_merged_name_moves_the_card_of_who_stays(world, reading):
    gone, stays = world.house_2.head, world.house_3.head
    saw = {
        f"{row.id}.{name}": seen
        for row in Resident.objects.filter(id__in=[gone, stays])
        for name, seen in json.loads(row.wordings).items()
    }
    record(world, Merger1(sort="resident", gone=gone, stays=stays), saw=saw)
    reading.catch_up()
    [member] = world.house_2.members
    seen = json.loads(Member.objects.get(id=member).wordings)["exempt"]
    change = MemberChange1(member=member, exempt=True)
    record(world, change, unit=world.branch_a.id, saw={f"{member}.exempt": seen})
    reading.catch_up()
    [shown] = reading.cards[world.house_3.id]["members"]
    assert (shown["resident"], shown["exempt"]) == (str(stays), True)


def test_erased_words_leave_the_card_and_are_named_so_that_they_leave_the_outbox(world, reading):
    reading.catch_up()
    erasing.erase(world.house_2.head, basis="本人要求", by=world.pri, at=NOON, everything=True)
    page = reading.ask()
    assert page.erased != []
    reading.keep(page)
    assert reading.cards[world.house_2.id]["people"] == []
    assert reading.ask().erased == []
