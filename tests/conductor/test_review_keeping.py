"""How the book is kept: erasures name who loses words, names lead somewhere, and a revoked device says nothing more."""

import json
from datetime import date

import pytest

from concerto.journal.kinds.households import Merger1
from concerto.journal.kinds.keeping import Erased, Erasure1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Sealed, Tray
from concerto.journal.said import Item
from concerto.places.devices import desk_of, next_number, revoke
from concerto.places.models import Device
from concerto.register.models import Household, Resident
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

pytestmark = pytest.mark.django_db


def test_an_erasure_that_leaves_a_name_in_the_register_is_refused(world):
    name = Sealed.objects.get(about=world.house_1.head, text="阿依努尔·木拉提")
    visit = Erased(world.visit, "visit")
    body = Erasure1(things_erased=[visit], digests=[name.digest])

    [refused] = world.receive(world.pen.item(body, unit=TOWNSHIP))

    assert refused.code == "loses_words_unnamed"
    assert Sealed.objects.filter(digest=name.digest).exists()

    body = Erasure1(things_erased=[Erased(world.house_1.head, "resident", whole=False)], digests=[name.digest])
    [taken] = world.receive(world.pen.item(body, unit=TOWNSHIP))
    assert (taken.outcome, Resident.objects.get(id=world.house_1.head).name) == ("accepted", "")


def merge(world, gone, stays):
    saw = {
        f"{house.id}.{name}": value
        for house in (gone, stays)
        for name, value in json.loads(Household.objects.get(id=house.id).wordings).items()
    }
    body = Merger1(sort="household", gone=gone.id, stays=stays.id)
    [receipt] = world.receive(world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, saw=saw), by=world.lin)
    return receipt


def test_two_households_are_not_each_called_like_the_other(world):
    assert merge(world, world.house_2, world.house_1).outcome == "accepted"

    assert merge(world, world.house_1, world.house_2).code == "merged_away"
    assert Household.objects.here().filter(id=world.house_1.id).exists()


def test_a_chain_of_names_still_leads_to_the_last(world):
    assert merge(world, world.house_2, world.house_1).outcome == "accepted"
    assert merge(world, world.house_1, world.house_3).outcome == "accepted"


def test_a_merger_the_wrong_way_round_is_corrected_in_one_entry(world):
    merged = merge(world, world.house_2, world.house_1)
    body = Merger1(sort="household", gone=world.house_1.id, stays=world.house_2.id)
    other_way = world.pen.item(
        body, unit=VILLAGE_A, by=world.lin, on=TODAY, corrects=merged.id, saw={f"{merged.id}.wording": merged.id}
    )

    [receipt] = world.receive(other_way, by=world.lin)

    called = {house.id: Household.objects.get(id=house.id).called for house in (world.house_1, world.house_2)}
    assert receipt.outcome == "accepted"
    assert called == {world.house_1.id: world.house_2.id, world.house_2.id: None}


def by_device(world, device) -> Item:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY)
    return Item(item.said.replace("00000000-0000-7000-8000-0000000000de", str(device)), item.sealed)


def test_what_a_revoked_device_sends_lies_in_the_tray(world):
    next_number(world.lin, NOON)
    desk = Device.objects.get(id=desk_of(world.lin))
    assert world.receive(by_device(world, desk.id), by=world.lin)[0].outcome == "accepted"
    revoke(desk, date(2026, 6, 30))

    [receipt] = world.receive(by_device(world, desk.id), by=world.lin)

    assert (receipt.outcome, receipt.code) == ("refused", "device_revoked")
    assert Tray.objects.get(id=receipt.id).item


def test_nobody_records_with_somebody_elses_device(world):
    next_number(world.sec, NOON)

    [receipt] = world.receive(by_device(world, desk_of(world.sec)), by=world.lin)

    assert receipt.code == "device_of_another"
