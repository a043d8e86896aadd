"""What nobody answered, or nobody holds: it stands with the default desk, and words open only to who takes it over."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.faces.desk.today import default_desk
from concerto.faces.desk.writing import DraftField
from concerto.groundwork import clock
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.models import Entry, Handed, Tray
from concerto.papers.standing.default_desk import unanswered, unanswered_case
from concerto.places.models import Account
from concerto.register.models import Waiver
from concerto.rulebook.days import DayTable, day_table
from concerto.rulebook.unanswered import stands_since
from tests.cases import Matter
from tests.cast import TOWNSHIP, VILLAGE_A, World
from tests.faces.desk.browsing import Browser
from tests.papers.standing.test_workplace import change_posting

pytestmark = pytest.mark.django_db
TODAY = reverse("desk:today")
LONG_AGO = datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
SETTLED = {"outcome": "settled"}


def vacate(world: World) -> None:
    """Nobody is posted to village A any more."""
    for name in ("lin", "sec"):
        change_posting(world, name, until=LONG_AGO.date())


def ask(world: World, at: datetime, period: str = "2026-05") -> UUID:
    body = Waiver1(
        waiver=world.pen.new_id(at), duty="theme-day", owed_by=world.branch_a.id, period=period, reason="road"
    )
    item = world.pen.item(body, unit=world.branch_a.id, by=world.lin, on=clock.day_of(at), at=at)
    assert world.receive(item, by=world.lin, at=at)[0].stands
    return body.waiver


def code_of(world: World, body, *, by, unit=None, **more) -> str:
    item = world.pen.item(body, unit=unit or VILLAGE_A, by=by, on=clock.today(), at=clock.now(), **more)
    [receipt] = world.receive(item, by=by, at=clock.now())
    return "accepted" if receipt.stands else receipt.code


def sorts(world: World, asof=None) -> list[str]:
    return [line.matter.sort for line in unanswered(TOWNSHIP, asof or clock.today())]


def words_of_the_need(desk, world: World, account) -> str:
    said = Entry.objects.get(id=world.visit).said
    text = ""
    for digest in [part for part in said.split('"') if len(part) == 64]:
        address = reverse("desk:entry-words", args=[world.visit, digest])
        text += desk.of(account).post(address).content.decode()
    return text


def test_a_need_stands_there_only_when_nobody_is_posted_who_has_it(world):
    assert sorts(world) == []
    vacate(world)
    assert sorts(world) == ["need"]


def test_a_waiver_stands_there_when_three_working_days_have_passed(world):
    came = datetime(2026, 9, 21, 4, tzinfo=UTC)  # a Monday; the 25th is off
    ask(world, came)
    assert [sorts(world, came.date() + timedelta(days=days)) for days in (0, 2, 3, 4)] == [[], [], [], ["waiver"]]


def test_its_state_and_clock_are_read_by_the_centre_alone(desk, world):
    vacate(world)
    address = reverse("desk:take-over", args=["need", world.need])
    assert address in desk.of(world.zhou).get(TODAY).content.decode()
    assert address not in desk.of(world.wang).get(TODAY).content.decode()
    for account in (world.wang, world.ma, world.gao):
        assert desk.of(account).get(address).status_code in (403, 404)
    change_posting(world, "zhou", until=LONG_AGO.date())
    assert address in desk.of(world.wang).get(TODAY).content.decode()


def test_sealed_words_open_only_to_who_took_it_over(desk, world):
    vacate(world)
    assert "想修水渠" not in words_of_the_need(desk, world, world.zhou)
    address = reverse("desk:take-over", args=["need", world.need])
    draft = desk.of(world.zhou).get(address).context["form"]["draft"].value()
    sent = DraftField(world.zhou).prepare_value(draft)
    assert desk.of(world.zhou).post(address, {"draft": sent}).status_code == 302
    text = words_of_the_need(desk, world, world.zhou)
    assert "想修水渠" in text
    assert "草场边的水渠塌了一段" not in text
    assert "想修水渠" not in words_of_the_need(desk, world, world.wang)


def test_the_door_lets_nobody_take_over_what_is_in_hands_or_taken(world):
    taken = TakenOver1(matter=world.need, what="need")
    assert code_of(world, taken, by=world.zhou) == "still_in_time"
    vacate(world)
    assert code_of(world, taken, by=world.ma) == "not_posted_there"
    assert code_of(world, taken, by=world.zhou, unit=world.village_b.id) == "not_in_this_unit"
    assert code_of(world, taken, by=world.zhou) == "accepted"
    assert code_of(world, taken, by=world.wang) == "taken_over_already"


def test_what_somebody_took_over_and_left_may_be_taken_over_anew(world):
    vacate(world)
    waiver = ask(world, LONG_AGO)
    need = TakenOver1(matter=world.need, what="need")
    asked = TakenOver1(matter=waiver, what="waiver")
    for body, unit in ((need, VILLAGE_A), (asked, world.branch_a.id)):
        assert code_of(world, body, by=world.zhou, unit=unit) == "accepted"
        assert code_of(world, body, by=world.wang, unit=unit) == "taken_over_already"
    assert [line.taken_by for line in unanswered(TOWNSHIP, clock.today())] == [world.zhou.id] * 2
    Account.objects.filter(id=world.zhou.id).update(is_active=False)
    assert [(line.taken_by, line.may_be_taken) for line in unanswered(TOWNSHIP, clock.today())] == [(None, True)] * 2
    for body, unit in ((need, VILLAGE_A), (asked, world.branch_a.id)):
        assert code_of(world, body, by=world.wang, unit=unit) == "accepted"
    assert [line.taken_by for line in unanswered(TOWNSHIP, clock.today())] == [world.wang.id] * 2


def test_of_one_case_one_case_is_asked_however_many_stand_before_it(world, monkeypatch):
    cases = [Matter(world, unit=world.village_b.id, by=world.ma) for _ in range(3)]
    monkeypatch.setattr("concerto.papers.standing.default_desk.MOST", 1)
    assert sum(line.matter.sort == "case" for line in unanswered(TOWNSHIP, clock.today())) == 1
    for case in cases:
        line = unanswered_case(TOWNSHIP, clock.today(), case.id)
        assert line is not None
        assert line.may_be_taken
    with CaptureQueriesContext(connection) as asked:
        unanswered_case(TOWNSHIP, clock.today(), cases[0].id)
    assert len(asked) <= 10


def test_the_centre_answers_a_waiver_only_after_taking_it_over(world):
    waiver = ask(world, LONG_AGO)
    entry = Entry.objects.filter(kind="waiver").get().id
    answer, saw = WaiverAnswer1(waiver=waiver, granted=False), {f"{waiver}.answer": entry}
    assert code_of(world, answer, by=world.zhou, unit=world.branch_a.id, saw=saw) == "take_over_first"
    taken = TakenOver1(matter=waiver, what="waiver")
    assert code_of(world, taken, by=world.zhou, unit=world.branch_a.id) == "accepted"
    assert code_of(world, answer, by=world.zhou, unit=world.branch_a.id, saw=saw) == "accepted"
    assert sorts(world) == []


def test_whoever_took_a_waiver_over_is_led_to_its_page_and_answers_it_there(desk, world):
    waiver = ask(world, LONG_AGO)
    zhou = Browser(desk, world.zhou)
    assert 'value="grant"' not in zhou.text("waiver", waiver)
    answer = zhou.send("take-over", "waiver", waiver)
    assert answer.url == reverse("desk:waiver", args=[waiver])
    assert zhou.send("waiver", waiver, answer="grant").status_code == 302
    assert Waiver.objects.get().state == "granted"


def test_a_need_whose_visit_was_taken_back_leaves_the_list_also_when_it_was_taken_over(world):
    vacate(world)
    assert code_of(world, TakenOver1(matter=world.need, what="need"), by=world.zhou) == "accepted"
    last = Entry.objects.filter(first=world.visit).latest("seq").id
    back = {"kind": "visit", "corrects": world.visit, "saw": {f"{world.visit}.wording": last}}
    assert code_of(world, None, by=world.wang, **back) == "accepted"
    assert sorts(world) == []


def test_what_was_handed_over_and_settled_long_ago_is_not_carried_into_the_question(world):
    lying = {"outcome": "refused", "code": "unknown_unit", "author": world.lin.id, "device": uuid4(), "number": 1}
    Tray.objects.create(log=TOWNSHIP, id=(entry := uuid4()), came_at=clock.stamp(LONG_AGO), **lying)
    Tray.objects.create(log=TOWNSHIP, id=(gone := uuid4()), came_at=clock.stamp(LONG_AGO), **lying | SETTLED)
    given = [Handed(log=TOWNSHIP, id=one, at=LONG_AGO) for one in (entry, gone, *(uuid4() for _ in range(100)))]
    Handed.objects.bulk_create(given)
    with CaptureQueriesContext(connection) as asked:
        [line] = unanswered(TOWNSHIP, clock.today())
    assert (line.matter.id, line.matter.came_on) == (entry, LONG_AGO.date())
    assert max(len(one["sql"]) for one in asked.captured_queries) < 1500


def test_around_a_spring_festival_that_is_not_announced_weekdays_count_and_nothing_breaks():
    days = DayTable({year: told for year, told in day_table().years.items() if year < 2027})
    came = date(2027, 2, 4)  # a Thursday
    assert not days.knows(came)
    assert stands_since(came, days, asof=date(2027, 2, 9), is_held=True) is None
    assert stands_since(came, days, asof=date(2027, 2, 10), is_held=True) == date(2027, 2, 10)


def test_the_first_ten_stand_on_today_and_the_whole_list_has_a_page_that_is_turned_by_key(desk, world, monkeypatch):
    for turn in range(1, 7):
        for day in (1, 2):
            ask(world, LONG_AGO + timedelta(days=day), period=f"{2024 + day}-{turn:02}")
    vacate(world)
    monkeypatch.setattr(default_desk, "PAGE", 8)
    zhou, whole = desk.of(world.zhou), reverse("desk:unanswered")
    today = zhou.get(TODAY)
    text = today.content.decode()
    assert text.count("/today/take-over/") == len(today.context["unanswered"].rows) == 10
    assert f'<a href="{whole}">还有 3 件' in text
    assert "上泉党支部，2025年1月，来了" in text
    first = zhou.get(whole).context["unanswered"]
    assert (len(first.rows), first.first, first.said) == (8, "", "第 1 到 8 条，共 13 条")
    second = zhou.get(first.more).context["unanswered"]
    assert (len(second.rows), second.more, second.first) == (5, "", whole)
    assert not {row.take_over for row in first.rows} & {row.take_over for row in second.rows}
    assert zhou.get(whole + "?after=9999").context["unanswered"].first == whole
    assert desk.of(world.sec).get(whole).status_code == 403


def test_that_no_more_of_a_sort_are_looked_at_is_said(desk, world, monkeypatch):
    for turn in (1, 2):
        ask(world, LONG_AGO, period=f"2025-{turn:02}")
    vacate(world)
    whole = reverse("desk:unanswered")
    assert "最多列" not in desk.of(world.zhou).get(whole).content.decode()
    monkeypatch.setattr(default_desk, "MOST", 2)
    assert "每一类最多列最早来的 2 件" in desk.of(world.zhou).get(whole).content.decode()
