"""Changes of households and people that a phone made without signal, each naming the wordings its card showed."""

from typing import Any
from uuid import UUID

import pytest

from concerto.faces.field import wire
from concerto.journal.kinds.households import Home, Household1, HouseholdChange1
from concerto.journal.kinds.keeping import Settled1
from concerto.journal.kinds.people import Resident1, ResidentChange1
from concerto.journal.models import Tray
from concerto.journal.said import Body, Item, read_said
from concerto.register.models import Household, Resident
from tests.cast import TODAY, VILLAGE_A

from .phone import Phone, by, enrolled
from .pulls import Reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(world) -> Phone:
    return enrolled(world.lin)


@pytest.fixture
def card(world, phone) -> dict[str, Any]:
    """The card of a household as it came to the phone this morning."""
    reading = Reading(phone)
    reading.catch_up()
    return reading.cards[world.house_2.id]


def shown(thing: dict[str, Any], *fields: str) -> dict[str, UUID | None]:
    """What a card shows of some fields, for `saw`."""
    worded = thing["w"]
    names = {field: worded.get(field, worded.get("")) for field in fields}
    return {f"{thing['id']}.{field}": UUID(name) if name else None for field, name in names.items()}


def write(world, phone: Phone, body: Body | None, **more: Any) -> Item:
    return by(phone, world.pen.item(body, unit=VILLAGE_A, by=phone.owner, on=TODAY, **more))


def number_of(world) -> str:
    return Household.objects.get(id=world.house_2.id).number


def id_of(item: Item) -> UUID:
    return read_said(item.said).id


def renumber(world, phone: Phone, number: str, **more: Any) -> Item:
    return write(world, phone, HouseholdChange1(household=world.house_2.id, number=number), **more)


def outcomes(pushed: wire.Pushed) -> list[tuple[str, str]]:
    return [(receipt.outcome, receipt.code) for receipt in pushed.receipts]


def test_a_change_that_names_what_its_card_showed_is_taken(world, phone, card):
    pushed = phone.push(renumber(world, phone, "22", saw=shown(card, "number")))
    assert (outcomes(pushed), number_of(world)) == ([("accepted", "")], "22")


def test_a_change_on_top_of_an_own_one_that_was_not_sent_comes_in_behind_it(world, phone, card):
    first = renumber(world, phone, "22", saw=shown(card, "number"))
    second = renumber(world, phone, "23", saw={f"{card['id']}.number": id_of(first)})
    assert outcomes(phone.push(second)) == [("waits", "no_such_thing_yet")]
    assert outcomes(phone.send(phone.envelope(first))) == [("accepted", "")]
    assert outcomes(phone.push(second)) == [("known", "")]
    assert number_of(world) == "23"


def test_two_phones_that_change_different_fields_of_one_household_merge(world, phone, card):
    other = enrolled(world.sec)
    theirs = HouseholdChange1(household=world.house_2.id, reached_by=["phone"])
    mine = renumber(world, phone, "22", saw=shown(card, "number"))
    assert outcomes(other.push(write(world, other, theirs, saw=shown(card, "reached_by")))) == [("accepted", "")]
    assert outcomes(phone.push(mine)) == [("accepted", "")]
    row = Household.objects.get(id=world.house_2.id)
    assert (row.number, row.reached_by) == ("22", "phone")


def test_two_that_change_the_same_field_clash_and_one_entry_settles_all_that_rests_on_it(world, phone, card):
    other = enrolled(world.sec)
    met = renumber(world, other, "7", saw=shown(card, "number"))
    mine = renumber(world, phone, "22", saw=shown(card, "number"))
    later = renumber(world, phone, "23", saw={f"{card['id']}.number": id_of(mine)})
    assert outcomes(other.push(met)) == [("accepted", "")]
    first, second = phone.push(mine, later).receipts
    assert (first.outcome, first.facts) == ("clash", {"meets": str(id_of(met))})
    assert second.outcome == "clash"
    assert number_of(world) == "7"
    both = [id_of(mine), id_of(later)]
    settles = renumber(world, phone, "23", saw={f"{card['id']}.number": id_of(met)}, instead_of=both)
    assert outcomes(phone.push(settles)) == [("accepted", "")]
    assert number_of(world) == "23"
    assert set(Tray.objects.filter(id__in=both).values_list("outcome", flat=True)) == {"settled"}
    assert outcomes(phone.push(mine, later)) == [("clash", "already"), ("clash", "already")]


def test_what_clashed_may_be_let_stand(world, phone, card):
    other = enrolled(world.sec)
    other.push(renumber(world, other, "7", saw=shown(card, "number")))
    mine = renumber(world, phone, "22", saw=shown(card, "number"))
    assert outcomes(phone.push(mine))[0][0] == "clash"
    assert outcomes(phone.push(write(world, phone, Settled1(), instead_of=[id_of(mine)]))) == [("accepted", "")]
    assert number_of(world) == "7"


def test_a_correction_restates_the_whole_and_a_withdrawal_gives_back_what_was_there(world, phone, card):
    before = number_of(world)
    change = renumber(world, phone, "22", saw=shown(card, "number"))
    wording = {f"{id_of(change)}.wording": id_of(change)}
    corrected = renumber(world, phone, "32", corrects=id_of(change), saw=wording)
    assert outcomes(phone.push(change, corrected)) == [("accepted", ""), ("accepted", "")]
    assert number_of(world) == "32"
    stale = write(world, phone, None, kind="household_change", corrects=id_of(change), saw=wording)
    assert outcomes(phone.push(stale)) == [("clash", "seen_differently")]
    now = {f"{id_of(change)}.wording": id_of(corrected)}
    gone = write(
        world, phone, None, kind="household_change", corrects=id_of(change), saw=now, instead_of=[id_of(stale)]
    )
    assert outcomes(phone.push(gone)) == [("accepted", "")]
    assert number_of(world) == before


def test_a_phone_number_changed_on_a_card_is_sealed_on_the_way_and_read_at_the_desk(world, phone, card):
    person = card["people"][0]
    words = world.pen.seal(UUID(person["id"]), "10020047799")
    body = ResidentChange1(resident=UUID(person["id"]), phones=[words.digest])
    item = write(world, phone, body, sealed=[words], saw=shown(person, "phones"))
    assert outcomes(phone.send(phone.envelope(item))) == [("accepted", "")]
    assert "10020047799" in Resident.objects.get(id=person["id"]).phones
    assert "10020047799" not in item.said


def test_a_new_household_with_its_people_comes_in_whichever_order_the_line_chose(world, phone):
    house, person = world.pen.new_id(), world.pen.new_id()
    name = world.pen.seal(person, "古丽")
    home = Home(household=house, relation="head", since=TODAY)
    opened = write(world, phone, Household1(household=house, village=VILLAGE_A, number="90", head=person))
    lives = write(world, phone, Resident1(resident=person, name=name.digest, home=home), sealed=[name])
    late, early = phone.send(phone.envelope(lives)), phone.send(phone.envelope(opened))
    assert [late.receipts[0].outcome, early.receipts[0].outcome] == ["waits", "accepted"]
    assert Resident.objects.get(id=person).household == house
    assert outcomes(phone.push(lives)) == [("known", "")]
