"""What a phone is told of its own entries, and of a log that lost what the phone saw."""

from uuid import UUID

import pytest

from concerto.conductor.erasing import item as written_by
from concerto.conductor.receive import receive
from concerto.faces.field import pulling, wire
from concerto.groundwork.ids import uuid7
from concerto.journal.kinds.households import HouseholdChange1
from concerto.journal.kinds.keeping import Restored1, Settled1
from concerto.journal.models import Entry, Head, HeadAlarm
from concerto.journal.said import read_said
from concerto.places.models import Device
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A

from .phone import ask, by, enrolled
from .pulls import Reading, visit, wording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reading(world) -> Reading:
    return Reading(enrolled(world.lin))


def push(world, phone, body, **more):
    """Let a phone bring something, and give the entry's id and its receipt."""
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=phone.owner, on=TODAY, **more))
    [receipt] = phone.push(item).receipts
    return read_said(item.said).id, receipt


# ---------------------------------------------------------------- own entries


def test_a_clash_says_what_it_met_by_whom_and_of_which_day_until_it_is_settled(world, reading):
    house = world.house_2.id
    seen = wording(house, "number")
    other = enrolled(world.sec)
    met, receipt = push(world, other, HouseholdChange1(household=house, number="21"), saw={f"{house}.number": seen})
    assert receipt.outcome == "accepted"
    mine, receipt = push(
        world, reading.phone, HouseholdChange1(household=house, number="22"), saw={f"{house}.number": seen}
    )
    assert receipt.outcome == "clash"
    stands = reading.ask(mine=[mine]).mine[mine]
    assert (stands.outcome, stands.code) == ("clash", "seen_differently")
    assert stands.facts == {"meets": str(met), "by": str(world.sec.id), "happened_on": TODAY.isoformat()}
    assert stands.why != ""
    by_which, receipt = push(world, reading.phone, Settled1(), instead_of=[str(mine)])
    assert receipt.outcome == "accepted"
    stands = reading.ask(mine=[mine]).mine[mine]
    assert (stands.outcome, stands.by, stands.facts) == ("settled", by_which, {"who": str(world.lin.id)})


def test_what_was_filed_meanwhile_is_known_and_what_never_came_is_not_named(world, reading):
    filed = read_said(visit(world, reading.phone, world.house_2).said).id
    never = world.pen.new_id()
    page = reading.ask(mine=[filed, never])
    assert {entry: stands.outcome for entry, stands in page.mine.items()} == {filed: "known"}


def test_nobody_hears_how_another_s_entry_stands(world, reading):
    house = world.house_2.id
    other = enrolled(world.sec)
    theirs, receipt = push(world, other, HouseholdChange1(household=house, number="5"), saw={f"{house}.number": None})
    assert receipt.outcome == "clash"
    assert reading.ask(mine=[theirs, world.visit]).mine.keys() == {world.visit}


def test_up_to_where_a_copy_holds_the_log_is_told(world, reading):
    assert reading.ask().copied is None
    Head.objects.filter(log=TOWNSHIP).update(copied_epoch=1, copied_seq=9)
    assert reading.ask().copied == wire.At(1, 9)


# ---------------------------------------------------------------- epochs and heads


def test_when_ledgers_are_folded_otherwise_everything_is_asked_for_anew(world, reading, monkeypatch):
    reading.catch_up()
    monkeypatch.setattr(pulling, "VERSION", "another")
    page = reading.ask()
    assert (page.again, page.alarm, page.cards, page.cursors) == (True, None, [], {})
    assert page.epoch == "1.another"
    reading.keep(page)
    assert len(reading.catch_up()[0].cards) == 3


def alarm_of(reading, seen: wire.At, **more) -> wire.Alarm | None:
    page = reading.ask(head=seen, **more)
    assert page.again is (page.alarm is not None)
    return page.alarm


def test_a_head_beyond_the_log_is_lost_and_the_administrator_is_told_once(world, reading):
    reading.catch_up()
    there = Head.objects.get(log=TOWNSHIP)
    for _ in range(2):
        alarm = alarm_of(reading, wire.At(1, 900, "0" * 64))
        assert (alarm.code, alarm.after, alarm.until) == ("head_lost", there.seq, 900)
    [noted] = HeadAlarm.objects.all()
    assert (noted.code, noted.seq, noted.count, noted.device) == (
        "head_lost", 900, 900 - there.seq, reading.phone.device.id,
    )  # fmt: skip


