"""A slip on the way: a visit that left one is undone with it, and another number is noted where the first was given."""

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Entry
from concerto.parts.assistance.models import Need
from concerto.register.slips import MatterSlip
from tests.register.slips import given_slip, print_slips

from .handset import Handset

pytestmark = pytest.mark.django_db(transaction=True)


def leaves_a_slip(phone: Handset, world, serial: str) -> None:
    """Record a visit to house_1 on which a need was written down and a slip left."""
    page = phone.page
    phone.go(f"visit/{world.house_1.id}", "Record a visit")
    page.locator(f"[name=met][value='{world.house_1.head}']").check(force=True)
    page.locator("[name=need_words_1]").fill("井没水了")
    page.locator("[name=need_slip_1]").fill(serial)
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def test_a_visit_that_left_a_slip_is_undone_with_it(phone, world):
    page = phone.page
    [slip] = print_slips(world, world.lin)
    phone.without_signal()
    leaves_a_slip(phone, world, slip.serial)
    needs = Need.objects.filter(source_withdrawn=False).count()
    phone.says("with 1 more entry", "main")
    phone.press("Undo")
    phone.says("taken back", "main")
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(4, timeout=40_000)
    assert Need.objects.filter(source_withdrawn=False).count() == needs
    assert not MatterSlip.objects.given().filter(serial=slip.serial).exists()


def test_a_slip_that_was_given_already_gets_another_number_on_the_phone(phone, world):
    page = phone.page
    slip, spare = print_slips(world, world.lin, count=2)
    phone.without_signal()
    leaves_a_slip(phone, world, slip.serial)
    given_slip(world, slip)
    phone.in_signal_again()
    phone.go("out", "Outbox")
    back = page.locator("[data-group=back] li")
    expect(back).to_have_count(1, timeout=40_000)
    phone.without_signal()
    back.get_by_role("link", name="Mend it").click()
    phone.heading("Mend it")
    page.locator("[name=serial]").fill("1000009")
    phone.press("Record it")
    expect(page.locator(".has-error")).to_have_count(1)
    phone.look("another slip")
    page.locator("[name=serial]").fill(spare.serial)
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(back).to_have_count(0, timeout=40_000)
    expect(page.locator("[data-group=sent] li")).to_have_count(2, timeout=40_000)
    row = MatterSlip.objects.get(serial=spare.serial)
    [visit] = Entry.objects.filter(kind="visit", author=world.lin.id).order_by("-seq")[:1]
    assert (row.household, row.given_by) == (world.house_1.id, world.lin.id)
    assert Need.objects.get(id=row.matter).entry == visit.id
