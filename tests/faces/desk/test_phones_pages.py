"""The desk's side of phones: a file that somebody carries in, one's own phones, and heads that phones missed."""

import json
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.conductor import carrying
from concerto.faces.desk.phones.carrying import OUTCOMES
from concerto.groundwork import clock
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Entry, HeadAlarm, Tray
from concerto.journal.said import read_said
from concerto.places.devices import revoke
from concerto.places.models import Device
from concerto.register.access import device_state
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, Desk
from tests.faces.field.phone import Phone, by, enrolled

from .browsing import Browser

pytestmark = pytest.mark.django_db
NOTE = "渠水分得不匀"


@pytest.fixture
def phone(world, home) -> Phone:
    """The instructor's phone."""
    return enrolled(world.lin)


def signed_in(account):
    return Browser(Desk(Client()), account)


def a_visit(world, phone, house, **more):
    """Write a visit with words, as a phone does."""
    words = world.pen.seal(house.id, NOTE)
    body = Visit1(channel="visit", households=[house.id], outcome="met", words=words.digest)
    return by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words], **more))


def a_file(phone, *envelopes, **more):
    """Save envelopes to a file, as a phone does."""
    told = {
        "concerto": "envelopes",
        "version": 1,
        "device": str(phone.device.id),
        "ticket": phone.ticket,
        "envelopes": [msgspec.to_builtins(one) for one in envelopes],
        **more,
    }
    return json.dumps(told).encode()


def carried(browser, data):
    sent = SimpleUploadedFile("to-be-sent.json", data, "application/json")
    return browser.client.post(reverse("desk:carry"), {"file": sent})


def test_what_a_phone_signed_is_its_authors_whoever_carries_it(world, phone, house_1):
    item = a_visit(world, phone, house_1)
    entry = read_said(item.said).id
    answer = carried(signed_in(world.ma), a_file(phone, phone.envelope(item)))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert str(entry)[-12:] in text
    for words in (NOTE, "阿依努尔", "上门：", "林晓"):
        assert words not in text
    filed = json.loads(Entry.objects.get(id=entry).filed)
    assert (filed["shown"], filed["brought_by"]) == ("device", str(world.ma.id))


def test_the_same_file_twice_does_no_harm(world, phone, house_1):
    data = a_file(phone, phone.envelope(a_visit(world, phone, house_1)))
    before = Entry.objects.count()
    assert [carried(signed_in(world.ma), data).status_code for _ in range(2)] == [200, 200]
    assert Entry.objects.count() == before + 1


def test_of_ones_own_it_says_what_kind_it_was(world, phone, house_1):
    answer = carried(signed_in(world.lin), a_file(phone, phone.envelope(a_visit(world, phone, house_1))))
    assert "上门" in answer.content.decode().split("<main")[1].split("</main")[0]


def test_what_is_not_signed_waits_for_its_authors_yes(world, phone, house_1):
    item = a_visit(world, phone, house_1)
    data = a_file(phone, phone.envelope(item, signed=False), device=None, ticket="")
    text = carried(signed_in(world.ma), data).content.decode()
    assert "not_the_author" in text
    row = Tray.objects.get()
    assert row.code == "not_the_author"
    lin = signed_in(world.lin)
    assert lin.client.post(reverse("desk:tray-again", args=[row.id])).status_code == 302
    assert Entry.objects.filter(id=row.id).exists()


def test_what_is_not_signed_is_ones_own_to_bring(world, phone, house_1):
    item = a_visit(world, phone, house_1)
    carried(signed_in(world.lin), a_file(phone, phone.envelope(item, signed=False)))
    assert Entry.objects.filter(id=read_said(item.said).id).exists()


def test_words_that_are_not_kept_are_not_told_to_whoever_carries_them(world, phone, house_1):
    words = world.pen.seal(house_1.id, "他是重点人员")
    body = Visit1(channel="visit", households=[house_1.id], outcome="met", words=words.digest)
    item = by(phone, world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY, sealed=[words]))
    text = carried(signed_in(world.ma), a_file(phone, phone.envelope(item))).content.decode()
    assert "not_kept_here" in text
    assert "重点人员" not in text


def test_what_was_a_clash_before_a_restore_is_never_filed_unseen(world, phone, house_1):
    item = a_visit(world, phone, house_1)
    told = msgspec.to_builtins(phone.envelope(item))
    told["answered"] = {"outcome": "clash", "code": "seen_differently", "facts": {"meets": str(uuid4())}}
    text = carried(signed_in(world.ma), a_file(phone, envelopes=[told])).content.decode()
    assert "有出入" in text
    assert Tray.objects.get().outcome == "clash"


