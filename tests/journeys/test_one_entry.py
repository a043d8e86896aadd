"""The life of one entry: recorded with everything a visit can bring, found in five ledgers, corrected, withdrawn."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.parts.visits.models import Visit
from tests.cast import enter

from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
LEDGERS = ["study", "branch", "visits", "disputes", "assistance"]


@pytest.fixture
def at_home(home, client, walker):
    """Lin, signed in, and the world."""
    world = enter()
    walker.is_signed_in(client, world.lin)
    return world


def opens_the_form(walker, world):
    walker.open("visit-new", world.house_1.id)
    walker.look()


def tells_everything(walker):
    """A need, a lead, a talk, a pledge, and no change."""
    page = walker.page
    walker.tick("met")
    walker.tick("change", "no_change")
    walker.tick("topics", "pension")
    walker.fill(need_words_1="缺草料")
    walker.tick("lead", "heard")
    walker.fill(lead_words="邻居的羊进了地")
    page.get_by_text("More: a pledge").click()
    walker.tick("matter", "pledge")


def records(walker):
    """Press the key, and give the entry's address."""
    walker.page.get_by_role("button", name="Record it").click()
    walker.page.get_by_role("heading", name="Recorded").wait_for()
    walker.look()
    walker.follow("Open the entry")
    return walker.page.url.removeprefix(walker.home)


def stands_in(walker, entry):
    """Say in which ledgers the entry can be found by somebody who opens them one after the other."""
    found = []
    for part in LEDGERS:
        walker.open("ledger", part)
        walker.look()
        if walker.page.locator(f"main tbody a[href='{entry}']").count():
            found.append(part)
    return found


def test_one_visit_stands_in_five_ledgers_is_corrected_and_withdrawn(at_home, walker):
    page = walker.page
    page.set_viewport_size(PHONE)
    opens_the_form(walker, at_home)
    tells_everything(walker)
    entry = records(walker)
    assert stands_in(walker, entry) == LEDGERS

    page.goto(walker.home + entry)
    page.set_viewport_size(DESK)
    walker.follow("Correct", within=".buttons.on-desk")
    walker.tick("lead", "no")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="What was said of it later").wait_for()
    walker.look()
    assert stands_in(walker, entry) == ["study", "branch", "visits", "assistance"]

    page.goto(walker.home + entry)
    walker.follow("Withdraw", within=".buttons.on-desk")
    walker.press("Withdraw")
    page.get_by_text("This entry was withdrawn").wait_for()
    assert walker.obstacles() == []
    assert stands_in(walker, entry) == []
    assert not Visit.objects.filter(on=clock.today()).exists()


def test_by_the_keyboard_alone_a_visit_is_recorded_and_undone(at_home, walker):
    page = walker.page
    page.set_viewport_size(DESK)
    walker.open("households")
    goes_to(page, f"main a[href='{reverse('desk:household', args=[at_home.house_1.id])}']", press="Enter")
    page.wait_for_url("**/households/*-*/")
    goes_to(page, ".head a[href*='/visits/new/']", press="Enter")
    page.wait_for_url("**/visits/new/*/")
    goes_to(page, "[name=met]", press="Space")
    goes_to(page, "[name=change]", press="Space")
    goes_to(page, "[name=need_words_1]")
    page.keyboard.type("缺草料")
    goes_to(page, ".dock .button-main", press="Enter")
    page.get_by_role("heading", name="Recorded").wait_for()
    goes_to(page, "form[action$='/undo/'] button", press="Enter")
    page.get_by_text("This entry was withdrawn").wait_for()


def goes_to(page, selector, *, press=""):
    """Press Tab until the focus is there and can be seen, past nothing hidden."""
    for _ in range(90):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab never comes to {selector}")
    assert page.evaluate(IS_SEEN), selector
    if press:
        page.keyboard.press(press)


# The focus, or what a box drawn over it shows in its place, lies in the window and below what sticks to its edges.
IS_SEEN = """() => {
  const at = document.activeElement, shown = at.closest("label.choice, label.tick") ?? at;
  const box = shown.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return shown.contains(top) || top?.contains(shown);
}"""


def test_a_form_sent_without_what_it_needs_keeps_every_word(at_home, walker):
    page = walker.page
    page.set_viewport_size(PHONE)
    opens_the_form(walker, at_home)
    walker.fill(need_words_1="缺草料", words="草场边的水渠又塌了")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".notice[role=alert]")).to_be_focused()
    assert walker.obstacles() == []
    assert page.locator("[name=need_words_1]").input_value() == "缺草料"
    assert page.locator("[name=words]").input_value() == "草场边的水渠又塌了"
    page.locator(".notice a").first.click()
    walker.tick("met")
    records(walker)
    assert Visit.objects.filter(on=clock.today()).count() == 1
