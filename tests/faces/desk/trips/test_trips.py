"""This week's trips: what is owed at households, by place; overruled by hand, printed, and seen by nobody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerto.conductor.retiring import retire
from concerto.groundwork import clock
from concerto.papers.standing.workplace import Workplace
from concerto.papers.trips import proposal, week_of
from concerto.places import leaving_out
from concerto.places.accounts import close_account
from concerto.places.models import LeftOut
from concerto.register.access import sight_of
from tests.cast import TOWNSHIP
from tests.papers.standing.test_counting import let_there_be_every_subject
from tests.papers.standing.test_from_the_books import visit

pytestmark = pytest.mark.django_db
TRIPS = reverse("desk:trips")


def page(desk, account, address: str = TRIPS, **asked) -> str:
    answer = desk.of(account).get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet_of(house) -> str:
    return reverse("desk:trip-sheet", args=[house.id])


def this_month_of(world) -> set[str]:
    """Which duties of this month lin's ways settle."""
    sight, month = sight_of(world.lin, clock.today()), f"{clock.today():%Y-%m}"
    found = proposal(sight, Workplace(TOWNSHIP, world.lin.id, sight.day))
    return {debt.duty for trip in found.trips for stop in trip.stops for debt in stop.debts if debt.turn == month}


def test_a_helped_household_that_was_not_visited_is_a_stop_with_what_one_visit_settles(desk, world):
    text = page(desk, world.lin)

    assert text.count("stop-out") == 1
    assert reverse("desk:visit-new", args=[world.house_1.id]) in text


def test_each_debt_of_today_about_a_household_is_on_the_proposal_once_and_nothing_else_is(world):
    let_there_be_every_subject(world)
    sight = sight_of(world.lin, clock.today())
    place = Workplace(TOWNSHIP, world.lin.id, clock.today())

    found = proposal(sight, place)

    stops = [*(stop for trip in found.trips for stop in trip.stops), *found.calls]
    proposed = sorted((d.household, d.duty, d.turn) for stop in stops for d in stop.debts)
    about = {"helped_household", "household"}
    duties = place.mechanism.duties
    owed = sorted(
        (line.about, line.duty, line.period.name)
        for line in place.lines
        if duties[line.duty].about in about and place.is_still_to_do(line)
    )
    assert proposed == owed
    assert not found.elsewhere


def test_what_is_settled_by_a_visit_leaves_the_proposal(world):
    assert "four-ones-visit" in this_month_of(world)

    visit(world, clock.today(), at=clock.now())

    assert "four-ones-visit" not in this_month_of(world)


def left_out(desk, account, house) -> str:
    """Tap "Not this week", and read the page one lands on."""
    answer = desk.of(account).post(reverse("desk:trip-leave-out", args=[house.id]))
    assert answer.status_code == 302
    return page(desk, account, answer["Location"])


def test_whom_the_reader_leaves_out_is_listed_as_such_and_stays_owed(desk, world):
    left_out(desk, world.lin, world.house_1)
    text = page(desk, world.lin)

    assert reverse("desk:trip-take-in", args=[world.house_1.id]) in text
    assert sheet_of(world.house_1) not in text
    assert desk.of(world.lin).get(sheet_of(world.house_1)).status_code == 404
    today = desk.of(world.lin).get(reverse("desk:today")).content.decode()
    assert reverse("desk:visit-new", args=[world.house_1.id]) in today


def test_a_tap_is_undone_by_one_more_and_said_twice_it_is_one_row_without_a_time(desk, world):
    for _twice in range(2):
        text = left_out(desk, world.lin, world.house_1)
    assert text.count(reverse("desk:trip-take-in", args=[world.house_1.id])) == 2  # what just happened, and its row
    assert {field.attname for field in LeftOut._meta.concrete_fields} == {"account", "log", "week", "household"}
    monday = week_of(clock.today())[0]
    assert list(LeftOut.objects.values_list("account", "log", "week", "household")) == [
        (world.lin.id, TOWNSHIP, monday, world.house_1.id)
    ]

    answer = desk.of(world.lin).post(reverse("desk:trip-take-in", args=[world.house_1.id]))

    assert not LeftOut.objects.exists()
    text = page(desk, world.lin, answer["Location"])
    assert text.count(reverse("desk:trip-leave-out", args=[world.house_1.id])) == 2
    assert sheet_of(world.house_1) in text


def test_who_is_left_out_by_one_is_left_out_for_nobody_else_and_only_this_week(desk, world):
    left_out(desk, world.lin, world.house_1)
    today = clock.today()

    assert leaving_out.left_out(world.lin.id, TOWNSHIP, asof=today) == {world.house_1.id}
    assert leaving_out.left_out(world.sec.id, TOWNSHIP, asof=today) == set()
    assert leaving_out.left_out(world.lin.id, TOWNSHIP, asof=today + timedelta(days=7)) == set()


def test_a_household_whose_card_does_not_open_is_left_out_by_nobody(desk, world):
    for name in ("trip-leave-out", "trip-take-in"):
        assert desk.of(world.ma).post(reverse(f"desk:{name}", args=[world.house_1.id])).status_code == 404
    assert not LeftOut.objects.exists()


def test_it_goes_with_the_daily_run_after_the_week_and_with_the_account(desk, world):
    left_out(desk, world.lin, world.house_1)
    sunday = week_of(clock.today())[1]

    retire(sunday, clock.now())
    assert LeftOut.objects.count() == 1
    retire(sunday + timedelta(days=1), clock.now())
    assert not LeftOut.objects.exists()

    left_out(desk, world.lin, world.house_1)
    close_account(world.lin, at=clock.now())
    assert not LeftOut.objects.exists()


def test_the_sheet_prints_the_way_and_says_so_when_it_is_not_proposed_any_more(desk, world):
    assert "hand-line" in page(desk, world.lin, sheet_of(world.house_1))

    gone = desk.of(world.lin).get(sheet_of(world.house_4))

    assert gone.status_code == 404
    assert TRIPS in gone.content.decode()


def test_two_homes_that_are_called_alike_are_told_apart_by_their_numbers(desk, world):
    client = desk.of(world.lin)
    for page in (reverse("desk:trips"), reverse("desk:trip-sheet", args=[world.house_1.id])):
        assert "1 号</span>" in client.get(page).content.decode()


def test_of_another_instructors_household_nothing_is_proposed(desk, world):
    assert str(world.house_1.id) not in page(desk, world.ma)


def test_statements_do_not_grow_with_stops(desk, world):
    client = desk.of(world.lin)
    client.get(TRIPS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(TRIPS)
    let_there_be_every_subject(world)
    with CaptureQueriesContext(connection) as many:
        client.get(TRIPS)

    assert len(many) <= len(few) + 1
