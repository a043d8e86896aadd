"""Weeks, months, quarters and years, as the rulebook counts them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

ONE_DAY = timedelta(days=1)
NAMES = re.compile(r"(?P<year>\d{4})(?:-W(?P<week>\d{2})|-Q(?P<quarter>[1-4])|-(?P<month>\d{2}))?")


class Every(StrEnum):
    """How often a periodic duty is owed."""

    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"

    @property
    def a_year(self) -> int:
        """How many of them a year has."""
        return {Every.WEEK: 52, Every.MONTH: 12, Every.QUARTER: 4, Every.YEAR: 1}[self]


@dataclass(frozen=True, order=True)
class Period:
    """From a first day to a last one, both counted; `every` is empty for the time that a response has."""

    first: date
    last: date
    every: Every | None = None

    @property
    def name(self) -> str:
        """Name it as an entry's `counts_for` does; one that began late keeps the name of the whole.

        >>> period_of(Every.QUARTER, date(2026, 5, 20)).name, period_of(Every.WEEK, date(2027, 1, 1)).name
        ('2026-Q2', '2026-W53')
        """
        if self.every is None:
            return f"{self.first}/{self.last}"
        if self.every is Every.WEEK:
            year, week, _ = self.last.isocalendar()
            return f"{year}-W{week:02}"
        year, month = self.last.year, self.last.month
        return {
            Every.MONTH: f"{year}-{month:02}",
            Every.QUARTER: f"{year}-Q{(month + 2) // 3}",
            Every.YEAR: f"{year}",
        }[self.every]

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last

    def later(self, n: int) -> "Period":
        """Return the n-th whole period after this one.

        >>> period_of(Every.MONTH, date(2026, 12, 3)).later(2).name
        '2027-02'
        """
        period = self
        for _ in range(n if self.every else 0):
            period = period_of(self.every or Every.YEAR, period.last + ONE_DAY)
        return period


@lru_cache(maxsize=1024)  # the calendar never changes, and a page asks hundreds of times for the same few
def period_of(every: Every, day: date) -> Period:
    """Return the period that `day` falls in.

    Weeks start on Monday, the others with the calendar; they never overlap, so every day is in exactly one.

    >>> period_of(Every.QUARTER, date(2026, 5, 20)).last
    datetime.date(2026, 6, 30)
    >>> period_of(Every.MONTH, date(2028, 2, 1)).last
    datetime.date(2028, 2, 29)
    """
    if every is Every.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6), every)
    if every is Every.YEAR:
        return Period(date(day.year, 1, 1), date(day.year, 12, 31), every)
    first_month = day.month if every is Every.MONTH else day.month - (day.month - 1) % 3
    last_month = day.month if every is Every.MONTH else first_month + 2
    last_day = monthrange(day.year, last_month)[1]
    return Period(date(day.year, first_month, 1), date(day.year, last_month, last_day), every)


def named(name: str) -> Period | None:
    """Return the period of this name, or nothing where it names none.

    >>> named("2026-02").last, named("2026-W20").first, named("last month")
    (datetime.date(2026, 2, 28), datetime.date(2026, 5, 11), None)
    """
    said = NAMES.fullmatch(name)
    if said is None:
        return None
    year, week, quarter, month = (int(part) if part else 0 for part in said.group("year", "week", "quarter", "month"))
    try:
        if said["week"]:
            return period_of(Every.WEEK, date.fromisocalendar(year, week, 1))
        if said["quarter"]:
            return period_of(Every.QUARTER, date(year, 3 * quarter, 1))
        return (
            period_of(Every.MONTH, date(year, month, 1)) if said["month"] else period_of(Every.YEAR, date(year, 1, 1))
        )
    except ValueError:
        return None
