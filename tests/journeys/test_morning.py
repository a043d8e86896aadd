"""A morning of three visits on a phone without signal, one declined, one moved: what each takes in taps and fields."""

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.models import Entry
from concerto.parts.visits.models import Visit
from concerto.register.models import MatterSlip
from tests.register.slips import print_slips

from .handset import Handset

THUMB = 44  # CSS pixels: what one thumb hits on the way
WIDTH = 360


class Thumb:
    """One thumb: it taps what it can hit, and types into fields; both are counted."""

    def __init__(self, phone: Handset) -> None:
        self.phone, self.taps, self.fields = phone, 0, 0

    def tap(self, locator) -> None:
        """Tap once, where a thumb hits."""
        locator.scroll_into_view_if_needed()
        box = locator.bounding_box()
        assert box
        assert box["height"] >= THUMB, box
        assert WIDTH - box["width"] >= box["x"] >= 0, box
        locator.tap()
        self.taps += 1

    def choose(self, name: str, value: str) -> None:
        """Tap a choice of a question."""
        self.tap(self.phone.page.locator(f"label:has([name={name}][value='{value}'])"))

    def write(self, name: str, words: str) -> None:
        """Tap into a field and type."""
        field = self.phone.page.locator(f"[name={name}]")
        self.tap(field)
        field.fill(words)
        self.fields += 1

    def opens(self, house) -> None:
        """Go to the form of a household as one does at its door."""
        self.taps = self.fields = 0
        page = self.phone.page
        self.tap(page.locator("nav a[href='#list']:visible"))
        self.phone.heading("Households")
        self.tap(page.locator(f"a[href='#card/{house}']").first)
        self.tap(page.locator(f"a[href='#visit/{house}']").first)
        self.phone.heading("Record a visit")

    def records(self) -> tuple[int, int]:
        """Press the key, and give how many taps and fields it took."""
        self.tap(self.phone.page.locator("#dock").get_by_role("button", name="Record it"))
        self.phone.page.get_by_role("heading", name="Recorded", exact=True).wait_for()
        return self.taps, self.fields


@pytest.fixture
def phone(taken, world) -> Handset:
    """lin's phone in one hand, on which the cards of her village lie."""
    phone = taken(has_touch=True).on()
    phone.is_signed_in(world.lin)
    phone.is_set_up()
    phone.go("list", "Households")
    expect(phone.page.locator(".house-row")).to_have_count(3)
    assert phone.page.viewport_size["width"] == WIDTH
    return phone


def test_a_morning_of_three_visits_one_declined_one_moved(phone, world):
    thumb, page, took = Thumb(phone), phone.page, {}
    [slip] = print_slips(world, world.lin)
    before = set(Entry.objects.values_list("id", flat=True))
    phone.without_signal()

    thumb.opens(world.house_1.id)
    thumb.choose("met", str(world.house_1.head))
    thumb.choose("change", "no_change")
    thumb.write("need_words_1", "井没水了")
    thumb.write("need_slip_1", slip.serial)
    phone.shot("slip left")
    took["met, no change, a need and its slip"] = thumb.records()
    phone.says("with 1 more entry")
    thumb.opens(world.house_2.id)
    thumb.choose("met", "declined")
    took["declined"] = thumb.records()
    thumb.opens(world.house_3.id)
    thumb.choose("met", "moved")
    thumb.write("moved_to", "县城，女儿家")
    phone.shot("moved")
    took["moved"] = thumb.records()
    phone.says("put right where it is usually found")
    expect(page.locator("main a[data-put=places]")).to_have_attribute("href", f"#places/{world.house_3.id}")

    assert took == {"met, no change, a need and its slip": (8, 2), "declined": (5, 0), "moved": (6, 1)}, took
    assert phone.obstacles() == []
    assert set(Entry.objects.values_list("id", flat=True)) == before

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(4, timeout=40_000)
    made = Visit.objects.filter(on=clock.today())
    assert sorted(made.values_list("state", flat=True)) == ["declined", "met", "moved"]
    given = MatterSlip.objects.get(serial=slip.serial)
    assert (given.household, given.given_on) == (world.house_1.id, clock.today())


def test_the_ways_of_the_week_are_there_without_signal_and_lead_to_their_forms(phone):
    thumb = Thumb(phone)
    phone.go("today", "Today")
    phone.page.locator(".owed li").first.wait_for()
    phone.without_signal()
    phone.go("today/trip", "Today")
    stop = phone.page.locator(".owed li")
    expect(stop).to_have_count(1)
    phone.says("slips for 1 household")
    assert phone.obstacles() == []
    phone.shot("ways of the week")
    thumb.tap(stop)
    phone.heading("Record a visit")
    phone.page.locator("[name=met][value=not_now]").check(force=True)
    phone.press("Record it")
    phone.page.get_by_role("heading", name="Recorded", exact=True).wait_for()
