"""A roster comes in by the browser: sent, looked at, imported, a row settled; nothing stands in anybody's way."""

import pytest
from django.conf import settings
from django.test import Client

from concerto.places.models import RosterFlag
from concerto.register.models import Resident
from tests.conductor.roster.rosters import HEADINGS, book, number

ROWS = (
    (12, "塞力克·哈孜", "户主", number(1), "10012340001", "", "是", "蓝"),
    (12, "古丽扎·塞力克", "之女", "99999919990505", "", "", "", ""),
)


@pytest.fixture
def office(page, live_server, wang):
    """The organizer's browser, already signed in."""
    client = Client()
    client.force_login(wang)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


@pytest.mark.parametrize("width", [360, 1366])
def test_a_roster_is_looked_at_imported_and_settled(office, live_server, obstacles, tmp_path, width):
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(book(*ROWS, headings=(*HEADINGS, "档案袋颜色")))
    office.set_viewport_size({"width": width, "height": 800})

    office.goto(f"{live_server.url}/roster/")
    assert obstacles() == []
    office.set_input_files("[name=book]", str(file))
    office.click("main .button-main")
    office.wait_for_selector("text=档案袋颜色")
    assert obstacles() == []
    assert office.evaluate("document.documentElement.scrollWidth") <= width

    office.click("main .button-main")
    office.wait_for_url("**/done/")
    assert obstacles() == []
    assert Resident.objects.filter(name="塞力克·哈孜").exists()

    office.click("main .button-main")
    office.wait_for_url("**/waiting/")
    assert obstacles() == []
    office.click("main td .button")
    office.fill("[name=identity]", number(2, "19990505"))
    assert obstacles() == []
    office.click("main .button-main")
    office.wait_for_url("**/waiting/")
    assert RosterFlag.objects.get().settled_on is not None
