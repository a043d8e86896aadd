"""Four people are heard at once at the centre: each intake is put aside and taken up again by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from concerto.parts.disputes.models import Case

from .test_cases import walked as walked  # one browser, in which the mediator signs in
from .walker import DESK

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = {"杨春生": "水渠谁先放水", "努尔兰": "羊进了麦地", "王建国": "工钱没有结清", "古丽": "院墙压了界"}
MOST = 90  # stops of the tab key on one page


class Keyboard:
    """A page under somebody's hands who has no mouse."""

    def __init__(self, page) -> None:
        self.page = page

    def reaches(self, which: str, key: str = "Tab") -> None:
        """Go on from stop to stop until one of these is under the hand."""
        for _stop in range(MOST):
            if self.page.evaluate("which => document.activeElement.matches(which)", which):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"no stop of the tab key is {which}")

    def follows(self, which: str) -> None:
        """Press a button or a link that leads to a page."""
        self.reaches(which)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def writes(self, name: str, words: str) -> None:
        """Write into a field."""
        self.reaches(f"[name={name}]")
        self.page.keyboard.insert_text(words)


def test_four_intakes_are_open_at_once_and_each_keeps_what_was_said_in_it(walked):
    page, keys = walked.page, Keyboard(walked.page)
    rows = page.locator("[data-parked] li")
    walked.sign_in(walked.world.med)
    page.set_viewport_size(DESK)
    walked.open("triage")
    for n, (name, words) in enumerate(TOLD.items(), start=1):
        for answer in ("neighbours", "no", "no", "talk"):
            assert page.locator("main input:not([type=hidden]), main textarea").count() == 0  # no name before triage
            keys.follows(f".triage-answers button[value={answer}]")
        keys.follows("main a[href$='/cases/new/']")
        keys.reaches("[name=afraid][value=no]")
        page.keyboard.press("Space")
        keys.reaches("[name=sort]")
        for _kind in range(n):
            page.keyboard.press("ArrowDown")
        keys.writes("a", name)
        keys.writes("summary", words)
        keys.follows("[data-park]")
        expect(rows).to_have_count(n)
        if name != "古丽":
            keys.follows("a[href$='/triage/']")
    listed = rows.locator("[data-named]").all_inner_texts()
    assert len(set(listed)) == len(TOLD)
    assert not any(said in line for line in listed for told in TOLD.items() for said in told)
    for name, words in TOLD.items():
        keys.reaches("[data-take-up]", "Tab" if name == "杨春生" else "Shift+Tab")
        while page.evaluate("document.activeElement !== document.querySelector('[data-take-up]')"):
            page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator("[name=a]")).to_have_value(name)
        expect(page.locator("[name=summary]")).to_have_value(words)
        expect(page.locator("[name=afraid][value=no]")).to_be_focused()
    keys.follows("main button[type=submit].button-main")
    page.locator(".notice[role=status]").wait_for()
    assert Case.objects.get().parties == 1
    walked.open("case-new")
    expect(rows).to_have_count(len(TOLD) - 1)
