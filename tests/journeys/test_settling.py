"""The township's tray and the desk's side of phones in a real browser: nothing in anybody's way, wide and narrow."""

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import HeadAlarm, Tray
from concerto.places.devices import enrol
from tests.cast import NOON, TODAY, TOWNSHIP, VILLAGE_A, enter

from .test_look import RUNS_OVER, TOO_SMALL, UNNAMED
from .walker import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(live_server, page, home):
    page.set_extra_http_headers({"Accept-Language": "en"})
    return enter()


def sent_back(world):
    """A visit of the instructor's whose day has not come."""
    body = Visit1(channel="phone_call", households=[world.house_1.id], outcome="met", met=[world.house_1.head])
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=TODAY.replace(year=2030))
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.code == "day_not_come"
    return receipt.id


def test_an_organizer_takes_over_what_an_instructor_could_not_send(walker, world, client):
    sent_back(world)
    walker.is_signed_in(client, world.wang)
    walker.open("tray")
    walker.page.locator("main .links a").last.click()
    walker.look()
    walker.page.locator("main .lying a").first.click()
    walker.look()
    walker.follow("Take it over")
    assert walker.page.locator("main [name=made_with]:checked").count() == 1
    walker.tick("day", "today")
    walker.page.locator(".button-main[type=submit]").last.click()
    walker.page.wait_for_url("**/recorded/")
    assert Tray.objects.get().outcome == "settled"
    walker.is_signed_in(client, world.lin)
    walker.open("tray")
    walker.look()
    assert "王立新" in walker.page.locator("main").inner_text()


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_runs_over_and_every_key_is_big_enough(walker, world, client, window):
    entry, phone = sent_back(world), enrol(world.wang, name="手机", key="", at=NOON)
    HeadAlarm(
        log=TOWNSHIP,
        id=world.pen.new_id(),
        at=NOON,
        device=phone.id,
        epoch=1,
        seq=900,
        digest="0" * 64,
        code="head_lost",
    ).save(force_insert=True)
    walker.page.set_viewport_size(window)
    township = [("tray-township",), ("tray-theirs", entry), ("tray-theirs-let-go", entry), ("carry",), ("my-page",)]
    for who, pages in (
        (world.wang, [*township, ("my-device", phone.id), ("my-device-end", phone.id)]),
        (world.adm, [("alarms",), ("units",)]),
    ):
        walker.is_signed_in(client, who)
        for name, *keys in pages:
            walker.open(name, *keys)
            assert (name, walker.obstacles()) == (name, [])
            assert (name, walker.page.evaluate(RUNS_OVER)) == (name, 0)
            assert (name, walker.page.evaluate(UNNAMED)) == (name, [])
            if window is PHONE:
                assert (name, walker.page.evaluate(TOO_SMALL)) == (name, [])


def test_a_file_that_is_none_is_said_so_on_the_page(walker, world, client):
    walker.is_signed_in(client, world.zhou)
    walker.open("carry")
    walker.page.locator("main [name=file]").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": b"nothing"}
    )
    walker.press("Bring it in")
    assert "not_a_file_of_envelopes" in walker.page.locator("main").inner_text()
    assert walker.page.url.endswith(reverse("desk:carry"))
