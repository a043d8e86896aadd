"""Working days: what is counted, what a legal window does, and what is said past the end of the table."""

from datetime import date

import pytest

from concerto.rulebook.days import day_table

DAYS = day_table()


@pytest.mark.parametrize(
    ("event", "n", "due"),
    [
        ("2026-05-20", 1, "2026-05-21"),  # the event's day is not counted
        ("2026-05-22", 1, "2026-05-25"),  # over a weekend
        ("2026-02-13", 1, "2026-02-14"),  # a Saturday that is worked before the Spring Festival
        ("2026-02-14", 1, "2026-02-24"),  # over the Spring Festival
        ("2026-02-27", 1, "2026-02-28"),  # a Saturday worked after it
        ("2026-09-30", 3, "2026-10-10"),  # over the National Day, with a Saturday worked after it
        ("2028-02-28", 1, "2028-02-29"),
    ],
)
def test_working_days_end_with_the_nth_after_the_event(event, n, due):
    assert str(DAYS.working_days_after(date.fromisoformat(event), n).on) == due


def test_days_past_the_table_are_weekdays_and_provisional():
    assert DAYS.working_days_after(date(2026, 12, 30), 2) == (date(2027, 1, 1), True)
    assert DAYS.working_days_after(date(2026, 12, 29), 2) == (date(2026, 12, 31), False)


def test_calendar_days_run_through_and_only_a_legal_window_waits_for_a_working_day():
    assert DAYS.days_after(date(2026, 9, 3), 30).on == date(2026, 10, 3)
    assert DAYS.days_after(date(2026, 9, 3), 30, legal=True) == (date(2026, 10, 8), False)
    assert DAYS.days_after(date(2026, 12, 3), 30, legal=True) == (date(2027, 1, 4), True)


def test_a_missing_next_year_is_announced_from_october():
    assert DAYS.missing_year(date(2026, 9, 30)) is None
    assert DAYS.missing_year(date(2026, 10, 1)) == 2027
    assert DAYS.missing_year(date(2025, 12, 1)) is None


def test_a_year_that_began_without_its_table_is_announced_until_it_comes():
    assert DAYS.missing_year(date(2027, 2, 8)) == 2027
    assert DAYS.missing_year(date(2027, 11, 1)) == 2027


def test_a_festival_of_the_place_is_a_day_off():
    nauryz = date(2026, 3, 23)
    assert DAYS.is_working(nauryz)
    assert not DAYS.with_days_off([nauryz]).is_working(nauryz)


def test_every_year_has_its_source_and_its_days_lie_in_it():
    for number, year in DAYS.years.items():
        assert year.source
        assert {day.year for day in year.off | year.worked} == {number}
        assert not year.off & year.worked
        assert all(day.weekday() > 4 for day in year.worked)
