"""What phones bring comes in once, whole and in order, in a session or in envelopes."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import connection

from concerto.conductor import erasing
from concerto.conductor.drafts import read_item, write_item
from concerto.conductor.envelopes import CURVE, public_key, seal_envelope
from concerto.conductor.receive import receive
from concerto.faces.field import pulling, pushing, wire
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.households import Household1, HouseholdChange1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, Handed, Tray
from concerto.journal.said import Item, read_filed, read_said
from concerto.places import devices
from concerto.places.models import Device
from tests.cast import NOON, TODAY, VILLAGE_A, VILLAGE_B

from .phone import Phone, ask, by, enrolled, point_of

pytestmark = pytest.mark.django_db(transaction=True)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def phone(world) -> Phone:
    return enrolled(world.lin)


def visit(world, phone: Phone, **more) -> Item:
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="nobody_home")
    return by(phone, world.pen.item(body, unit=VILLAGE_A, by=phone.owner, on=TODAY, **more))


def outcomes(pushed: wire.Pushed) -> list[tuple[str, str]]:
    return [(receipt.outcome, receipt.code) for receipt in pushed.receipts]


def filed_of(item: Item):
    return read_filed(Entry.objects.get(id=read_said(item.said).id).filed)


# ---------------------------------------------------------------- in a session, in an envelope


def test_a_batch_is_answered_entry_by_entry_and_says_where_the_log_stands(world, phone):
    good, bad = visit(world, phone), visit(world, phone)
    tomorrow = by(phone, world.pen.item(read_body(bad), unit=VILLAGE_A, by=world.lin, on=TODAY + timedelta(days=2)))
    pushed = phone.push(good, tomorrow)
    assert outcomes(pushed) == [("accepted", ""), ("refused", "day_not_come")]
    assert pushed.receipts[0].seq == pushed.heads[str(world.lin.log)].seq
    assert pushed.receipts[1].why != ""
    assert pushed.device == "in_use"


def read_body(item: Item) -> Visit1:
    return msgspec.json.decode(bytes(read_said(item.said).body), type=Visit1)


def test_an_envelope_needs_no_session_and_its_receipt_tells_no_word(world, phone):
    item = visit(world, phone)
    pushed = phone.send(phone.envelope(item))
    assert outcomes(pushed) == [("accepted", "")]
    assert pushed.receipts[0].why == ""
    assert pushed.receipts[0].facts == {}
    assert filed_of(item).shown == "device"
    assert filed_of(item).brought_by == world.lin.id


def test_whichever_way_came_first_the_receipt_is_the_same(world, phone):
    one, two = visit(world, phone), visit(world, phone)
    first, second = phone.push(one).receipts[0], phone.send(phone.envelope(two)).receipts[0]
    again, other = phone.send(phone.envelope(one)).receipts[0], phone.push(two).receipts[0]
    assert (again.outcome, other.outcome) == ("known", "known")
    assert (again.seq, again.received_at) == (first.seq, first.received_at)
    assert (other.seq, other.received_at) == (second.seq, second.received_at)


def test_the_same_batch_from_two_requests_at_once_is_filed_once(world, phone):
    items = [visit(world, phone) for _ in range(10)]
    got: list[wire.Pushed] = []

    def send() -> None:
        try:
            got.append(phone.push(*items))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [read_said(item.said).id for item in items]
    assert Entry.objects.filter(id__in=ids).count() == 10
    seqs = [[receipt.seq for receipt in pushed.receipts] for pushed in got]
    assert seqs[0] == seqs[1]


# ---------------------------------------------------------------- who may


def test_without_a_session_open_entries_stay_whole_on_the_phone(world, phone):
    item = visit(world, phone)
    told = wire.Push(phone.device.id, phone.ticket, world.lin.id, [wire.Open(item)])
    with pytest.raises(Refused) as wrong:
        pushing.push(told, account=None, at=NOON)
    assert wrong.value.code == "signed_out"
    assert not Tray.objects.exists()


def test_in_another_person_s_session_they_stay_too(world, phone):
    with pytest.raises(Refused) as wrong:
        phone.push(visit(world, phone), session=world.ma)
    assert wrong.value.code == "other_person"
    assert not Tray.objects.exists()


def test_what_another_device_signed_goes_to_the_tray(world, phone):
    thief = enrolled(world.ma)
    item = visit(world, phone)
    envelope = thief.envelope(item)
    assert outcomes(thief.send(envelope)) == [("refused", "not_the_author")]
    assert Tray.objects.get(id=envelope.id).code == "not_the_author"


def test_a_signature_over_another_entry_s_box_is_none(world, phone):
    one, two = phone.envelope(visit(world, phone)), phone.envelope(visit(world, phone))
    mixed = wire.Envelope(one.id, one.box, two.sig)
    assert outcomes(phone.send(mixed)) == [("refused", "not_the_author")]
    swapped = wire.Envelope(one.id, two.box, phone.sign(one.id, two.box))
    assert outcomes(phone.send(swapped)) == [("refused", "envelope_not_opened")]


def test_an_envelope_that_does_not_open_stops_no_other(world, phone):
    good, torn = phone.envelope(visit(world, phone)), phone.envelope(visit(world, phone))
    damaged = wire.Envelope(torn.id, torn.box[:-8] + "AAAAAAA=", torn.sig)
    nonsense = wire.Envelope(torn.id, "%%%", torn.sig)
    answers = outcomes(phone.send(damaged, nonsense, good))
    assert answers == [("refused", "envelope_not_opened"), ("refused", "envelope_not_opened"), ("accepted", "")]


def test_a_closed_account_s_phone_hands_over_to_the_tray(world, phone):
    world.lin.is_active = False
    world.lin.save()
    item = visit(world, phone)
    pushed = phone.send(phone.envelope(item))
    assert outcomes(pushed) == [("refused", "not_the_author")]
    assert pushed.device == "ended"
    assert Tray.objects.get(id=read_said(item.said).id).item != ""


# ---------------------------------------------------------------- revoked, lost, ended


def test_what_a_revoked_phone_sends_lies_in_the_tray_until_its_author_says_yes(world, phone):
    devices.revoke(phone.device, TODAY)
    item = visit(world, phone)
    pushed = phone.send(phone.envelope(item))
    assert (outcomes(pushed), pushed.device) == ([("refused", "device_revoked")], "revoked")
    lying = read_item(Tray.objects.get(id=read_said(item.said).id).item)
    [stubborn] = receive([lying], brought_by=world.lin, at=NOON)
    assert stubborn.code == "device_revoked"
    [receipt] = receive([lying], brought_by=world.lin, at=NOON, yes=True)
    assert receipt.outcome == "accepted"


def test_a_lost_phone_s_signature_alone_is_not_believed_but_its_owner_s_session_is(world, phone):
    devices.report_lost(phone.device, TODAY)
    item = visit(world, phone)
    assert outcomes(phone.send(phone.envelope(item))) == [("refused", "device_lost")]
    assert outcomes(phone.push(item)) == [("accepted", "")]


def test_a_lost_phone_is_told_no_word_of_its_entries_in_any_session_until_the_day_it_was_lost_on(world, phone):
    bad = by(phone, world.pen.item(read_body(visit(world, phone)), unit=VILLAGE_A, by=world.lin, on=TOMORROW))
    met = str(world.pen.new_id())
    had = wire.Answered("clash", "seen_differently", {"meets": met})
    entries = [wire.Open(bad), wire.Open(visit(world, phone), had)]
    told = wire.Push(phone.device.id, phone.ticket, world.lin.id, entries)

    def words() -> list[tuple[str, bool, dict]]:
        receipts = pushing.push(told, account=world.lin, at=NOON).receipts
        return [(receipt.outcome, receipt.why != "", receipt.facts) for receipt in receipts]

    devices.report_lost(phone.device, TOMORROW)
    assert words() == [("refused", True, {}), ("clash", True, {"meets": met})]
    Device.objects.update(lost_on=TODAY)
    assert words() == [("refused", False, {}), ("clash", False, {})]


def test_work_for_a_unit_that_is_no_longer_mine_lands_in_the_tray(world, phone):
    body = Visit1(channel="visit", households=[world.house_4.id], outcome="nobody_home")
    item = by(phone, world.pen.item(body, unit=VILLAGE_B, by=world.lin, on=TODAY))
    assert outcomes(phone.push(item)) == [("refused", "not_posted_there")]
    assert Tray.objects.get(id=read_said(item.said).id).item != ""


def test_words_that_are_not_kept_here_leave_id_and_code_alone(world, phone):
    part = world.pen.seal(world.house_2.id, "他是重点稳控人员")
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="met", words=part.digest)
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[part]))
    [receipt] = phone.send(phone.envelope(item)).receipts
    assert (receipt.outcome, receipt.code) == ("refused", "not_kept_here")
    lying = Tray.objects.get(id=receipt.id)
    assert (lying.item, lying.facts) == ("", "{}")


# ---------------------------------------------------------------- carried by somebody else


def test_a_signed_envelope_is_its_author_s_whoever_carries_it(world, phone):
    item = visit(world, phone)
    told = wire.Carry([phone.envelope(item)], phone.device.id, phone.ticket)
    [receipt] = pushing.carry(told, account=world.ma, at=NOON)
    assert receipt.outcome == "accepted"
    assert (filed_of(item).shown, filed_of(item).brought_by) == ("device", world.ma.id)


def test_an_unsigned_one_waits_for_its_author_s_yes(world, phone):
    item = visit(world, phone)
    told = wire.Carry([phone.envelope(item, signed=False)], phone.device.id, phone.ticket)
    [carried] = pushing.carry(told, account=world.ma, at=NOON)
    assert (carried.outcome, carried.code) == ("refused", "not_the_author")
    [receipt] = receive([read_item(Tray.objects.get(id=carried.id).item)], brought_by=world.lin, at=NOON, yes=True)
    assert receipt.outcome == "accepted"


def test_its_author_may_carry_it_unsigned(world, phone):
    told = wire.Carry([phone.envelope(visit(world, phone), signed=False)], phone.device.id, phone.ticket)
    [receipt] = pushing.carry(told, account=world.lin, at=NOON)
    assert receipt.outcome == "accepted"


def of_no_device(world) -> tuple[Item, wire.Envelope]:
    """What a browser wrote that keeps nothing: its device is a name made up for the day, and nothing is signed."""
    body = Visit1(channel="visit", households=[world.house_2.id], outcome="nobody_home")
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, device=world.pen.new_id())
    box = seal_envelope(write_item(item).encode(), public_key(settings.CONCERTO_HOME).raw)
    return item, wire.Envelope(read_said(item.said).id, box)


def test_a_file_of_a_browser_that_keeps_nothing_names_no_device_and_waits_for_its_author_s_yes(world, client):
    _, envelope = of_no_device(world)
    client.force_login(world.ma)
    [carried] = ask(client, "carry", wire.Carry([envelope])).json()["receipts"]
    assert (carried["outcome"], carried["code"]) == ("refused", "not_the_author")
    lying = Tray.objects.get(id=envelope.id)
    assert (lying.author, lying.brought_by) == (world.lin.id, world.ma.id)
    [receipt] = receive([read_item(lying.item)], brought_by=world.lin, at=NOON, yes=True)
    assert receipt.outcome == "accepted"


def test_its_author_carries_it_in_at_once_and_somebody_else_after_that_changes_nothing(world):
    item, envelope = of_no_device(world)
    told = wire.Carry([envelope])
    assert [one.outcome for one in pushing.carry(told, account=world.lin, at=NOON)] == ["accepted"]
    assert [one.outcome for one in pushing.carry(told, account=world.ma, at=NOON)] == ["known"]
    assert (filed_of(item).shown, filed_of(item).brought_by) == ("session", world.lin.id)


def test_a_false_ticket_does_not_stop_a_file_but_its_signatures_are_believed_no_more(world, phone):
    other = wire.Carry([phone.envelope(visit(world, phone))], world.pen.new_id(), phone.ticket)
    [receipt] = pushing.carry(other, account=world.ma, at=NOON)
    assert (receipt.outcome, receipt.code) == ("refused", "not_the_author")
    assert Tray.objects.get(id=receipt.id).item != ""


def test_a_browser_that_keeps_nothing_speaks_by_its_session_alone_and_becomes_no_device(world):
    item, envelope = of_no_device(world)
    before, name = Device.objects.count(), read_said(item.said).device
    sealed, opened = wire.Push(name, "", envelopes=[envelope]), wire.Push(name, "", world.lin.id, [wire.Open(item)])
    for told, code in ((sealed, "unknown_device"), (opened, "signed_out")):
        with pytest.raises(Refused) as wrong:
            pushing.push(told, account=None, at=NOON)
        assert wrong.value.code == code
    with pytest.raises(Refused) as wrong:
        pushing.push(opened, account=world.ma, at=NOON)
    assert wrong.value.code == "other_person"
    pushed = pushing.push(opened, account=world.lin, at=NOON)
    assert (outcomes(pushed), pushed.device) == ([("accepted", "")], "in_use")
    assert len(pulling.pull(wire.Pull(name, "", world.lin.id), account=world.lin, at=NOON).cards) > 0
    assert Device.objects.count() == before
    devices.next_number(world.ma, NOON)
    with pytest.raises(Refused) as wrong:
        pushing.push(wire.Push(devices.desk_of(world.ma), "", world.lin.id), account=world.lin, at=NOON)
    assert wrong.value.code == "unknown_device"


# ---------------------------------------------------------------- a restored server


def test_whoever_is_signed_in_what_a_forgotten_phone_seals_is_asked_for_its_ticket_and_not_refused(world, phone):
    Device.objects.filter(id=phone.device.id).delete()
    envelope = phone.envelope(visit(world, phone))
    told = wire.Push(phone.device.id, "", envelopes=[envelope])
    for session in (world.lin, world.ma, world.pri):
        with pytest.raises(Refused) as wrong:
            pushing.push(told, account=session, at=NOON)
        assert wrong.value.code == "unknown_device"
        with pytest.raises(Refused) as wrong:
            pushing.push(wire.Push(phone.device.id, "", hand=[envelope.id]), account=session, at=NOON)
        assert wrong.value.code == "unknown_device"
    assert outcomes(phone.send(envelope)) == [("accepted", "")]


def test_a_phone_that_is_entered_anew_is_still_told_the_words_erased_since_it_was_enrolled(world, monkeypatch):
    nine_days_ago = NOON - timedelta(days=9)
    with monkeypatch.context() as earlier:
        earlier.setattr("django.core.signing.time.time", nine_days_ago.timestamp)
        old = enrolled(world.lin, nine_days_ago)
    erasing.erase(world.house_2.head, basis="本人要求", by=world.pri, at=NOON - timedelta(days=3), everything=True)
    Device.objects.filter(id=old.device.id).delete()
    asked = wire.Pull(old.device.id, old.ticket, world.lin.id)
    assert pulling.pull(asked, account=world.lin, at=NOON).erased != []
    assert Device.objects.get(id=old.device.id).enrolled_at == nine_days_ago


def test_a_server_that_lost_the_phone_knows_it_by_its_ticket(world, phone):
    Device.objects.filter(id=phone.device.id).delete()
    item = visit(world, phone)
    assert outcomes(phone.send(phone.envelope(item))) == [("accepted", "")]
    assert Device.objects.get(id=phone.device.id).signing_key == point_of(phone.key)


def test_a_ticket_for_another_device_or_a_false_one_is_none(world, phone):
    other = enrolled(world.lin)
    Device.objects.all().delete()
    for ticket in (other.ticket, phone.ticket[:-3] + "xyz", ""):
        with pytest.raises(Refused) as wrong:
            replace(phone, ticket=ticket).send(phone.envelope(visit(world, phone)))
        assert wrong.value.code == "unknown_device"


def test_a_phone_that_is_known_need_not_show_its_ticket(world, phone):
    assert outcomes(replace(phone, ticket="").send(phone.envelope(visit(world, phone)))) == [("accepted", "")]


def change(world, phone: Phone, number: str, saw) -> Item:
    key = f"{world.house_2.id}.number"
    body = HouseholdChange1(household=world.house_2.id, number=number)
    return by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, saw={key: saw}))


def test_what_clashed_before_is_offered_as_a_clash_and_never_filed_unseen(world, phone):
    opener = Entry.objects.get(kind="household", said__contains=str(world.house_2.id)).id
    item = change(world, phone, "22", opener)
    met = world.pen.new_id()
    had = wire.Answered("clash", "seen_differently", {"meets": str(met)})
    told = wire.Push(phone.device.id, phone.ticket, world.lin.id, [wire.Open(item, had)])
    [receipt] = pushing.push(told, account=world.lin, at=NOON).receipts
    assert (receipt.outcome, receipt.code, receipt.facts) == ("clash", "seen_differently", {"meets": str(met)})
    assert Tray.objects.get(id=receipt.id).outcome == "clash"
    [again] = phone.push(item).receipts
    assert again.outcome == "clash"


def test_nobody_else_may_offer_it(world, phone):
    item = change(world, phone, "22", None)
    had = wire.Answered("clash", "seen_differently")
    thief = enrolled(world.ma)
    envelope = thief.envelope(item)
    [receipt] = thief.send(wire.Envelope(envelope.id, envelope.box, envelope.sig, had)).receipts
    assert (receipt.outcome, receipt.code) == ("refused", "not_the_author")


def test_a_receipted_entry_the_server_lost_comes_in_again(world, phone):
    item = visit(world, phone)
    had = wire.Answered("accepted", seq=400, epoch=1)
    told = wire.Push(phone.device.id, phone.ticket, world.lin.id, [wire.Open(item, had)])
    assert outcomes(pushing.push(told, account=world.lin, at=NOON)) == [("accepted", "")]


# ---------------------------------------------------------------- waiting and repairing


def test_an_entry_waits_for_the_one_before_it_that_was_refused_and_comes_in_with_its_repair(world, phone):
    house = world.pen.new_id()
    opened = Household1(household=house, village=VILLAGE_B, number="9")
    refused = by(phone, world.pen.item(opened, unit=VILLAGE_A, by=world.lin, on=TODAY))
    body = Visit1(channel="visit", households=[house], outcome="nobody_home")
    after = by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY))
    first, second = phone.push(refused, after).receipts
    assert (first.outcome, second.outcome) == ("refused", "waits")
    assert second.facts == {"on": str(house)}
    repaired = Household1(household=house, village=VILLAGE_A, number="9")
    instead = {"instead_of": [first.id]}
    repair = by(phone, world.pen.item(repaired, unit=VILLAGE_A, by=world.lin, on=TODAY, **instead))
    assert outcomes(phone.push(repair)) == [("accepted", "")]
    assert Entry.objects.filter(id=second.id).exists()
    assert phone.push(refused).receipts[0].code == "already"


def after_its_household(world, phone) -> tuple[Item, Item]:
    """Write a household and a visit to it."""
    house = world.pen.new_id()
    opened = Household1(household=house, village=VILLAGE_A, number="9")
    body = Visit1(channel="visit", households=[house], outcome="nobody_home")
    first, after = (by(phone, world.pen.item(b, unit=VILLAGE_A, by=world.lin, on=TODAY)) for b in (opened, body))
    return first, after


def test_what_waited_is_filed_as_it_was_shown_to_be_its_author_s_when_it_came(world, phone):
    opened, waits = after_its_household(world, phone)
    told = wire.Carry([phone.envelope(waits)], phone.device.id, phone.ticket)
    assert [one.outcome for one in pushing.carry(told, account=world.ma, at=NOON)] == ["waits"]
    lying = Tray.objects.get(id=read_said(waits.said).id)
    assert (lying.shown, lying.brought_by) == ("device", world.ma.id)
    assert outcomes(phone.push(opened)) == [("accepted", "")]
    assert (filed_of(opened).shown, filed_of(waits).shown) == ("session", "device")
    assert filed_of(waits).brought_by == world.ma.id


def test_the_tray_keeps_how_it_was_first_shown_whose_an_entry_is(world, phone):
    _, waits = after_its_household(world, phone)
    unsigned = wire.Carry([phone.envelope(waits, signed=False)], phone.device.id, phone.ticket)
    pushing.carry(unsigned, account=world.ma, at=NOON)
    lying = Tray.objects.filter(id=read_said(waits.said).id)
    assert lying.get().shown == "neither"
    phone.push(waits)
    assert (lying.get().outcome, lying.get().shown) == ("waits", "session")
    phone.send(phone.envelope(waits))
    assert lying.get().shown == "session"


def test_a_refused_entry_can_be_handed_to_the_desk_once(world, phone):
    body = Visit1(channel="visit", households=[world.house_4.id], outcome="nobody_home")
    item = by(phone, world.pen.item(body, unit=VILLAGE_B, by=world.lin, on=TODAY))
    [receipt] = phone.push(item).receipts
    phone.push(hand=[receipt.id])
    phone.push(hand=[receipt.id, world.pen.new_id()])
    assert list(Handed.objects.values_list("id", flat=True)) == [receipt.id]


def test_nobody_hands_over_what_is_another_s(world, phone):
    body = Visit1(channel="visit", households=[world.house_4.id], outcome="nobody_home")
    [receipt] = phone.push(by(phone, world.pen.item(body, unit=VILLAGE_B, by=world.lin, on=TODAY))).receipts
    enrolled(world.ma).push(hand=[receipt.id])
    assert not Handed.objects.exists()


def test_a_clock_that_is_days_wrong_neither_loses_nor_reorders(world, phone):
    behind = datetime(2026, 6, 20, 3, 0, tzinfo=UTC)
    one, two = visit(world, phone, at=behind), visit(world, phone, at=NOON + timedelta(days=9))
    assert outcomes(phone.push(one, two)) == [("accepted", ""), ("accepted", "")]
    assert filed_of(one).late == 0
    assert filed_of(two).seq == filed_of(one).seq + 1


# ---------------------------------------------------------------- over HTTP


def test_a_phone_is_enrolled_in_a_session_only(world, client):
    key = point_of(enrolled(world.lin).key)
    assert ask(client, "enrol", {"name": "手机", "key": key}).status_code == 401
    client.force_login(world.lin)
    answer = ask(client, "enrol", {"name": "手机", "key": key}).json()
    device = Device.objects.get(id=answer["device"])
    assert (device.account, device.signing_key, device.name) == (world.lin.id, key, "手机")
    assert devices.known(device.id, answer["ticket"], NOON) == device


def test_a_key_that_is_none_is_refused(world, client):
    client.force_login(world.lin)
    answer = ask(client, "enrol", {"name": "手机", "key": "AAAA"})
    assert (answer.status_code, answer.json()["refused"]["code"]) == (422, "not_a_signing_key")


def test_hello_tells_a_stranger_the_time_and_the_key_and_nothing_else(world, client, settings):
    told = ask(client, "hello", {}).json()
    assert told["signed_in"] is None
    assert told["server_key"]["raw"] == public_key(settings.CONCERTO_HOME).raw
    client.force_login(world.lin)
    assert ask(client, "hello", {}).json()["signed_in"]["account"] == str(world.lin.id)


def test_a_push_over_http_may_be_squeezed_and_needs_no_cookie_when_sealed(world, client, phone):
    told = wire.Push(phone.device.id, phone.ticket, envelopes=[phone.envelope(visit(world, phone))])
    answer = ask(client, "push", told, squeezed=True)
    assert (answer.status_code, answer.json()["receipts"][0]["outcome"]) == (200, "accepted")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("session", "status", "code"), [(None, 401, "signed_out"), ("ma", 409, "other_person"), ("lin", 200, "")]
)
def test_open_entries_ask_for_their_own_person_s_session(world, client, phone, session, status, code):
    if session:
        client.force_login(world.accounts[session])
    told = wire.Push(phone.device.id, phone.ticket, world.lin.id, [wire.Open(visit(world, phone))])
    answer = ask(client, "push", told)
    assert answer.status_code == status
    assert answer.json().get("refused", {}).get("code", "") == code


@pytest.mark.parametrize("path", ["hello", "enrol", "push", "carry"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Concerto": "0"},
        {"Origin": "https://elsewhere.example"},
    ],
)
def test_a_page_elsewhere_can_ask_nothing(world, client, path, wrong):
    client.force_login(world.lin)
    assert ask(client, path, {}, **wrong).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"device": 3}', b"\xff\xfe", b"null", b'{"x":' + b"[" * 9000])
def test_nonsense_is_refused_with_a_code(client, body):
    answer = ask(client, "push", body)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (422, "not_understood")


def test_a_number_no_engine_keeps_is_refused(world, client, phone):
    client.force_login(world.lin)
    asked = {"device": phone.device.id, "ticket": phone.ticket, "account": world.lin.id}
    for head in ({"epoch": 2**31, "seq": 1}, {"epoch": 1, "seq": 2**80}, {"epoch": -1, "seq": 1}):
        answer = ask(client, "pull", asked | {"head": head})
        assert (answer.status_code, answer.json()["refused"]["code"]) == (422, "not_understood")
    assert ask(client, "pull", asked | {"head": {"epoch": 2**31 - 1, "seq": 2**31 - 1}}).status_code == 200


def test_a_phone_s_name_is_kept_as_a_person_sees_it(world, client):
    client.force_login(world.lin)
    asked = {"key": point_of(ec.generate_private_key(CURVE))}
    told = ask(client, "enrol", asked | {"name": "红\x00米 \u202e９"}).json()
    assert Device.objects.get(id=told["device"]).name == "红米 9"
    assert ask(client, "enrol", asked | {"name": "\x00"}).json()["refused"]["code"] == "not_understood"


@pytest.mark.parametrize("squeezed", [True, False])
def test_a_bomb_is_refused(client, squeezed):
    answer = ask(client, "push", b'"' + b"a" * (5 * 1024 * 1024) + b'"', squeezed=squeezed)
    assert (answer.status_code, answer.json()["refused"]["code"]) == (413, "too_much_at_once")


def test_a_phone_hears_how_it_stands_without_a_session(world, client, phone):
    place = f"/field/device/{phone.device.id}/"
    assert client.get(place).json() == {"device": "in_use"}
    devices.revoke(phone.device, date(2026, 1, 2))
    assert client.get(place).json() == {"device": "revoked"}
    assert client.get(f"/field/device/{world.pen.new_id()}/").status_code == 404
    desk = devices.desk_of(world.lin)
    devices.next_number(world.lin, NOON)
    assert client.get(f"/field/device/{desk}/").status_code == 404
