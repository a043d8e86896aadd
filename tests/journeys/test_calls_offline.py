"""A phone round without signal: a tap dials, a tap says how it went, and whoever was met is asked for no more."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from concerto.groundwork import clock
from concerto.journal.kinds.rounds import Round1
from concerto.journal.models import Tray
from concerto.parts.visits.models import Round, Visit
from tests.cast import VILLAGE_A


@pytest.fixture
def in_a_round(world) -> None:
    """A round runs in village A since today."""
    today = clock.today()
    body = Round1(round=world.pen.new_id(), villages=[VILLAGE_A], since=today, until=today + timedelta(days=20))
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=today, at=clock.now())
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    assert receipt.stands, receipt


def at_the_desk(world) -> list[str]:
    """Name the households in the order of the round's list at the desk."""
    client = Client()
    client.force_login(world.lin)
    [row] = Round.objects.all()
    answer = client.get(reverse("desk:round-houses", args=[row.id, VILLAGE_A]))
    return list(dict.fromkeys(re.findall(r"/households/([0-9a-f-]{36})/", answer.content.decode())))


def test_two_calls_are_one_tap_each_one_is_undone_and_both_are_sent(in_a_round, phone, world):
    page = phone.page
    phone.go("calls", "Numbers to call")
    rows = page.locator(".call-row")
    expect(rows).to_have_count(3)
    phone.without_signal()
    hrefs = [anchor.get_attribute("href") for anchor in page.locator(".call-row > a.house-name").all()]
    assert [href.removeprefix("#card/") for href in hrefs] == at_the_desk(world)
    first, second, third = (page.locator(f".call-row:has(a[href='#card/{house.id}'])")
                            for house in (world.house_1, world.house_2, world.house_3))  # fmt: skip
    expect(first.locator("a[href='tel:10020047715']")).to_be_visible()
    expect(third).to_contain_text("No phone")
    expect(third.locator("button")).to_have_count(0)
    phone.look("calls of a round")

    first.get_by_role("button", name="Met, no change").click()
    expect(first).to_contain_text("on this phone")
    expect(first.get_by_role("button", name="Met, no change")).to_have_count(0)
    second.get_by_role("button", name="Does not wish to").click()
    expect(second).to_contain_text("on this phone")
    second.get_by_role("button", name="Undo").click()
    second.get_by_role("button", name="Not reached").click()
    expect(second).to_contain_text("Not reached")
    phone.look("calls recorded")

    phone.go("list", "Households")
    phone.go("calls", "Numbers to call")
    expect(page.locator(".village").first.locator(".call-row")).to_have_count(2)
    expect(page.locator(".village").last).to_contain_text("Met, no change")
    expect(rows.first.get_by_role("button", name="Met, no change")).to_be_visible()
    phone.go("calls/all", "Numbers to call")
    expect(rows).to_have_count(2)
    expect(page.locator(".call-row button")).to_have_count(0)

    phone.in_signal_again()
    phone.go("out", "Outbox")
    expect(page.locator("[data-group=sent] li")).to_have_count(4, timeout=40_000)
    assert not Tray.objects.exists()
    calls = Visit.objects.filter(kind="phone_call").exclude(state="withdrawn").order_by("state")
    assert list(calls.values_list("state", "change")) == [("met", "no_change"), ("nobody_home", "not_asked")]
    phone.go("calls", "Numbers to call")
    expect(rows).to_have_count(2, timeout=40_000)
