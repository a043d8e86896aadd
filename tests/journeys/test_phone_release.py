"""The page is kept by its worker: a new release waits for a tap, the other language comes with the signal."""

import pytest

from concerto.faces.field import shell, worker
from concerto.journal.models import Entry

from .walker import PIN

READY = "navigator.serviceWorker.ready.then(() => true)"


@pytest.fixture(autouse=True)
def written_anew():
    worker._written.cache_clear()
    yield
    worker._written.cache_clear()


@pytest.fixture
def phone(set_up):
    """A phone of lin's, set up and kept by its worker."""
    set_up.page.evaluate(READY)
    return set_up


def is_opened(phone) -> None:
    phone.page.locator("#lock-pin").fill(PIN)
    phone.page.get_by_role("button", name="Open", exact=True).click()


def adds_a_household(phone) -> None:
    """Record something without signal."""
    page = phone.page
    page.evaluate("location.hash = '#household'")
    page.get_by_role("heading", name="Add a household", level=1).wait_for()
    page.locator("[name=number]").fill("77")
    page.locator("[name$=name]").first.fill("阿依努尔")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded", exact=True).wait_for()


def test_a_new_release_waits_for_a_tap_and_sends_what_the_one_before_it_kept(phone, monkeypatch):
    page = phone.page
    page.reload()
    is_opened(phone)
    page.context.set_offline(True)
    adds_a_household(phone)
    before, written = Entry.objects.count(), shell.written()
    worker._written.cache_clear()
    monkeypatch.setattr(shell, "written", lambda: written.replace("<body>", '<body data-release="tomorrow">'))

    page.reload()  # from the worker: yesterday's page
    assert page.locator("body").get_attribute("data-release") is None
    page.context.set_offline(False)
    page.reload()
    is_opened(phone)
    phone.page.evaluate("location.hash = '#record'")
    page.get_by_role("button", name="Use it now").wait_for()
    phone.look()
    page.get_by_role("button", name="Use it now").click()

    page.locator("body[data-release=tomorrow]").wait_for()
    page.locator("#lock-pin").wait_for()
    arrived = (Entry.objects.count() > before or page.wait_for_timeout(100) for _ in range(50))
    assert any(arrived)


def test_the_other_language_is_fetched_and_then_kept(phone):
    page = phone.page
    page.reload()
    is_opened(phone)
    page.evaluate("location.hash = '#me'")
    page.evaluate("globalThis.same = 'page'")
    page.locator("[data-language=zh-hans]").click()
    page.locator("html[lang=zh-Hans]").wait_for()
    page.get_by_role("heading", name="这台手机", exact=True).wait_for()  # open as before, in the very page
    assert page.evaluate("globalThis.same") == "page"
    assert page.title() == "这台手机 | 协奏"
    assert page.locator("body > template[data-view=list]").count() == 1
    assert page.locator("#notices [data-do=release]").count() == 0
    assert page.locator("#bar [data-place=list]").inner_text() == "住户"
    phone.look()
    page.evaluate("location.hash = '#household'")
    page.get_by_role("heading", name="添一户", level=1).wait_for()

    page.context.set_offline(True)
    page.reload()
    page.locator("html[lang=zh-Hans]").wait_for()
    page.get_by_text("手机上的本子锁着").first.wait_for()
