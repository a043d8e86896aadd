"""A goat quarrel, settled where it arose: on a phone, without signal; and whoever is afraid leaves no trace."""

import time

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


class Thumb:
    """One thumb on a phone: it counts what it taps and writes, and how long a hand would take for it."""

    A_TAP, A_SIGN = 4.0, 2.0  # seconds of an unhurried hand: to find and tap the next thing; to write one sign

    def __init__(self, page) -> None:
        self.page, self.taps, self.signs, self.fields, self.begun = page, 0, 0, 0, time.monotonic()

    def taps_on(self, what) -> None:
        what.click()
        self.taps += 1

    def writes(self, label: str, words: str) -> None:
        self.taps_on(self.page.get_by_label(label))
        self.page.keyboard.insert_text(words)
        self.fields += 1
        self.signs += len(words)

    def chooses(self, label: str, words: str) -> None:
        self.page.get_by_label(label).select_option(label=words)
        self.taps += 2

    @property
    def seconds(self) -> float:
        """What the robot took, and what a hand takes besides."""
        return time.monotonic() - self.begun + self.taps * self.A_TAP + self.signs * self.A_SIGN


def button(page, words: str):
    return page.locator("main").get_by_role("button", name=words, exact=True)


def test_a_quarrel_is_settled_without_signal_in_two_minutes_and_the_desk_finds_it_resolved(on_the_panel, phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("record", "Record")
    thumb = Thumb(page)
    thumb.taps_on(page.get_by_role("link", name="Settled on the spot"))
    phone.heading("Settled on the spot")
    thumb.taps_on(page.locator("label:has([name=afraid][value=no])"))
    assert page.locator("main [data-field]:visible").count() <= MOST_REQUIRED
    thumb.chooses("What it was about", "Damage by livestock")
    thumb.writes("Side A, name", "杨春生")
    thumb.writes("Side B, name", "努尔兰·别克")
    thumb.writes("What they agreed", "赔一百块，羊圈修好")
    for side in ("a", "b"):
        thumb.taps_on(page.locator(f"label:has([name={side}_wanted])"))
    thumb.taps_on(page.locator("label.choice", has_text="哈丽玛·努尔"))
    thumb.taps_on(button(page, "Read it over"))
    facts = page.locator("[data-put=look] .facts")
    expect(facts).to_contain_text("杨春生, Wanted somebody to help")
    thumb.taps_on(button(page, "Record it"))
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    told = f"{thumb.taps} taps, {thumb.fields} fields, {thumb.signs} signs, {thumb.seconds:.0f} seconds"
    assert (thumb.taps, thumb.fields) == (12, 3), told
    assert thumb.seconds < 120, told
    assert not Case.objects.exists()

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(1, timeout=40_000)
    case = Case.objects.get()
    assert (case.state, case.outcome, case.level, case.account) == ("resolved", "oral", "village", world.med.id)
    phone.go("out", "Outbox")
    expect(page.locator("body")).not_to_contain_text("杨春生")


def test_what_is_missing_is_said_and_what_will_be_recorded_is_read_over_first(on_the_panel, phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    phone.look("spot")
    page.get_by_label("What it was about").select_option(label="Damage by livestock")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    page.get_by_label("What they agreed").fill("赔一百块，羊圈修好")
    page.locator("label.choice", has_text="哈丽玛·努尔").click()
    phone.press("Read it over")
    expect(page.locator(".has-error")).to_have_count(1)  # each side's own wish is asked for
    for side in ("a", "b"):
        page.locator(f"label:has([name={side}_wanted])").click()
    phone.press("Read it over")
    phone.says("by an oral agreement", "main")
    phone.look("spot read over")
    phone.press("Change")
    page.locator("label.choice", has_text="settled it between themselves").click()
    phone.press("Read it over")
    phone.says("as settled between the two of them", "main")
    assert phone.shelf("(shelf) => shelf.entries().then((all) => all.length)") == 0


def test_a_tap_that_leaves_a_mended_answer_meets_what_it_was_meant_for(on_the_panel, phone, world):
    page = phone.page
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    phone.press("Read it over")
    said = page.locator("[data-field=b] [data-mistake]")
    expect(said).to_be_visible()
    page.get_by_label("Side B, name").focus()
    page.keyboard.insert_text("努尔兰·别克")
    wish = page.locator("label:has([name=b_wanted])")
    wish.scroll_into_view_if_needed()
    box = wish.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 8, delay=100)
    assert page.locator("[name=b_wanted]").is_checked()
    expect(said).not_to_be_visible()
    phone.press("Read it over")
    expect(said).to_have_count(0)


REFUSED = """async (shelf) => {
  const [row] = await shelf.entries();
  await shelf.take([{ id: row.id, outcome: "refused", code: "not_on_the_panel", why: "" }]);
}"""


def test_one_that_was_sent_back_is_mended_with_its_words_as_the_same_case(on_the_panel, phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=no])").click()
    page.get_by_label("What it was about").select_option(label="Damage by livestock")
    page.get_by_label("Side A, name").fill("杨春生")
    page.get_by_label("Side B, name").fill("努尔兰·别克")
    page.get_by_label("What they agreed").fill("赔一百块")
    page.locator("label.choice", has_text="settled it between themselves").click()
    phone.press("Read it over")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    phone.shelf(REFUSED)
    phone.go("out", "Outbox")
    back = page.locator("[data-group=back] li")
    expect(back).to_have_count(1)
    back.locator("a.name").click()
    expect(page.locator("main .facts").first).to_contain_text("赔一百块")
    page.go_back()
    back.get_by_role("link", name="Mend it").click()
    phone.heading("Mend it")
    expect(page.get_by_label("Side B, name")).to_have_value("努尔兰·别克")
    phone.look("spot sent back")
    page.get_by_label("What they agreed").fill("赔两百块")
    phone.press("Read it over")
    phone.press("Record it")
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()
    first, again = phone.shelf("(shelf) => shelf.entries().then((all) => all.map(({ item }) => JSON.parse(item.said)))")
    assert again["instead_of"] == [first["id"]]
    assert again["body"]["case"] == first["body"]["case"]
    assert [again["body"][side]["party"] for side in "ab"] == [first["body"][side]["party"] for side in "ab"]
    assert again["body"]["agreed"] != first["body"]["agreed"]

    phone.go("spot/" + first["id"], "Nothing here by that name")  # it was mended already


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
