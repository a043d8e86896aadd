"""What a person's study comes to in class hours (学时): one day after the other, never more than a day can hold."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Protocol


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


def class_hours(studied: Iterable[Studied], *, minutes: int, most_a_day: int) -> Fraction:
    """Turn one person's study into class hours of so many minutes, of which a day counts no more than so many.

    Both are dated values of the mechanism: whoever asks says what they were.

    >>> class_hours([], minutes=45, most_a_day=8)
    Fraction(0, 1)
    """
    by_day = groupby(sorted(studied, key=attrgetter("on")), key=attrgetter("on"))
    each = (Fraction(minutes_of_a_day(day), minutes) for _, day in by_day)
    return sum((min(hours, Fraction(most_a_day)) for hours in each), Fraction(0))
