"""Study, talks and meetings in a real browser: nothing is in anybody's way, and a vote is said while it is written."""

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from concerto.journal.kinds.people import Member1
from concerto.journal.kinds.seats import Seat1
from tests.cast import enter

from .test_look import CINNABAR, RUNS_OVER, TOO_SMALL, UNNAMED

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ["record", "own study", "study", "talk", "meeting"]


@pytest.fixture
def signed_in(page, client, live_server, home):
    """The browser of the secretary of branch A."""
    world = enter()
    client.force_login(world.sec)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}])
    branch = [world.branch_a.id]
    pages = {
        "record": reverse("desk:record"),
        "own study": reverse("desk:own-study-new"),
        "study": reverse("desk:study-new", args=branch),
        "talk": reverse("desk:talk-new", args=branch),
        "meeting": reverse("desk:meeting-new", args=branch),
    }
    page.world = world
    page.goto_page = lambda name: page.goto(live_server.url + pages[name])
    return page


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1366, "dark")])
def test_nobody_is_left_out(signed_in, obstacles, width, scheme):
    signed_in.set_viewport_size({"width": width, "height": 740})
    signed_in.emulate_media(color_scheme=scheme)
    for name in PAGES:
        signed_in.goto_page(name)
        assert (name, obstacles()) == (name, [])
        assert (name, signed_in.evaluate(UNNAMED)) == (name, [])
        assert (name, signed_in.evaluate(CINNABAR) <= 1) == (name, True)
        assert (name, signed_in.evaluate(RUNS_OVER)) == (name, 0)
        assert width > 360 or (name, signed_in.evaluate(TOO_SMALL)) == (name, [])


def seated_and_others(world, others: int = 3) -> tuple[str, list[str]]:
    """Of branch A one member who has a seat, and as many with a vote who have none."""
    pen, branch, since = world.pen, world.branch_a.id, date(2026, 1, 1)
    more = [
        Member1(member=pen.new_id(), resident=world.house_1.head, branch=branch, standing="full", since=since)
        for _ in range(others)
    ]
    [own] = world.house_1.members
    seat = Seat1(seat=pen.new_id(), branch=branch, member=own, post="secretary", since=since)
    receipts = world.receive(*(pen.item(one, unit=branch) for one in (*more, seat)))
    assert all(receipt.stands for receipt in receipts), receipts
    return str(own), [str(one.member) for one in more]


def test_one_tap_marks_those_of_the_committee_alone_and_nothing_is_taken_back_unasked(signed_in):
    own, others = seated_and_others(signed_in.world)
    signed_in.set_viewport_size({"width": 360, "height": 740})
    signed_in.goto_page("meeting")
    marked, button = signed_in.locator("[data-how] [value=present]:checked"), "All others present"
    expect(signed_in.get_by_text("First choose above which meeting it was")).to_be_visible()
    expect(signed_in.get_by_role("button", name=button)).to_be_hidden()
    signed_in.locator("[name=form][value=committee]").check(force=True)
    expect(signed_in.locator("[data-how]:visible")).to_have_count(1)
    signed_in.get_by_role("button", name=button).click()
    expect(marked).to_have_count(1)
    expect(signed_in.locator(f'[data-member="{own}"] [value=present]')).to_be_checked()

    signed_in.locator("[name=form][value=members]").check(force=True)
    signed_in.locator(f'[data-member="{others[0]}"] [value=present]').check(force=True)
    signed_in.locator("[name=item_1][value=vote]").check(force=True)
    signed_in.get_by_text("Somebody was away for this item").first.click()
    away = signed_in.locator("[data-item='1'] [name=away_1]")
    expect(away.locator("visible=true")).to_have_count(2)
    signed_in.locator("[name=form][value=committee]").check(force=True)
    expect(marked).to_have_count(2)
    expect(away.locator("visible=true")).to_have_count(1)
    fold = signed_in.locator("[data-rest] summary")
    expect(fold).to_contain_text("marked among them: 1")
    fold.click()
    expect(signed_in.locator(f'[data-rest] [data-member="{others[0]}"] [value=present]')).to_be_checked()


def test_a_vote_is_said_while_it_is_written(signed_in):
    signed_in.set_viewport_size({"width": 360, "height": 740})
    signed_in.goto_page("meeting")
    signed_in.locator("[name=form][value=members]").check(force=True)
    signed_in.get_by_role("button", name="All others present").click()
    signed_in.locator("[name=item_1][value=vote]").check(force=True)
    line = signed_in.locator("[data-item='1'] [data-vote-line]")
    assert line.inner_text() == "due 1, present 1, at least 1"
    signed_in.locator("[name=yes_1]").fill("1")
    assert line.inner_text() == "due 1, present 1, at least 1, in favour 1, passed"
    signed_in.get_by_role("button", name="Record it").last.click()
    signed_in.get_by_text("Recorded.").first.wait_for()
