"""Somebody is hurt or afraid: noted on a phone without signal, gone from it once answered; the centre's pages."""

import os
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.models import Tray
from concerto.parts.disputes.models import Protected
from concerto.places import devices
from concerto.places.models import Device
from concerto.register.models import Posting
from concerto.rulebook.period import ONE_DAY
from tests.protected import HAPPENED, Kept

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL
from .walker import DESK, PHONE

SAID = "她怕回家，手臂青了"


def seen(page, name: str) -> None:
    """Keep a picture, where somebody asked for pictures."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_it_is_noted_without_signal_and_leaves_the_phone_with_the_answer(phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("spot", "Settled on the spot")
    page.locator("label:has([name=afraid][value=yes])").click()
    page.get_by_role("link", name="Note it for the centre alone").click()
    phone.heading("First the person")
    assert not page.get_by_label("Telephone").is_visible()
    page.locator("label:has([name=who][value=child])").click()
    phone.says("reported to the police on the same day")
    page.get_by_label("What they said happened").fill(SAID)
    page.locator("label:has([name=contact][value=safe])").click()
    page.get_by_label("How and when").fill("白天")
    page.get_by_label("Telephone").fill("10012345678")
    phone.look("afraid")
    phone.press("Give it to the centre")
    phone.heading("What is yours to do now")
    phone.look("afraid-left")
    phone.go("out", "Outbox")
    expect(page.locator("body")).to_contain_text("For the centre")
    expect(page.locator("body")).not_to_contain_text(SAID)

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("body")).not_to_contain_text("For the centre", timeout=40_000)
    row = Protected.objects.get()
    assert (row.who, row.contact) == ("child", "safe")
    assert phone.shelf("shelf => shelf.entries().then((rows) => rows.length)") == 0
    assert not Tray.objects.exists()


def noted_without_signal(phone) -> None:
    phone.without_signal()
    phone.go("afraid", "First the person")
    phone.page.locator("label:has([name=who][value=adult])").click()
    phone.page.get_by_label("What they said happened").fill(SAID)
    phone.page.locator("label:has([name=contact][value=not_safe])").click()
    phone.press("Give it to the centre")
    phone.heading("What is yours to do now")


def test_a_phone_taken_out_of_use_says_that_something_reached_nobody_and_not_what(phone, world):
    noted_without_signal(phone)
    devices.revoke(Device.objects.get(account=world.lin.id, is_desk=False), clock.today())
    phone.in_signal_again()
    phone.says("This phone was taken out of use.")
    phone.says("Something that was recorded on this phone reached nobody")
    notices = phone.page.locator("#notices")
    for words in ("handed over before that", "Nothing was unsent", "centre"):
        expect(notices).not_to_contain_text(words)
    phone.look("afraid-out-of-use")
    assert not Protected.objects.exists()
    assert not Tray.objects.exclude(item="").exists()


def test_what_the_centre_did_not_get_is_not_said_behind_the_lock(phone, world):
    noted_without_signal(phone)
    Posting.objects.filter(id=world.postings["zhou"]).update(until=clock.today() - ONE_DAY)
    phone.go("me", "This phone")
    phone.press("Lock now")
    phone.heading("This phone is locked")
    phone.in_signal_again()
    for _ in range(100):
        if phone.shelf("shelf => shelf.state().then((state) => state.unreached === true)"):
            break
        phone.page.wait_for_timeout(200)
    phone.page.reload()
    phone.heading("This phone is locked")
    expect(phone.page.locator("#notices")).not_to_contain_text("did not reach it")
    phone.opens()
    phone.says("What was for the centre did not reach it")


def test_what_the_centre_did_not_get_is_said_until_it_is_heard(phone, world):
    page = phone.page
    phone.without_signal()
    phone.go("afraid", "First the person")
    page.locator("label:has([name=who][value=adult])").click()
    page.get_by_label("What they said happened").fill(SAID)
    page.locator("label:has([name=contact][value=not_safe])").click()
    page.get_by_label("How they are called").fill("古丽 11010519491231002X")
    phone.press("Give it to the centre")
    expect(page.locator("[data-field=name] [data-mistake]")).to_be_visible()
    page.get_by_label("How they are called").fill("")
    phone.press("Give it to the centre")
    phone.heading("What is yours to do now")
    Posting.objects.filter(id=world.postings["zhou"]).update(until=clock.today() - ONE_DAY)  # nobody would read it

    phone.in_signal_again()
    phone.says("What was for the centre did not reach it")
    assert not Protected.objects.exists()
    assert phone.shelf("shelf => shelf.entries().then((rows) => rows.length)") == 0
    page.reload()
    phone.heading("This phone is locked")
    phone.opens()
    phone.says("What was for the centre did not reach it")
    page.get_by_role("button", name="I have read it").click()
    expect(page.locator("#notices")).not_to_contain_text("did not reach it")


def test_the_centre_s_pages_fit_a_hand_and_a_desk_and_hide_their_words(walker, world, client):
    kept = Kept(world, who="child", crime=True, on=clock.today().isoformat(), at=clock.now())
    walker.is_signed_in(client, world.zhou)
    page = walker.page
    pages = {
        "list": reverse("desk:protected"),
        "new": reverse("desk:protected-new"),
        "left": reverse("desk:protected-left"),
        "record": reverse("desk:protected-record", args=[kept.id]),
        "told": reverse("desk:protected-step", args=[kept.id, "told"]),
        "safe": reverse("desk:protected-step", args=[kept.id, "safe"]),
    }
    for width in (360, DESK["width"]):
        page.set_viewport_size({"width": width, "height": 740})
        for name, where in pages.items():
            page.goto(f"{walker.home}{where}")
            assert page.evaluate(RUNS_OVER) == 0, (name, width)
            assert width > PHONE["width"] or page.evaluate(TOO_SMALL) == [], name
            assert page.evaluate(CINNABAR) <= 1, name
            walker.look()
            seen(page, f"{name}-{width}")
    page.goto(f"{walker.home}{pages['record']}")
    expect(page.locator("body")).not_to_contain_text("10012345678")
    page.get_by_label("Why do you open it").fill("约好周三见面")
    page.get_by_role("button", name="Open (this is logged)").click()
    expect(page.locator("body")).to_contain_text("10012345678")
    walker.look()
    seen(page, "opened")
    page.emulate_media(media="print")  # nothing of it is given on paper
    for words in ("10012345678", HAPPENED, "Told to us"):
        expect(page.get_by_text(words).first).to_be_hidden()
