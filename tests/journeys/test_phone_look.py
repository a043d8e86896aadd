"""The phone's pages in a real browser, as they are served: nothing in anybody's way, at two widths and in the dark."""

import json

import pytest
from playwright.sync_api import expect

from concerto.journal.models import Entry

from .walker import DESK, PHONE, PIN


@pytest.fixture
def phone(set_up):
    """A phone of lin's, open, on which the cards of her village have come and all that is needed without signal."""
    set_up.page.evaluate("location.hash = '#list'")
    expect(set_up.page.locator(".house-row")).to_have_count(3)
    set_up.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    return set_up


def go(walker, name: str, heading: str) -> None:
    walker.page.evaluate(f"location.hash = {json.dumps(name)}")
    walker.page.get_by_role("heading", name=heading, level=1).wait_for()
    walker.look()


@pytest.mark.parametrize(("size", "light"), [(PHONE, "light"), (DESK, "dark")])
def test_every_page_is_open_to_everybody(phone, world, size, light):
    phone.page.set_viewport_size(size)
    phone.page.emulate_media(color_scheme=light)
    house = world.house_1.id

    go(phone, "#today", "Today")
    go(phone, "#today/place", "Today")
    go(phone, "#list", "Households")
    go(phone, "#calls", "Numbers to call")
    go(phone, f"#card/{house}", "household")
    phone.page.locator(".person-act a").first.click()  # theirs, not the household's
    phone.page.get_by_role("heading", name="What is different about them", level=1).wait_for()
    go(phone, f"#visit/{house}", "Record a visit")
    go(phone, f"#change/{house}", "Change")
    go(phone, "#household", "Add a household")
    go(phone, "#record", "Record")
    go(phone, "#out", "Outbox")
    go(phone, "#me", "This phone")
    go(phone, "#carry", "Carry in a file")


CUT = """() => {
  const input = document.querySelector("main input[type=search]");
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = getComputedStyle(input, "::placeholder").font;
  return Math.max(0, Math.ceil(pen.measureText(input.placeholder).width) - input.clientWidth);
}"""
ENDS = """() => [...document.querySelectorAll("main .part-head > .count, main ul > li")]
  .filter((one) => one.offsetWidth > 0).map((one) => Math.round(one.getBoundingClientRect().right))"""


def test_what_can_be_looked_for_is_said_whole_and_counts_end_where_their_lists_do(phone, world):
    page = phone.page
    page.context.set_offline(True)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(CUT) == 0
    go(phone, f"#visit/{world.house_1.id}", "Record a visit")
    phone.tick("met", "nobody_home")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    page.set_viewport_size(DESK)

    ends = set()
    for name, heading in (("#list", "Households"), ("#record", "Record"), ("#out", "Outbox")):
        go(phone, name, heading)
        page.wait_for_function(f"({ENDS})().length > 1")
        ends |= set(page.evaluate(ENDS))
    assert len(ends) == 1


def test_a_household_that_may_be_there_already_is_named_while_it_is_written_and_stops_nobody(phone, world):
    page = phone.page
    page.context.set_offline(True)
    page.set_viewport_size(PHONE)
    go(phone, "#household", "Add a household")
    page.locator("[name=number]").fill("01")
    line = page.locator("main form .hint", has_text="If it is another household, record it all the same.")
    assert "阿依努尔·木拉提's household" in line.inner_text()
    page.locator("[name=number]").fill("4711")
    line.wait_for(state="hidden")
    page.locator("[name=number]").fill("1")
    page.locator("[name=p0-name]").fill("赵强")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def test_what_is_recorded_stands_on_its_card_and_in_the_outbox_and_can_be_undone(phone, world):
    page = phone.page
    before = Entry.objects.count()
    page.context.set_offline(True)

    go(phone, f"#visit/{world.house_1.id}", "Record a visit")
    phone.tick("met", "nobody_home")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.look()
    page.get_by_role("link", name="To the household").click()
    page.locator(".entries").get_by_text("on this phone").wait_for()
    go(phone, "#out", "Outbox")
    assert page.locator("[data-group=waiting] li").count() == 1

    page.locator("[data-group=waiting] a").first.click()
    page.get_by_role("link", name="Withdraw").click()
    page.locator("main").get_by_role("button", name="Withdraw").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    go(phone, "#out", "Outbox")
    assert page.locator("[data-group=waiting] li").count() == 2
    assert Entry.objects.count() == before


def test_a_form_that_was_left_is_there_again(phone, world):
    page = phone.page
    go(phone, f"#visit/{world.house_1.id}", "Record a visit")
    page.locator("[name=words]").fill("冬草不够")
    page.locator("#state").get_by_text("Draft kept on this phone").wait_for()

    page.evaluate("location.hash = '#record'")
    page.get_by_text("Begun, not recorded").wait_for()
    go(phone, f"#visit/{world.house_1.id}", "Record a visit")  # until then the search of the page before has the name

    assert page.locator("[name=words]").input_value() == "冬草不够"


def test_locked_it_shows_time_and_state_alone(phone, world):
    page = phone.page
    page.context.set_offline(True)
    go(phone, f"#visit/{world.house_1.id}", "Record a visit")
    phone.tick("met", "nobody_home")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()

    go(phone, "#me", "This phone")
    page.get_by_role("button", name="Lock now").click()
    page.get_by_role("heading", name="This phone is locked").wait_for()
    phone.look()
    shown = page.locator("main").inner_text()
    assert "On this phone, not sent" in shown
    assert "Visit" not in shown

    page.locator("#lock-pin").fill("135791")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_text("That is not the PIN.").wait_for()
    page.locator("#lock-pin").fill(PIN)
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("heading", name="This phone", exact=True).wait_for()
