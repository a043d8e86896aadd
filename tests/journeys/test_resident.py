"""Somebody with an old telephone and a slip: no script, 360 pixels, a code that is typed, "partly": taken up again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from concerto.parts.assistance.models import Need
from tests.cast import enter
from tests.faces.resident.stepping import told_done

from .walker import PHONE

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("阿依努尔", "木拉提", "林晓", "水渠")


@pytest.fixture
def told(home):
    """A need of the cast that was done and told, and the slip that was left for it."""
    world = enter()
    return world, told_done(world)


@pytest.fixture
def old_phone(browser, live_server):
    """A browser that runs no script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def test_partly_by_their_own_telephone_takes_it_up_again(told, old_phone):
    world, slip = told
    asked: list[str] = []
    old_phone.on("request", lambda request: asked.append(request.url))
    old_phone.goto(reverse("resident:door"))
    old_phone.locator("input[name=code]").fill(slip.code[:9] + "?")
    old_phone.get_by_role("button").click()
    expect(old_phone.get_by_role("alert")).to_contain_text("查询码不对")
    old_phone.locator("input[name=code]").fill(slip.code[:5].lower() + " " + slip.code[5:].lower())
    old_phone.get_by_role("button").click()
    expect(old_phone.get_by_role("heading", level=1)).to_have_text("说是办好了，等您一句话。")
    old_phone.get_by_label("办了一部分").check()
    old_phone.locator("#missing").fill("少 6 捆")
    old_phone.get_by_role("button", name="告诉他们").click()
    expect(old_phone.get_by_role("status")).to_have_text("您的话记下了。")
    expect(old_phone.get_by_role("heading", level=1)).to_contain_text("正在重新办")
    text = old_phone.locator("body").inner_text()
    assert [name for name in NAMES if name in text] == []
    assert Need.objects.get(id=world.need).state == "reopened"
    assert {url.split("/")[3] for url in asked} == {"r", "static"}
    assert old_phone.context.cookies() == []


@pytest.mark.parametrize("language", ["zh", "en", "kk"])
def test_nothing_stands_in_anybody_s_way_and_nothing_runs_over_the_edge(told, page, obstacles, live_server, language):
    _world, slip = told
    page.set_viewport_size(PHONE)
    for address in (f"/r/?l={language}", f"/r/{slip.code}/?l={language}"):
        page.goto(live_server.url + address)
        assert (address[:3], obstacles()) == (address[:3], [])
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        small = "[...document.querySelectorAll('a, button')].filter(e => e.getBoundingClientRect().height < 44).length"
        assert page.evaluate(small) == 0


def test_the_square_of_a_printed_slip_opens_its_page(home, client, walker, browser, live_server):
    world = enter()
    walker.is_signed_in(client, world.lin)
    walker.open("slips-print")
    walker.look()
    walker.page.get_by_role("button", name="Show the sheet").click()
    code = walker.page.locator(".slip-code code").first.inner_text()
    walker.look()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(f"{live_server.url}/r/{code.replace('-', '')}/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("还没有登记")
    context.close()
