"""The end of a phone, and the other ways out of it: what was unsent is handed over first, once, and not before."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.kinds.postings import PostingChange1
from concerto.journal.models import Entry, Tray
from concerto.places import devices
from concerto.places.models import Device
from concerto.register.models import Posting
from tests.faces.field.pulls import record

from .handset import Handset


@pytest.fixture
def phone(phone, world):
    """lin's phone, out of signal, with two visits that were not sent."""
    phone.without_signal()
    for house in (world.house_1, world.house_2):
        phone.records_nobody_home(house.id)
    return phone


def shelves(phone: Handset) -> list[str]:
    """The databases of people that are left on the phone."""
    names = phone.page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    return [name for name in names if name.startswith("concerto-")]


def hers(world) -> int:
    return Entry.objects.filter(author=world.lin.id, kind="visit").count()


def test_when_a_posting_ends_two_unsent_visits_go_to_the_tray_and_the_phone_is_emptied(phone, world):
    posting = world.postings["lin"]
    seen = json.loads(Posting.objects.get(id=posting).wordings)["until"]
    ends = PostingChange1(posting=posting, until=clock.today() - timedelta(days=1))
    record(world, ends, unit=world.branch_a.id, saw={f"{posting}.until": seen})
    phone.in_signal_again()
    phone.says("Your posting here has ended.")
    phone.says("2 entries were handed over before that.")
    phone.heading("Concerto on this phone")
    last = clock.today() - timedelta(days=1)
    phone.says(f"its last day was {last.day} {last:%B %Y}", "main")
    phone.look("a posting that ended")
    assert Tray.objects.filter(author=world.lin.id).exclude(item="").count() == 2
    assert shelves(phone) == []
    assert "阿依努尔" not in phone.page.content()


def test_a_phone_taken_out_of_use_hears_it_locked_and_signed_out(phone, world):
    phone.kill()
    phone.on()
    phone.heading("This phone is locked")
    phone.context.clear_cookies()
    devices.revoke(Device.objects.get(account=world.lin.id, is_desk=False), clock.today())
    phone.in_signal_again()
    phone.says("This phone was taken out of use.")
    phone.says("2 entries were handed over before that.")
    phone.says("To use it again, sign in and set it up anew", "main")
    expect(phone.page.locator("main .button-main")).to_have_text("Sign in, then set this phone up anew")
    phone.look("a phone out of use")
    assert Tray.objects.filter(author=world.lin.id).exclude(item="").count() == 2
    assert shelves(phone) == []


def test_two_tabs_share_the_key_and_send_each_entry_once(phone, world):
    before = hers(world)
    phone.go(f"visit/{world.house_3.id}", "Record a visit")
    form = phone.page.locator("main form").element_handle()
    other = phone.tab("/field/#out")
    expect(other.locator("[data-group=waiting] li")).to_have_count(2)
    assert form.evaluate("(form) => form.isConnected")  # what is being typed is not drawn anew when another tab opens
    phone.records_nobody_home(world.house_3.id)
    expect(other.locator("[data-group=waiting] li")).to_have_count(3)
    phone.in_signal_again()
    for page in (phone.page, other):
        page.evaluate("location.hash = '#out'")
        expect(page.locator("[data-group=sent] li")).to_have_count(3, timeout=20_000)
        expect(page.locator("[data-group=waiting] li")).to_have_count(0)
    assert hers(world) == before + 3


def test_locked_in_one_tab_and_opened_in_it_again_the_others_follow(phone, world):
    others = [phone.tab("/field/#out"), phone.tab("/field/#list")]
    phone.go("me", "This phone")
    phone.press("Lock now")
    for page in (phone.page, *others):
        page.get_by_role("heading", name="This phone is locked", level=1).wait_for()
    phone.opens()
    phone.heading("This phone")
    expect(others[0].locator("[data-group=waiting] li")).to_have_count(2)
    others[1].get_by_role("heading", name="Households", level=1).wait_for()
    kept = phone.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "key" not in kept.lower()
    phone.go("me", "This phone")
    phone.press("Lock now")
    for page in others:
        page.get_by_role("heading", name="This phone is locked", level=1).wait_for()


def test_what_waits_is_saved_to_a_file_and_carried_in_by_somebody_else(phone, world, taken):
    before = hers(world)
    phone.go("out", "Outbox")
    with phone.page.expect_download() as saved:
        phone.press("Save to a file")
    file = Path(saved.value.path()).read_bytes()
    phone.says(f"Saved as {saved.value.suggested_filename}", "main")
    expect(phone.page.get_by_role("button", name="Save to a file")).to_be_visible()
    phone.look("what waits was saved")
    other = taken().on()
    other.is_signed_in(world.ma)
    other.page.goto(f"{other.home}/field/#carry")
    other.page.reload()
    chosen = {"name": "concerto.json", "mimeType": "application/json", "buffer": file}
    other.page.locator("[name=file]").set_input_files(chosen)
    other.press("Carry it in")
    other.says("2 entries of the file were carried in.")
    other.look("a file carried in")
    assert hers(world) == before + 2
    expect(other.page.locator("main .out-list li")).to_have_count(2)
    other.page.locator("[name=file]").set_input_files({**chosen, "buffer": b"nothing"})
    other.press("Carry it in")
    other.says("This is not a file of envelopes.")
    expect(other.page.locator("main .out-list li").first).to_be_hidden()  # they were of another file
    torn = json.loads(file)
    torn["envelopes"][0]["box"] = torn["envelopes"][0]["box"][:-8] + "AAAAAAA="
    other.page.locator("[name=file]").set_input_files({**chosen, "buffer": json.dumps(torn).encode()})
    other.press("Carry it in")
    other.says("1 entry of the file was carried in. 1 entry was sent back.")
    expect(other.page.locator("main .out-list li")).to_have_count(2)
    phone.in_signal_again()
    expect(phone.page.locator("[data-group=sent] li")).to_have_count(2, timeout=20_000)
    assert hers(world) == before + 2