def test_a_phone_that_invents_heads_fills_no_page(world, reading, monkeypatch):
    monkeypatch.setattr("concerto.faces.field.losing.MOST_OF_A_PHONE", 3)
    reading.catch_up()
    for seq in range(900, 906):
        assert alarm_of(reading, wire.At(1, seq, "0" * 64)).code == "head_lost"
    assert HeadAlarm.objects.count() == 3


def test_a_head_that_says_something_else_is_rewritten(world, reading):
    reading.catch_up()
    there = Head.objects.get(log=TOWNSHIP)
    assert alarm_of(reading, wire.At(1, there.seq, "0" * 64)).code == "head_rewritten"
    assert alarm_of(reading, wire.At(1, 3, "0" * 64)).code == "head_rewritten"
    third = Entry.objects.get(log=TOWNSHIP, seq=3)
    assert alarm_of(reading, wire.At(1, 3, third.digest)) is None


def test_a_head_of_a_later_epoch_than_the_log_s_is_lost(world, reading):
    reading.catch_up()
    assert alarm_of(reading, wire.At(4, 5, "0" * 64)).code == "head_lost"


def restore(world) -> int:
    """Begin a new epoch, as a restore does, and give the number it begins with."""
    head = Head.objects.get(log=TOWNSHIP)
    Head.objects.filter(log=TOWNSHIP).update(epoch=head.epoch + 1)
    body = Restored1(epoch=head.epoch + 1, last_seq=head.seq, last_digest=head.digest)
    [receipt] = receive([written_by(uuid7(NOON), TOWNSHIP, body, (), by=None, at=NOON)], brought_by=None, at=NOON)
    assert receipt.stands
    return receipt.seq


def test_after_a_restore_what_is_lost_is_named_and_what_is_there_raises_no_alarm(world, reading):
    reading.catch_up()
    before = reading.head
    begins = restore(world)
    page = reading.ask()
    assert (page.again, page.alarm) == (True, None)
    alarm = alarm_of(reading, wire.At(before.epoch, before.seq + 5, "0" * 64))
    assert (alarm.code, alarm.after, alarm.until) == ("lost_in_restore", begins - 1, before.seq + 5)
    assert [noted.count for noted in HeadAlarm.objects.all()] == [alarm.until - alarm.after]
    reading.keep(page)
    reading.cursors = {}
    assert len(reading.catch_up()[0].cards) == 3


def test_wordings_that_the_log_lacks_are_named_and_noted(world, reading):
    reading.catch_up()
    never = world.pen.new_id()
    asked = wire.Lacking(reading.phone.device.id, reading.phone.ticket, world.lin.id, [world.visit, never, never])
    assert pulling.lacking(asked, account=world.lin, at=NOON).lacking == [never]
    [noted] = HeadAlarm.objects.all()
    assert (noted.code, noted.count) == ("wordings_lacking", 1)


def test_every_wording_that_cards_name_is_in_the_log(world, reading):
    reading.catch_up()
    named = set()
    for card in reading.cards.values():
        for thing in [card, *card["people"], *card.get("members", ()), *card.get("helpers", ())]:
            named |= set(thing["w"].values())
        named |= {line["e"] for line in card.get("lines", ())}
    asked = wire.Lacking(reading.phone.device.id, reading.phone.ticket, world.lin.id, [*map(UUID, named)])
    assert pulling.lacking(asked, account=world.lin, at=NOON).lacking == []
    assert len(named) > len(reading.cards)


def test_a_server_that_lost_a_phone_learns_of_it_by_its_ticket_alone(world, client):
    phone = enrolled(world.lin)
    Device.objects.filter(id=phone.device.id).delete()
    place = f"/field/device/{phone.device.id}/"
    lost = client.get(place)
    assert (lost.status_code, lost.json()["refused"]["code"]) == (404, "unknown_device")
    shown = {"device": phone.device.id, "ticket": phone.ticket}
    assert ask(client, "push", shown).json()["device"] == "in_use"
    assert client.get(place).json() == {"device": "in_use"}
