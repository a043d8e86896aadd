"""The pages of the register in a real browser: nothing runs over, every key is big enough, nobody is left out."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.cast import enter

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(page, client, live_server, home):
    """The browser of the instructor of village A, and the addresses of the register's pages."""
    world = enter()
    client.force_login(world.lin)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    house, person = world.house_1, world.house_1.head
    pages = {
        "list": reverse("desk:households"),
        "card": reverse("desk:household", args=[house.id]),
        "new": reverse("desk:household-new"),
        "change": reverse("desk:household-change", args=[house.id]),
        "places": reverse("desk:household-places", args=[house.id]),
        "split": reverse("desk:household-split", args=[house.id]),
        "merge": reverse("desk:household-merge-with", args=[house.id, world.house_2.id]),
        "one more": reverse("desk:resident-new", args=[house.id]),
        "person": reverse("desk:resident-change", args=[person]),
        "helper": reverse("desk:helper-change", args=[world.helper_link]),
        "members": reverse("desk:members"),
        "tray": reverse("desk:tray"),
    }
    page.goto_page = lambda name: page.goto(live_server.url + pages[name])
    return page


PAGES = ["list", "card", "new", "change", "places", "split", "merge", "one more", "person", "helper", "members", "tray"]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_nobody_is_left_out_of_the_register(signed_in, obstacles, width, scheme):
    signed_in.set_viewport_size({"width": width, "height": 760})
    signed_in.emulate_media(color_scheme=scheme)
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, obstacles()) == (name, [])
        assert (name, signed_in.evaluate(UNNAMED)) == (name, [])
        assert (name, signed_in.evaluate(CINNABAR) <= 1) == (name, True)


def test_a_finger_finds_every_key_of_the_register(signed_in):
    signed_in.set_viewport_size({"width": 360, "height": 740})
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, signed_in.evaluate(TOO_SMALL)) == (name, [])


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_no_page_of_the_register_runs_over_the_edge(signed_in, width):
    signed_in.set_viewport_size({"width": width, "height": 760})
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, signed_in.evaluate(RUNS_OVER)) == (name, 0)


def test_a_household_is_found_by_the_first_letters_of_a_name_and_opened(signed_in):
    signed_in.goto_page("list")
    signed_in.fill("[name=words]", "ayn")
    signed_in.press("[name=words]", "Enter")
    assert "ayn" not in signed_in.url
    signed_in.click("text=阿依努尔·木拉提")
    assert signed_in.locator("h1").inner_text().startswith("阿依努尔·木拉提")
