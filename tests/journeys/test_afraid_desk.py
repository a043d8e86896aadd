"""Somebody hurt or afraid, at the desk in a browser: no page runs over, nobody is left out, and nothing is printed."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from tests.needs import county_desk
from tests.protected import HAPPENED, NAME, Kept

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL

pytestmark = pytest.mark.django_db(transaction=True)
PRINTED = "[...document.querySelectorAll('main *')].filter(one => one.offsetParent).map(one => one.innerText).join()"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_its_pages_are_read_by_everybody_at_either_width_and_nothing_of_it_is_printed(
    walker, client, world, language, tmp_path
):
    county_desk(world)
    kept = Kept(world, who="child", safe=False, crime=True)
    assert kept.step("reported", to="education") == "accepted"
    undo = reverse("desk:protected-undo", args=[kept.id, kept.last])
    walker.is_signed_in(client, world.zhou)
    speaks = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": walker.home}
    walker.page.context.add_cookies([speaks])
    acts = [reverse("desk:protected-step", args=[kept.id, act]) for act in ("reported", "safe", "named", "told")]
    one = reverse("desk:protected-record", args=[kept.id])
    pages = [reverse("desk:protected"), reverse("desk:protected-new"), one, undo, *acts]
    to = Path(os.environ.get("LOOK_AT", tmp_path))
    for width in (360, 1366):
        walker.page.set_viewport_size({"width": width, "height": 768})
        for n, where in enumerate(pages):
            walker.page.goto(walker.home + where)
            assert walker.page.locator("html").get_attribute("lang").lower() == language
            assert (where, width, walker.page.evaluate(RUNS_OVER)) == (where, width, 0)
            assert (where, walker.obstacles()) == (where, [])
            assert walker.page.evaluate(CINNABAR) <= 1
            if width == 360:
                assert (where, walker.page.evaluate(TOO_SMALL)) == (where, [])
            walker.page.screenshot(path=to / f"{language}_{width}_{n}.png", full_page=True)
    walker.page.goto(walker.home + one)
    walker.page.locator("#why").fill("x")
    walker.page.locator(".case-why button").click()
    assert HAPPENED in walker.page.locator("main").inner_text()
    walker.page.emulate_media(media="print")
    printed = walker.page.evaluate(PRINTED)
    assert HAPPENED not in printed
    assert NAME not in printed
