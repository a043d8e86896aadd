"""Which earlier turns a record of a day may count for."""

from dataclasses import replace
from datetime import date, timedelta

from concerto.papers.standing.made_up import AHEAD, BACK, turns_around
from concerto.rulebook.duty import Duty
from concerto.rulebook.making_good import FARTHEST, last_day_for, turns_before, turns_to_make_good
from concerto.rulebook.mechanism import Mechanism, mechanism
from concerto.rulebook.period import Every, named

DAY = date(2026, 9, 18)


def names(of: Mechanism, kinds: set[str], day: date = DAY) -> list[str]:
    return [turn.name for turn in turns_to_make_good(of, kinds, day)]


def with_grace(grace: int, since: date = date(2026, 1, 1), every: Every = Every.MONTH) -> Mechanism:
    duty: Duty = mechanism().duties["four-ones-visit"]
    now = duty.in_force(DAY)
    assert now is not None
    return replace(mechanism(), duties={duty.id: duty.amended(replace(now, grace=grace, since=since, every=every))})


def test_weeks_are_listed_as_far_back_as_the_first_day_a_phone_may_record_reaches():
    for every in (Every.WEEK, Every.MONTH, Every.QUARTER):
        of = with_grace(FARTHEST, every=every)
        listed = {turn.turn for turn in turns_around(of, DAY)}
        for days in range(-BACK.days, AHEAD.days + 1):
            day = DAY + timedelta(days)
            of_that_day = turns_before(of, day)
            assert {turn.name for turn, last in of_that_day if last.get("visit", date.min) >= day} <= listed, day


def test_a_call_may_count_for_the_month_before_and_no_further():
    assert names(mechanism(), {"visit"}) == ["2026-08"]
    assert names(mechanism(), {"visit"}, date(2027, 1, 3)) == ["2026-12"]


def test_grace_says_how_far_back_and_none_means_never():
    assert names(with_grace(3), {"visit"}) == ["2026-08", "2026-07", "2026-06"]
    assert names(with_grace(0), {"visit"}) == []


def test_each_turn_is_judged_by_the_edition_of_its_first_day():
    assert names(with_grace(3, since=date(2026, 8, 1)), {"visit"}) == ["2026-08"]


def test_a_year_that_is_over_is_not_offered_and_a_quarter_is():
    assert names(mechanism(), {"heart_talk"}) == []
    assert names(mechanism(), {"members_meeting"}) == ["2026-Q2"]


def test_what_proves_nothing_of_a_turn_has_no_last_day_for_it():
    august = named("2026-08")
    assert august is not None
    assert last_day_for(mechanism(), {"visit"}, august) == date(2026, 9, 30)
    assert last_day_for(mechanism(), {"gathering"}, august) is None
