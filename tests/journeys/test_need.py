"""A need in a real browser: a visit, the county's desk, returned, done, "partly" by a slip, opened again, "yes"."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.parts.assistance.models import Need
from tests.cast import enter
from tests.needs import county_desk

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}


class Walked:
    """One browser in which several people sign in, one after the other, and walk a need through its pages."""

    def __init__(self, page, client, live_server, world):
        self.page, self.client, self.url, self.world = page, client, live_server.url, world
        self.page.set_viewport_size(PHONE)

    def sign_in(self, account) -> None:
        self.client.logout()
        self.client.force_login(account)
        value = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.url}])

    def reads(self, language: str) -> None:
        self.page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.url}])

    def open(self, name: str, *about) -> None:
        self.page.goto(self.url + reverse(f"desk:{name}", args=about))

    def does(self, act: str, days_ago: int, **answers: str) -> None:
        """Open the form of a step from the need's page, and record it."""
        self.open("need", self.need)
        self.page.locator(f"a[href$='/{act}/']").first.click()
        for name, value in answers.items():
            field = self.page.locator(f"[name={name}]").first
            kind = field.evaluate("field => field.type")
            if kind == "radio":
                self.page.locator(f"[name={name}][value='{value}']").check(force=True)
            elif kind == "select-one":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.fill("[name=on]", day(days_ago))
        self.page.get_by_role("button", name="Record it").click()
        self.page.locator(".notice[role=status]").wait_for()

    @property
    def row(self) -> Need:
        return Need.objects.get(id=self.need)


def day(ago: int) -> str:
    return (clock.today() - timedelta(days=ago)).isoformat()


@pytest.fixture
def walked(page, client, live_server, home):
    return Walked(page, client, live_server, enter())


@pytest.fixture
def old_phone(browser, live_server):
    """The household's own telephone: a browser that runs no script and is signed in nowhere."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()


def heard_on_a_visit(walked) -> None:
    """Record a visit to the pasture, at which a need is told."""
    page = walked.page
    walked.open("visit-new", walked.world.house_2.id)
    page.locator("[name=day][value=other]").check(force=True)
    page.fill("[name=on]", day(30))
    page.locator("[name=met]").first.check(force=True)
    page.fill("[name=need_words_1]", "冬窝子没有水")
    page.locator("[name=need_sort_1]").select_option("water")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("heading", name="Recorded").wait_for()
    walked.need = Need.objects.get(household=walked.world.house_2.id).id


def slip_is_left(walked) -> str:
    """Print a sheet, leave its first slip at the household, and give the code that stands in its fold."""
    page = walked.page
    walked.open("slips-print")
    page.get_by_role("button", name="Show the sheet").click()
    code = page.locator(".slip-code code").first.inner_text().replace("-", "")
    serial = page.locator(".slip-serial").first.inner_text()
    walked.open("slips-give", walked.need)
    page.fill("[name=serial]", serial)
    page.get_by_role("button", name="Note the slip").click()
    page.get_by_text("The slip is noted.").wait_for()
    return code


def test_a_need_goes_to_the_county_comes_back_is_partly_done_by_a_slip_and_ends_with_yes(
    walked, old_phone, monkeypatch
):
    world, now = walked.world, clock.now
    clerk = county_desk(world)
    walked.sign_in(world.lin)
    heard_on_a_visit(walked)
    walked.does("own", 29, owner=str(world.lin.id), clock="hard")
    walked.does("send", 28, where=f"desk:{world.county.id}", words="请县里看看")
    walked.sign_in(clerk)
    walked.open("today")
    walked.page.get_by_text("sent to your desk").wait_for()
    walked.does("return", 25, words="请先找水管站")
    assert (walked.row.owner, walked.row.holder, walked.row.desk_state) == (world.lin.id, None, "returned")
    walked.sign_in(world.lin)
    walked.open("today")
    walked.page.get_by_text("came back from the desk").wait_for()
    walked.does("done", 20, outcome="solved")
    walked.does("tell", 19, told_of="done", way="phone_call")
    code = slip_is_left(walked)
    monkeypatch.setattr(clock, "now", lambda: now() - timedelta(days=15))
    old_phone.goto(f"/r/{code}/")
    old_phone.get_by_label("办了一部分").check()
    old_phone.locator("#missing").fill("还有一段没修")
    old_phone.get_by_role("button", name="告诉他们").click()
    expect(old_phone.get_by_role("heading", level=1)).to_contain_text("正在重新办")
    monkeypatch.setattr(clock, "now", now)
    assert (walked.row.state, walked.row.owner) == ("reopened", world.lin.id)
    walked.does("done", 10, outcome="solved")
    walked.does("tell", 9, told_of="done", way="visit")
    walked.sign_in(world.sec)
    walked.does("word", 5, word="yes", through="visit")
    assert walked.row.state == "confirmed"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nobody_is_left_out_of_the_pages_of_needs(walked, obstacles, language):
    walked.sign_in(walked.world.lin)
    walked.reads(language)
    need, page = walked.world.need, walked.page
    pages = [("needs",), ("needs-numbers",), ("needs-numbers-file",), ("need", need), ("need-merge", need),
             ("need-new", walked.world.house_2.id),
             *(("need-step", need, act) for act in ("own", "done", "tell", "not-ours", "send"))]  # fmt: skip
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for name, *about in pages:
            walked.open(name, *about)
            here = (name, *about, size["width"])
            assert (here, obstacles()) == (here, [])
            assert (here, page.evaluate(UNNAMED)) == (here, [])
            assert (here, page.evaluate(RUNS_OVER)) == (here, 0)
            assert (here, page.evaluate(CINNABAR) <= 1) == (here, True)
            if size is PHONE:
                assert (here, page.evaluate(TOO_SMALL)) == (here, [])
