"""What a phone's page says of where it is opened and how it stands, in both languages, to everybody's eyes and ears."""

import json
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.models import Entry
from concerto.parts.visits.models import Visit

WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
DAY = 24 * 60 * 60


@pytest.mark.parametrize(("locale", "heading"), [("en-GB", "Open this in the browser"), ("zh-CN", "请在浏览器里打开")])
def test_inside_wechat_it_says_how_to_open_the_browser(taken, locale, heading):
    phone = taken(locale=locale, user_agent=WECHAT).on()
    phone.heading(heading)
    phone.says("/field/", ".address")
    phone.look("inside wechat")


def test_an_iphone_is_told_its_limit_and_warned_from_the_third_day(taken, world):
    phone = taken(user_agent=IPHONE).on()
    phone.is_signed_in(world.lin)
    phone.page.goto(f"{phone.home}/field/#enrol")
    phone.page.reload()
    phone.says("seven days in which you used Safari", "main")
    phone.is_set_up()
    phone.off()
    phone.off_by = 2 * DAY
    phone.on()
    phone.opens()
    phone.heading("Households")
    expect(phone.page.get_by_text("was not opened for")).to_have_count(0)
    phone.off()
    phone.off_by = 5 * DAY + 60
    phone.on()
    phone.says("This page was not opened for 3 days.")
    phone.look("an iphone after three days")


def test_a_clock_that_is_days_wrong_is_told_and_dates_nothing_wrong(taken, world):
    phone = taken()
    phone.off_by = -3 * DAY
    phone.on()
    phone.is_signed_in(world.lin)
    phone.is_set_up()
    phone.says("The clock of this phone is behind by 3 days.")
    phone.go("list", "Households")
    phone.page.locator(".house-row").first.wait_for()
    phone.look("a wrong clock")
    phone.records_nobody_home(world.house_2.id)
    phone.go("out", "Outbox")
    expect(phone.page.locator("[data-group=sent] li")).to_have_count(1, timeout=20_000)
    assert Visit.objects.filter(on=clock.today()).count() == 1
    said = json.loads(Entry.objects.filter(kind="visit", author=world.lin.id).latest("seq").said)
    recorded = datetime.fromisoformat(said["recorded_at"])
    assert abs(clock.now() - recorded) < timedelta(minutes=5)


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_what_the_phone_is_told_stands_in_nobodys_way(taken, world, locale):
    phone = taken(locale=locale).on()
    phone.is_signed_in(world.lin)
    phone.look("who comes first")
    phone.page.goto(f"{phone.home}/field/#enrol")
    phone.page.reload()
    phone.page.locator("[name=private][value=yes]").check(force=True)
    phone.look("setting up in a private window")
    phone.page.locator("[name=private][value=no]").check(force=True)
    phone.page.locator("[name=pin]").fill("123")
    phone.page.locator("form [type=submit]").click()
    phone.look("setting up with too short a pin")
    for name in ("pin", "again"):
        phone.page.locator(f"[name={name}]").fill("246810")
    phone.page.locator("form [type=submit]").click()
    phone.page.locator("a[href='#list'].button-main").wait_for()
    phone.look("set up")
    for name in ("list", "calls", "record", "out", "me", f"card/{world.house_1.id}", f"visit/{world.house_1.id}"):
        phone.page.evaluate(f"location.hash = '#{name}'")
        phone.page.locator("#main :visible").first.wait_for()
        phone.look(name.split("/")[0])
