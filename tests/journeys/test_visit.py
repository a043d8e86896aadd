"""A visit in a real browser: under a minute on a phone, found in five ledgers, corrected, undone, withdrawn."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from concerto.groundwork import clock
from concerto.parts.visits.models import Visit
from tests.cast import enter
from tests.faces.desk.ledgering import many

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def signed_in(page, client, live_server, home):
    """The browser of the instructor of village A, and the addresses of recording, entries and ledgers."""
    world = enter()
    many(world, 60, last=clock.today() - timedelta(days=1))
    client.force_login(world.lin)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    pages = {
        "record": reverse("desk:record"),
        "visit": reverse("desk:visit-new", args=[world.house_1.id]),
        "gathering": reverse("desk:gathering-new", args=[world.village_a.id]),
        "saved": reverse("desk:visit-saved", args=[world.visit]),
        "entry": reverse("desk:entry", args=[world.visit]),
        "correct": reverse("desk:entry-correct", args=[world.visit]),
        "withdraw": reverse("desk:entry-withdraw", args=[world.visit]),
        "file": reverse("desk:ledger-file", args=["visits"]),
        "nothing fits": reverse("desk:ledger", args=["visits"]) + "?until=2020-01-01",
        **{part: reverse("desk:ledger", args=[part]) for part in LEDGERS},
    }
    page.goto_page = lambda name: page.goto(live_server.url + pages[name])
    return page


LEDGERS = ["study", "branch", "visits", "disputes", "assistance"]
PAGES = ["record", "visit", "gathering", "saved", "entry", "correct", "withdraw", "file", "nothing fits", *LEDGERS]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_nobody_is_left_out_of_recording(signed_in, obstacles, width, scheme):
    signed_in.set_viewport_size({"width": width, "height": 760})
    signed_in.emulate_media(color_scheme=scheme)
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, obstacles()) == (name, [])
        assert (name, signed_in.evaluate(UNNAMED)) == (name, [])
        assert (name, signed_in.evaluate(CINNABAR) <= 1) == (name, True)


def test_a_finger_finds_every_key_of_recording(signed_in):
    signed_in.set_viewport_size(PHONE)
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, signed_in.evaluate(TOO_SMALL)) == (name, [])


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_of_recording_runs_over_the_edge(signed_in, width):
    signed_in.set_viewport_size({"width": width, "height": 760})
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, signed_in.evaluate(RUNS_OVER)) == (name, 0)


def sounding(page):
    """Which lines of the live staff sound now."""
    return page.locator("[data-lines]:not(.lines-small) > .is-posted").evaluate_all(
        "all => all.map(l => l.dataset.line)"
    )


def test_the_foot_of_the_form_shows_as_it_is_filled_what_it_will_post(signed_in):
    page = signed_in
    page.set_viewport_size(PHONE)
    page.goto_page("visit")
    assert sounding(page) == ["visits"]
    page.locator("[name=met]").first.check(force=True)
    page.locator("[name=change][value=no_change]").check(force=True)
    page.locator("[name=topics][value=pension]").check(force=True)
    page.fill("[name=need_words_1]", "缺草")
    assert sounding(page) == ["study", "visits", "assistance"]
    page.locator("[name=lead][value=heard]").check(force=True)
    page.fill("[name=lead_words]", "羊进了地")
    page.get_by_text("More: a pledge").click()
    page.locator("[name=matter][value=pledge]").check(force=True)
    assert sounding(page) == LEDGERS
    page.get_by_label("Does not wish to").check(force=True)
    assert sounding(page) == ["branch", "visits", "disputes", "assistance"]
    assert page.locator("[name=met]:checked").count() == 1


def test_a_visit_is_recorded_and_undone_with_six_taps(signed_in):
    page = signed_in
    page.set_viewport_size(PHONE)
    page.goto_page("record")
    page.get_by_role("link", name="阿依努尔·木拉提").click()
    page.get_by_label("阿依努尔·木拉提").first.check(force=True)
    page.get_by_label("No change").check(force=True)
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded").wait_for()
    assert Visit.objects.filter(on=clock.today()).count() == 1
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("This entry was withdrawn").wait_for()
    assert not Visit.objects.filter(on=clock.today()).exists()


def test_without_a_script_the_same_is_asked_of_the_server(signed_in, browser, live_server):
    cookies = signed_in.context.cookies()
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain.add_cookies(cookies)
    page = plain.new_page()
    signed_in.goto_page("visit")
    page.goto(signed_in.url)
    page.locator("[name=met]").first.check(force=True)
    page.locator("[name=topics][value=pension]").check(force=True)
    page.get_by_role("button", name="See what it will post").click()
    assert sounding(page) == ["study", "visits"]
    assert page.locator("[name=topics][value=pension]").is_checked()
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded").wait_for()
    plain.close()


def test_a_ledger_prints_wide_without_rail_filters_or_buttons(signed_in):
    page = signed_in
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto_page("visits")
    page.emulate_media(media="print")
    for part in (".rail", ".filters", ".buttons", ".bar"):
        assert page.locator(part).first.is_hidden(), part
    assert page.locator("table.ledger .chord").first.is_visible()