def test_one_bad_envelope_stops_no_other(world, phone, house_1):
    good = phone.envelope(a_visit(world, phone, house_1))
    torn = msgspec.structs.replace(phone.envelope(a_visit(world, phone, house_1)), box="AAAA")
    text = carried(signed_in(world.ma), a_file(phone, torn, good)).content.decode()
    assert "envelope_not_opened" in text
    for outcome in ("accepted", "refused"):  # what was sent back is not counted as brought in
        assert f"{OUTCOMES[outcome][1]} 1" in text
    assert Entry.objects.filter(id=good.id).exists()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ""),
        (b"\x00\xff", "not_a_file_of_envelopes"),
        (b"[" * 5000, "not_a_file_of_envelopes"),
        (b'{"concerto": "backup", "version": 1, "envelopes": []}', "not_a_file_of_envelopes"),
        (b'{"concerto": "envelopes", "version": 2, "envelopes": []}', "file_of_another_version"),
        (b'{"concerto": "envelopes", "version": 1, "envelopes": []}', "file_without_envelopes"),
        (b'{"concerto": "envelopes", "version": 1, "envelopes": [{"id": "x"}]}', "not_a_file_of_envelopes"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_code(world, home, data, code):
    answer = carried(signed_in(world.lin), data)
    assert answer.status_code == 422
    assert code in answer.content.decode()


def test_a_file_that_is_too_big_is_refused_unread(world, home, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.phones.carrying.MOST_BYTES", 10)
    answer = carried(signed_in(world.lin), b"x" * 11)
    assert answer.status_code == 422
    assert "too_much_at_once" in answer.content.decode()


def test_a_file_of_many_comes_in_by_parts(world, phone, house_1, monkeypatch):
    monkeypatch.setattr("concerto.faces.desk.phones.carrying.AT_ONCE", 2)
    envelopes = [phone.envelope(a_visit(world, phone, house_1)) for _ in range(5)]
    carried(signed_in(world.ma), a_file(phone, *envelopes))
    assert Entry.objects.filter(id__in=[one.id for one in envelopes]).count() == 5
    assert carrying.AT_ONCE == 50


# ---------------------------------------------------------------- my phones


def test_my_page_names_my_phones_since_when_and_nothing_of_their_use(world, phone):
    lin = signed_in(world.lin)
    text = lin.text("my-page")
    assert "手机" in text
    assert "2026年7月1日" in text
    assert reverse("desk:carry") in text
    assert lin.open("my-device", phone.device.id).status_code == 200


def test_a_phone_of_mine_goes_out_of_use_after_i_was_asked(world, phone, house_1):
    lin, ma = signed_in(world.lin), signed_in(world.ma)
    assert ma.open("my-device-end", phone.device.id).status_code == 404
    assert "清掉" in lin.text("my-device-end", phone.device.id)
    assert Device.objects.get(id=phone.device.id).revoked_on is None
    assert lin.client.post(reverse("desk:my-device-end", args=[phone.device.id])).status_code == 302
    device = Device.objects.get(id=phone.device.id)
    assert device_state(device, world.lin, clock.today()) == "revoked"
    assert str(phone.device.id) not in lin.text("my-page")
    phone.send(phone.envelope(a_visit(world, phone, house_1)), at=clock.now())
    row = Tray.objects.get()
    assert row.code == "device_revoked"
    assert reverse("desk:tray-again", args=[row.id]) in lin.text("tray")


def test_of_a_lost_phone_the_authors_yes_is_asked(world, phone, house_1):
    lin = signed_in(world.lin)
    lin.client.post(reverse("desk:my-device-lost", args=[phone.device.id]))
    assert "等您认" in lin.text("my-device", phone.device.id)
    phone.send(phone.envelope(a_visit(world, phone, house_1)), at=clock.now())
    row = Tray.objects.get()
    assert row.code == "device_lost"
    assert lin.client.post(reverse("desk:tray-again", args=[row.id])).status_code == 302
    assert Entry.objects.filter(id=row.id).exists()


def test_a_phone_that_was_taken_out_of_use_is_believed_up_to_that_day(world, phone, house_1):
    revoke(phone.device, TODAY + timedelta(days=1))
    phone.send(phone.envelope(a_visit(world, phone, house_1)))
    assert not Tray.objects.exists()


# ---------------------------------------------------------------- heads


def an_alarm(world, phone, **more):
    told = {"epoch": 1, "seq": 900, "digest": "0" * 64, "code": "head_lost", "count": 3, **more}
    HeadAlarm(log=TOWNSHIP, id=uuid4(), at=NOON, device=phone.device.id, **told).save(force_insert=True)


def test_the_administrator_is_told_where_they_land_until_somebody_has_looked(world, phone):
    adm = signed_in(world.adm)
    assert reverse("desk:alarms") not in adm.text("unit-list", TOWNSHIP).split("<main")[1].split("</main")[0]
    an_alarm(world, phone)
    an_alarm(world, enrolled(world.ma))
    for landing in (adm.text("unit-list", TOWNSHIP), adm.text("units")):
        assert reverse("desk:alarms") in landing.split("<main")[1].split("</main")[0].split("</main")[0]
    text = adm.text("alarms")
    for words in ("示范乡", "900", "head_lost", "2 台手机", "没有了的有 3 笔"):
        assert words in text
    for words in ("林晓", "马兰"):
        assert words not in text
    one = HeadAlarm.objects.order_by("id").first()
    assert adm.client.post(reverse("desk:alarm-seen", args=[TOWNSHIP, one.id])).status_code == 302
    assert not HeadAlarm.objects.filter(seen_at=None).exists()
    assert reverse("desk:alarms") not in adm.text("unit-list", TOWNSHIP).split("<main")[1].split("</main")[0]
    assert "900" in adm.text("alarms")


def test_what_phones_miss_is_said_for_each_and_never_added_up(world, phone):
    an_alarm(world, phone, count=3)
    an_alarm(world, enrolled(world.ma), count=5)
    text = signed_in(world.adm).text("alarms")
    assert "没有了的有 3 至 5 笔" in text
    assert "8 笔" not in text


def test_a_code_that_this_page_does_not_know_is_shown_with_it(world, phone):
    an_alarm(world, phone, code="lacking", seq=12)
    text = signed_in(world.adm).text("alarms")
    assert "lacking" in text
    assert "户卡" in text


def test_many_reports_are_read_in_as_few_statements_as_one(world, phone, django_assert_num_queries):
    adm = signed_in(world.adm)
    an_alarm(world, phone)
    adm.text("alarms")
    with CaptureQueriesContext(connection) as one:
        adm.text("alarms")
    for seq in range(20):
        an_alarm(world, phone, seq=seq)
    with django_assert_num_queries(len(one)):
        adm.text("alarms")


def test_no_alarm_says_so(world, home):
    assert 'class="empty"' in signed_in(world.adm).text("alarms")
