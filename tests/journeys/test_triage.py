"""Where a dispute belongs, in a real browser: by keyboard, on a phone, without scripts, and on one sheet of paper."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL
from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db


def tap(page, *answers: str) -> None:
    for answer in answers:
        page.locator(f".triage-answers button[value={answer}]").click()


def test_two_taps_on_a_phone_end_where_it_belongs_and_nothing_stands_in_the_address(walker, world, client):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    for width in (320, PHONE["width"], DESK["width"]):
        page.set_viewport_size({"width": width, "height": 740})
        walker.open("triage")
        assert page.evaluate(RUNS_OVER) == 0
        assert width > 400 or page.evaluate(TOO_SMALL) == []
        walker.look()
        tap(page, "neighbours", "now")
        walker.look()
        assert page.evaluate(RUNS_OVER) == 0
        assert page.evaluate(CINNABAR) <= 1
        assert page.url.endswith("/triage/")


def test_it_is_answered_by_keyboard_alone(walker, world, client):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    walker.open("triage")
    assert page.evaluate("document.activeElement.value") == "hurt"
    for _answer in ("violence", "child", "crime", "neighbours", "pasture"):
        page.keyboard.press("Tab")
    for name in ("danger", "owns", "back"):  # pasture; nobody is in danger; it is about whose it is
        page.keyboard.press("Enter")
        expect(page.locator(f"main button[name={name}]").first).to_be_visible()
        if name != "back":
            expect(page.locator(f"main button[name={name}]").first).to_be_focused()
    expect(page.locator(".triage-says")).to_be_visible()
    walker.look()
    page.get_by_role("button", name="Back one question").click()
    expect(page.locator("button[name=owns]")).to_have_count(2)


def test_it_works_without_scripts(browser, live_server, world, client):
    client.force_login(world.lin)
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/triage/")
    tap(page, "violence")
    expect(page.locator(".triage-says li")).to_have_count(5)
    expect(page.locator("main a[href*='routes']")).to_have_count(0)
    context.close()


def test_the_leaflet_is_one_sheet_and_with_what_is_left_as_it_is_two(walker, world, client):
    walker.is_signed_in(client, world.lin)
    page = walker.page
    walker.open("routes")
    walker.look()
    assert sheets(page) == 1
    page.goto(page.url + "?keeps=ownership")
    assert sheets(page) == 2


def sheets(page) -> int:
    """Count the sheets of paper that a page prints on."""
    paper = page.pdf(prefer_css_page_size=True)
    if folder := os.environ.get("SHOTS"):
        Path(folder, f"leaflet-{len(paper)}.pdf").write_bytes(paper)
    return paper.count(b"/Type /Page") - paper.count(b"/Type /Pages")
