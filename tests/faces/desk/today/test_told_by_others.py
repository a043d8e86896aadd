"""What others said of what one has: a matter that was taken over, and that somebody named was not there."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from concerto.groundwork import clock
from concerto.journal.kinds.postings import Posting1
from concerto.journal.kinds.presence import NotThere1
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.models import Entry
from concerto.papers.naming import waivers_named
from concerto.register.access import sight_of
from concerto.register.models import Waiver
from tests.cast import VILLAGE_A, World
from tests.faces.desk.today.test_default_desk import LONG_AGO, ask, code_of, vacate

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today")


def for_me(desk, account) -> str:
    text = desk.of(account).get(TODAY).content.decode()
    return text.split('id="for-me"')[1].split("</section>")[0] if 'id="for-me"' in text else ""


def seen(desk, account, thing: UUID) -> int:
    return desk.of(account).post(reverse("desk:today-seen", args=[thing])).status_code


def taken(world: World, matter: UUID, what: str, unit: UUID) -> UUID:
    at = clock.now()
    item = world.pen.item(
        TakenOver1(matter=matter, what=what), unit=unit, by=world.zhou, on=clock.today(), at=at
    )  # fmt: skip
    [receipt] = world.receive(item, by=world.zhou, at=at)
    assert receipt.stands, receipt.code
    return receipt.id


def test_the_organizers_are_told_that_the_centre_took_a_waiver_over_until_they_have_seen_it(desk, world):
    waiver = ask(world, LONG_AGO)
    assert "申请免办" in for_me(desk, world.wang)
    entry = taken(world, waiver, "waiver", world.branch_a.id)
    text = for_me(desk, world.wang)
    assert f"已由{world.zhou.called}接办" in text
    assert text.count("<li>") == 1
    assert "接办" not in for_me(desk, world.lin)
    assert "接办" not in for_me(desk, world.zhou)
    assert seen(desk, world.lin, entry) == 404
    assert seen(desk, world.wang, entry) == 302
    assert for_me(desk, world.wang) == ""


def test_what_was_taken_over_stands_before_all_that_waits_for_an_answer(desk, world):
    waivers = [ask(world, LONG_AGO, period=f"2025-{month:02}") for month in range(1, 11)]
    taken(world, waivers[0], "waiver", world.branch_a.id)
    assert "接办" in for_me(desk, world.wang).split("</li>")[0]


def test_they_are_told_also_when_it_was_answered_before_they_looked_but_not_of_their_own_answer(desk, world):
    waiver = ask(world, LONG_AGO)
    opened = Entry.objects.get(kind="waiver").id
    taken(world, waiver, "waiver", world.branch_a.id)
    answer, saw = WaiverAnswer1(waiver=waiver, granted=False), {f"{waiver}.answer": opened}
    assert code_of(world, answer, by=world.zhou, unit=world.branch_a.id, saw=saw) == "accepted"
    assert "接办" in for_me(desk, world.wang)


def test_whoever_comes_to_the_village_is_told_that_a_need_of_it_was_taken_over(desk, world):
    vacate(world)
    entry = taken(world, world.need, "need", VILLAGE_A)
    assert "接办" not in for_me(desk, world.ma)
    post = Posting1(
        posting=world.pen.new_id(), account=world.ma.id, unit=world.branch_a.id, role="instructor", since=clock.today()
    )  # fmt: skip
    [receipt] = world.receive(world.pen.item(post, unit=world.branch_a.id), at=clock.now())
    assert receipt.stands, receipt.code
    assert f"已由{world.zhou.called}接办" in for_me(desk, world.ma)
    assert seen(desk, world.ma, entry) == 302
    assert "接办" not in for_me(desk, world.ma)


def made_together(world: World) -> UUID:
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met", made_with=[world.sec.id])
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=clock.today(), at=clock.now())
    [receipt] = world.receive(item, by=world.lin, at=clock.now())
    return receipt.id


def denied(world: World, entry: UUID) -> UUID:
    item = world.pen.item(
        NotThere1(entry=entry, what="visit"), unit=VILLAGE_A, by=world.sec, on=clock.today(), at=clock.now()
    )
    [receipt] = world.receive(item, by=world.sec, at=clock.now())
    assert receipt.stands, receipt.code
    return receipt.id


def test_an_author_is_told_who_says_that_they_were_not_there_until_it_is_seen(desk, world):
    entry = made_together(world)
    assert for_me(desk, world.lin) == ""
    said = denied(world, entry)
    assert f"{world.sec.called}说自己不在场" in for_me(desk, world.lin)
    assert reverse("desk:entry", args=[entry]) in for_me(desk, world.lin)
    for other in (world.sec, world.wang, world.ma):
        assert "不在场" not in for_me(desk, other)
    assert seen(desk, world.lin, said) == 302
    assert for_me(desk, world.lin) == ""


def test_and_no_longer_once_they_said_something_of_it_themselves_or_it_was_taken_back(desk, world):
    entry = made_together(world)
    said = denied(world, entry)
    body = Visit1(channel="visit", households=[world.house_1.id], outcome="met")
    saw = {f"{entry}.wording": entry}
    assert code_of(world, body, by=world.lin, corrects=entry, saw=saw) == "accepted"
    assert for_me(desk, world.lin) == ""
    entry = made_together(world)
    said = denied(world, entry)
    assert "不在场" in for_me(desk, world.lin)
    back = {"kind": "not_there", "corrects": said, "saw": {f"{said}.wording": said}}
    assert code_of(world, None, by=world.sec, **back) == "accepted"
    assert for_me(desk, world.lin) == ""


def test_a_waiver_names_its_household_only_to_who_may_open_its_card(desk, world):
    body = Waiver1(
        waiver=world.pen.new_id(), duty="four-ones-visit", owed_by=VILLAGE_A, period="2026-05", reason="road",
        about=world.house_1.id,
    )  # fmt: skip
    item = world.pen.item(body, unit=VILLAGE_A, by=world.lin, on=date(2026, 6, 1))
    [receipt] = world.receive(item, by=world.lin)
    assert receipt.stands, receipt.code
    assert "阿依努尔·木拉提" in for_me(desk, world.wang)
    rows = list(Waiver.objects.all())
    assert waivers_named(sight_of(world.wang, clock.today()), rows)
    for other in (world.gao, world.zhou, world.ma):
        assert waivers_named(sight_of(other, clock.today()), rows) == {}
