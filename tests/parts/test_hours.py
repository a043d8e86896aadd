"""What a person's study comes to: hours of a day are united, lengths add, and a day holds eight class hours."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as some

from concerto.parts.study.hours import class_hours, minutes_of_a_day

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


class Study(NamedTuple):
    on: date
    begins: int | None
    ends: int | None
    minutes: int


def from_to(begins: int, ends: int, on: date = MONDAY) -> Study:
    return Study(on, begins * 60, ends * 60, (ends - begins) * 60)


def length(minutes: int, on: date = MONDAY) -> Study:
    return Study(on, None, None, minutes)


def test_an_hour_that_two_entries_tell_counts_once():
    assert minutes_of_a_day([from_to(14, 16), from_to(15, 17), from_to(15, 16)]) == 180


def test_lengths_without_hours_add():
    assert minutes_of_a_day([length(60), length(60), from_to(9, 10)]) == 180


def test_a_day_counts_at_most_eight_class_hours_of_whatever_length():
    long_day = [from_to(8, 12), from_to(13, 18)]

    assert class_hours(long_day, minutes=45, most_a_day=8) == 8
    assert class_hours(long_day, minutes=60, most_a_day=8) == 8
    assert class_hours([*long_day, from_to(9, 10, TUESDAY)], minutes=60, most_a_day=8) == 9


def test_parts_of_a_class_hour_are_kept_over_the_days():
    assert class_hours([length(30), length(15, TUESDAY)], minutes=45, most_a_day=8) == 1
    assert class_hours([length(30)], minutes=45, most_a_day=8) == Fraction(2, 3)


studies = some.lists(
    some.one_of(
        some.builds(length, some.integers(1, 300), some.sampled_from([MONDAY, TUESDAY])),
        some.builds(
            lambda begins, more, on: from_to(begins, begins + more, on),
            some.integers(0, 12),
            some.integers(1, 12),
            some.sampled_from([MONDAY, TUESDAY]),
        ),
    ),
    max_size=8,
)


@given(studies, studies)
def test_more_study_is_never_less_and_its_order_changes_nothing(some_of_it, more):
    together = class_hours([*some_of_it, *more], minutes=45, most_a_day=8)

    assert together == class_hours([*more, *some_of_it], minutes=45, most_a_day=8)
    assert class_hours(some_of_it, minutes=45, most_a_day=8) <= together <= 16
