"""A day without signal and back, in a real browser: all of it arrives once, whatever is killed on the way."""

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.models import Entry
from concerto.parts.visits.models import Visit
from concerto.register.models import Household

from .handset import Handset
from .line import Line
from .server import Server


def arrived(phone: Handset, number: int) -> None:
    """Wait until this many lie in the outbox as sent, and nothing else lies there."""
    phone.go("out", "Outbox")
    expect(phone.page.locator("[data-group=sent] li")).to_have_count(number, timeout=40_000)
    for state in ("waiting", "back", "clash", "pending"):
        expect(phone.page.locator(f"[data-group={state}] li")).to_have_count(0)


def test_a_day_without_signal_arrives_once_and_in_order(phone, world):
    before = set(Entry.objects.values_list("id", flat=True))
    page = phone.page
    phone.without_signal()
    for house in (world.house_1, world.house_2):
        phone.records_nobody_home(house.id)
    phone.go("household", "Add a household")
    page.locator("[name=village]").select_option(label="上泉村")
    page.locator("[name=p0-name]").fill("新来的人家")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.go("out", "Outbox")
    page.locator("[data-group=waiting] li a.name").first.click()
    phone.heading("Visit")
    page.get_by_role("link", name="Correct").click()
    phone.heading("Correct")
    page.locator("[name=met][value=not_now]").check(force=True)
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    address = f"visit/{world.house_3.id}"
    phone.go(address, "Record a visit")
    page.locator("[name=met][value=nobody_home]").check(force=True)
    phone.says("Draft kept on this phone", "#state")

    phone.kill()
    phone.on(f"/field/#{address}")
    phone.opens()
    phone.heading("Record a visit")
    expect(phone.page.locator("[name=met][value=nobody_home]")).to_be_checked()
    phone.press("Record it")
    phone.page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.go("list", "Households")
    phone.says("新来的人家")
    assert set(Entry.objects.values_list("id", flat=True)) == before

    phone.in_signal_again()
    phone.says("entries have arrived.", "#notices")
    phone.look("back in signal")
    arrived(phone, 6)
    fresh = Entry.objects.exclude(id__in=before).order_by("seq")
    assert [entry.kind for entry in fresh] == ["visit", "visit", "household", "resident", "visit", "visit"]
    assert Visit.objects.filter(on=clock.today()).count() == 3
    assert Household.objects.filter(village=world.village_a.id).count() == 4


@pytest.fixture
def server(tmp_path):
    """A server that can be killed."""
    home = tmp_path / "home"
    home.mkdir()
    server = Server(home)
    server.start()
    yield server
    server.kill()


@pytest.mark.parametrize("moment", ["on_request", "on_answer"])
def test_a_server_killed_in_the_middle_of_a_push_has_what_was_recorded_once(taken, server, moment):
    line = Line(server.port)
    phone = taken(f"http://127.0.0.1:{line.port}").on()
    phone.has_session(server.lets_in())
    phone.is_set_up()
    phone.go("list", "Households")
    expect(phone.page.locator(".house-row")).to_have_count(3)
    phone.without_signal()
    for house in server.facts["houses"]:
        phone.records_nobody_home(house)

    setattr(line, moment, server.kill)
    phone.in_signal_again()
    phone.go("out", "Outbox")
    server.process.wait(timeout=30)
    phone.page.locator("[data-group=waiting] li").first.wait_for()
    server.start()
    phone.press("Send now")
    arrived(phone, 3)
    there = server.holds()["entries"]
    assert (len(there), len(set(there))) == (3, 3)
    phone.off()
    line.close()
