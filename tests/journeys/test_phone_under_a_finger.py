"""A form stays where it is under a finger: what one has to know comes above it, and is seen on the next page."""

import pytest

from .handset import Handset

ARRIVED = "1 entry has arrived."


def where(phone: Handset, what: str) -> float:
    """Say how far down something of the form is shown."""
    asked = phone.page.locator(what).first
    asked.wait_for()
    return round(asked.bounding_box()["y"])


@pytest.mark.parametrize("down", [0, 90])
def test_news_that_comes_while_one_writes_moves_no_choice(phone, world, down):
    phone.without_signal()
    phone.records_nobody_home(world.house_1.id)
    phone.go(f"visit/{world.house_2.id}", "Record a visit")
    choice = "label:has([name=met][value=nobody_home])"
    where(phone, choice)
    phone.page.evaluate("down => scrollTo(0, down)", down)
    before = where(phone, choice)
    phone.in_signal_again()
    phone.meets_the_server()
    phone.says(ARRIVED, "#notices")
    assert where(phone, choice) == before
    phone.page.locator(choice).click()

    phone.go("list", "Households")
    assert phone.page.evaluate("scrollY") == 0
    box = phone.page.locator("#notices").get_by_text(ARRIVED).bounding_box()
    assert box["y"] > phone.page.locator("header.head").bounding_box()["height"]


def test_a_short_form_keeps_its_place_too(phone, world):
    phone.without_signal()
    phone.records_nobody_home(world.house_1.id)
    phone.page.set_viewport_size({"width": 360, "height": 1400})
    phone.go(f"left/{world.house_2.id}", "They have left the township")
    before = where(phone, "main form .field")
    phone.in_signal_again()
    phone.meets_the_server()
    phone.says(ARRIVED, "#notices")
    assert where(phone, "main form .field") == before
