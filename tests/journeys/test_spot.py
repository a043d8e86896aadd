"""A goat quarrel, settled where it arose: on a phone, without signal; and whoever is afraid leaves no trace."""

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.kinds.panel import PanelMember1
from concerto.journal.models import Entry, Tray
from concerto.parts.disputes.models import Case
from tests.cast import VILLAGE_A

MOST_REQUIRED = 8


@pytest.fixture
def on_the_panel(world) -> None:
    """med mediates for village A, by a line of the panel."""
    body = PanelMember1(
        panel_member=world.pen.new_id(), unit=VILLAGE_A, how="elected", since=clock.today(), account=world.med.id
    )
    item = world.pen.item(body, unit=VILLAGE_A, by=world.wang, on=clock.today(), at=clock.now())
    [receipt] = world.receive(item, by=world.wang, at=clock.now())
    assert receipt.stands, receipt


def test_a_quarrel_is_settled_without_signal_and_the_desk_finds_it_resolved(on_the_panel, phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("record", "Record")
    page.get_by_role("link", name="Settled on the spot").click()
    phone.heading("Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    asked = page.locator("main [data-field]:visible").count()
    assert asked <= MOST_REQUIRED
    phone.look("spot")
    page.get_by_label("What it was about").select_option(label="Damage by livestock")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    page.get_by_label("What they agreed").fill("赔一百块，羊圈修好")
    page.locator("label.choice", has_text="哈丽玛·努尔").click()
    phone.press("Record it")
    phone.says("Wanted somebody to help")  # each side's own wish is asked for, and nothing was recorded
    assert page.locator(".has-error").count() == 1
    for side in ("a", "b"):
        page.locator(f"label:has([name={side}_wanted])").click()
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    assert not Case.objects.exists()

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    case = Case.objects.get()
    assert (case.state, case.outcome, case.level, case.account) == ("resolved", "oral", "village", world.med.id)
    phone.go("out", "Outbox")
    expect(page.locator("body")).not_to_contain_text("杨春生")


def test_of_somebody_afraid_the_phone_keeps_nothing_and_says_what_to_do(on_the_panel, phone):
    page = phone.page
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    page.get_by_label("Side A, name").fill("某某")
    page.locator("label:has([name=afraid][value=yes])").click()
    phone.heading("First find out what they are afraid of; go no further")
    expect(page.locator("main a[href='tel:110']")).to_have_count(1)
    phone.go("record", "Record")
    expect(page.get_by_text("Begun, not recorded")).to_have_count(0)
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    expect(page.get_by_label("Side A, name")).to_have_value("")
    assert not Entry.objects.filter(kind="spot_settlement").exists()
    assert not Tray.objects.exists()
