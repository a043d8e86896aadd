"""A calendar asks at a secret address: what it reads, and what nobody learns."""

import logging
from datetime import date
from pathlib import Path

import icalendar
import pytest

from concerto.config.logs import WithoutWords
from concerto.faces.calendar.writing import as_calendar
from concerto.groundwork import clock
from concerto.papers.board.due import Due
from concerto.places import calendars
from concerto.places.accounts import close_account, reopen_account
from concerto.places.models import AdministratorAct, CalendarAddress, Opening
from tests.cast import NOON, World

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def summer(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 7, 1))


def asked(client, secret: str, **headers: str):
    return client.get(f"/calendar/{secret}.ics", headers=headers)


def events(answer) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_it_holds_days_duties_and_stops_and_nothing_else(world: World, client):
    answer = asked(client, calendars.make(world.lin, at=NOON))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    told = {str(one["SUMMARY"]): one.decoded("DTSTART") for one in events(answer)}
    assert told["走访帮扶户：1 处"] == date(2026, 7, 31)
    for word in (*world.house_1.people, "上泉", "林晓", "lin", str(world.house_1.id), str(world.lin.id)):
        assert word not in answer.content.decode()


def test_what_is_ones_own_alone_stands_there_by_its_words(world: World, client):
    told = [str(one["SUMMARY"]) for one in events(asked(client, calendars.make(world.lin, at=NOON)))]
    assert "每周自学" in told
    other = [str(one["SUMMARY"]) for one in events(asked(client, calendars.make(world.sec, at=NOON)))]
    assert other
    assert "每周自学" not in other


def test_events_are_whole_days_of_china_and_lines_are_folded(world: World):
    title = "与每一名不作硬性要求的老党员一起读完本季度的学习材料并且记下来" * 3
    text = as_calendar([Due(date(2026, 7, 31), "one", title, 3, True)], day=date(2026, 7, 1), known_by="x")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    made = icalendar.Calendar.from_ical(text)
    [event] = made.walk("VEVENT")
    assert title in str(event["SUMMARY"])
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 7, 31), date(2026, 8, 1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("DTSTAMP").isoformat() == "2026-06-30T16:00:00+00:00"
    assert str(made["X-WR-TIMEZONE"]) == "Asia/Shanghai"


def test_text_that_calendars_read_as_theirs_is_escaped():
    text = as_calendar(
        [Due(date(2026, 7, 31), "one", "a, b; c\nEND:VEVENT", 0, False)], day=date(2026, 7, 1), known_by=""
    )
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "a, b; c\nEND:VEVENT"


def test_the_same_answer_is_not_sent_twice(world: World, client):
    secret = calendars.make(world.lin, at=NOON)
    first = asked(client, secret)
    assert first["Cache-Control"] == "private, max-age=3600"
    again = asked(client, secret, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(f"/calendar/{secret}.ics").status_code == 200
    assert client.post(f"/calendar/{secret}.ics").status_code == 405


def test_a_wrong_address_and_one_that_ended_are_answered_alike(world: World, client):
    secret = calendars.make(world.lin, at=NOON)
    second = calendars.make(world.lin, at=NOON)
    replaced, never = asked(client, secret), asked(client, "x" * 43)
    calendars.end(world.lin)
    ended = asked(client, second)
    told = {(one.status_code, one.content, one["Cache-Control"]) for one in (replaced, never, ended)}
    assert told == {(404, b"There is no calendar here.\n", "no-store")}


def test_whoever_has_no_posting_or_is_closed_has_an_empty_calendar(world: World, client):
    for account in (world.newcomer, world.adm, world.gao):
        answer = asked(client, calendars.make(account, at=NOON))
        assert (answer.status_code, events(answer)) == (200, [])
    secret = calendars.make(world.lin, at=NOON)
    close_account(world.lin, at=NOON)
    assert events(asked(client, secret)) == []


def test_the_sight_of_today_decides(world: World, client, monkeypatch):
    secret = calendars.make(world.lin, at=NOON)
    assert events(asked(client, secret))
    monkeypatch.setattr(clock, "today", lambda: date(2025, 12, 31))  # the day before the posting began
    assert events(asked(client, secret)) == []


def test_whoever_asks_too_often_is_told_to_wait(world: World, client):
    secret = calendars.make(world.lin, at=NOON)
    answers = [asked(client, secret).status_code for _ in range(13)]
    assert answers == [200] * 12 + [429]
    wrong = [asked(client, "x" * 43) for _ in range(31)]
    assert [one.status_code for one in wrong] == [404] * 30 + [429]
    assert wrong[-1]["Retry-After"] == "60"


def test_a_fetch_is_written_nowhere(world: World, client, django_assert_max_num_queries, caplog):
    secret = calendars.make(world.lin, at=NOON)
    before = CalendarAddress.objects.values().get()
    with caplog.at_level(logging.DEBUG, logger="django"), django_assert_max_num_queries(30) as asked_for:
        answer = asked(client, secret)
    assert answer.cookies == {}
    writes = [one["sql"] for one in asked_for if not one["sql"].upper().startswith(("SELECT", "PRAGMA", "WITH"))]
    assert writes == []
    assert CalendarAddress.objects.values().get() == before
    assert secret not in str(before)
    assert Opening.objects.count() == AdministratorAct.objects.count() == 0


def test_the_server_s_log_says_no_secret():
    said = ("Internal Server Error", f"/calendar/{'ab-_9' * 8}.ics")
    told = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "%s: %s", said, None)
    assert WithoutWords().format(told).endswith("Internal Server Error: /calendar/....ics")


def test_the_server_keeps_no_list_of_who_came():
    assert "access-log" not in (CHECKOUT / "bin" / "run").read_text()
    assert (CHECKOUT / "docs" / "install.md").read_text().count("access_log off;") == 2


def test_an_account_that_is_opened_again_has_no_address_of_before(world: World, client):
    secret = calendars.make(world.lin, at=NOON)
    close_account(world.lin, at=NOON)
    reopen_account(world.lin)
    assert asked(client, secret).status_code == 404
