"""What waits for one person: what was answered lately, and no more of it than a page can hold."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from concerto.faces.desk.today import for_me
from concerto.faces.desk.writing import seen
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.register.access import sight_of
from concerto.register.models import Waiver
from concerto.rulebook.mechanism import mechanism
from tests.cast import TOWNSHIP, World
from tests.papers.standing.test_from_the_books import bring

pytestmark = pytest.mark.django_db


def asked(world: World, *, on: date) -> Waiver1:
    waiver = Waiver1(
        waiver=world.pen.new_id(), duty="theme-day", owed_by=world.branch_a.id, period=f"2026-{on:%d}", reason="road"
    )
    bring(world, waiver, by=world.sec, unit=world.branch_a.id, on=on)
    return waiver


def granted(world: World, waiver: Waiver1, *, on: date) -> None:
    saw = seen(waiver.waiver, Waiver.objects.get(id=waiver.waiver).wordings, ["answer"])
    bring(world, WaiverAnswer1(waiver=waiver.waiver, granted=True), by=world.wang, unit=TOWNSHIP, on=on, saw=saw)


def read(account, day: date) -> list[Waiver]:
    return for_me._Asked(sight_of(account, day), mechanism(), {}).waivers


def test_what_was_answered_long_ago_is_read_no_more(world):
    waiver = asked(world, on=date(2026, 5, 2))
    granted(world, waiver, on=date(2026, 5, 3))
    assert [row.id for row in read(world.sec, date(2026, 6, 1))] == [waiver.waiver]
    assert read(world.sec, date(2026, 9, 1)) == []


def test_what_nobody_answered_waits_however_old_it_is(world):
    waiver = asked(world, on=date(2026, 5, 2))
    for account in (world.sec, world.wang):
        assert [row.id for row in read(account, date(2026, 9, 18))] == [waiver.waiver]
    assert read(world.lin, date(2026, 9, 18)) == []


def test_no_more_is_read_than_can_be_shown_the_newest_comes_first_and_it_is_said(world, desk, monkeypatch):
    waivers = [asked(world, on=date(2026, 5, day)) for day in (2, 3, 4)]
    words = gettext("So much waits that the oldest is not listed here; it comes once some of this is done.")
    assert words not in desk.of(world.wang).get(reverse("desk:today")).content.decode()
    monkeypatch.setattr(for_me, "MOST", 2)
    assert [row.id for row in read(world.wang, date(2026, 5, 5))] == [one.waiver for one in waivers[:0:-1]]
    assert words in desk.of(world.wang).get(reverse("desk:today")).content.decode()


def test_more_than_is_shown_leads_to_the_page_that_lists_it(world, desk):
    for day in range(1, 11):
        asked(world, on=date(2026, 5, day))
    text = desk.of(world.wang).get(reverse("desk:today")).content.decode().split('id="for-me"')[1]
    assert f'<a href="{reverse("desk:waivers")}">还有 2 件，在“免办”</a>' in text
    assert reverse("desk:tray") + '">还有' not in text
    assert "没有等待答复的" not in desk.of(world.wang).get(reverse("desk:waivers")).content.decode()


def test_what_waits_does_not_push_out_ones_own_answers(world, monkeypatch):
    waivers = [asked(world, on=date(2026, 5, day)) for day in (2, 3, 4, 5)]
    for waiver, day in zip(waivers, (6, 7), strict=False):
        granted(world, waiver, on=date(2026, 5, day))
    monkeypatch.setattr(for_me, "MOST", 1)
    assert [row.id for row in read(world.sec, date(2026, 5, 8))] == [waivers[3].waiver, waivers[1].waiver]
