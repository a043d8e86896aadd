"""What a person's study comes to in class hours (学时): one day after the other, never more than a day can hold."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Protocol

MOST_HOURS_A_DAY = 8


class Studied(Protocol):
    """Some study of one person: a row of `StudyTime`, or of its fold."""

    on: date
    begins: int | None
    ends: int | None
    minutes: int


def minutes_of_a_day(studied: Iterable[Studied]) -> int:
    """Add up one day: what has hours is united, so that an hour told twice counts once; lengths alone are added."""
    together, covered, until = 0, 0, 0
    spans = []
    for one in studied:
        if one.begins is None or one.ends is None:
            together += one.minutes
        else:
            spans.append((one.begins, one.ends))
    for begins, ends in sorted(spans):
        covered += max(0, ends - max(begins, until))
        until = max(until, ends)
    return together + covered


def class_hours(studied: Iterable[Studied], *, minutes: int) -> Fraction:
    """Turn one person's study into class hours of so many minutes; a day counts at most eight.

    How long a class hour is differs by place and time: whoever asks says so.

    >>> class_hours([], minutes=45)
    Fraction(0, 1)
    """
    by_day = groupby(sorted(studied, key=attrgetter("on")), key=attrgetter("on"))
    return sum((_hours(minutes_of_a_day(day), minutes) for _, day in by_day), Fraction(0))


def _hours(studied: int, minutes: int) -> Fraction:
    return min(Fraction(studied, minutes), Fraction(MOST_HOURS_A_DAY))
