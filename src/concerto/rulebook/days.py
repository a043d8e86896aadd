"""Working days, from a dated table; past its end weekdays count, and what was counted so is provisional."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
SATURDAY = 5
OCTOBER = 10


class Due(NamedTuple):
    """A last day, and whether it was counted past the end of the table."""

    on: date
    provisional: bool = False


@dataclass(frozen=True)
class Year:
    """What one year's notice says: days off, and days at weekends that are worked."""

    source: str
    off: frozenset[date]
    worked: frozenset[date]


@dataclass(frozen=True)
class DayTable:
    """Working days, year by year."""

    years: Mapping[int, Year]

    def knows(self, day: date) -> bool:
        """Tell whether the notice for this day's year is there."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Tell whether people are at work on a day; a weekday is one where no notice is known.

        >>> day_table().is_working(date(2026, 2, 14)), day_table().is_working(date(2026, 2, 16))
        (True, False)
        """
        year = self.years.get(day.year)
        if year and day in year.worked:
            return True
        return not (year and day in year.off) and day.weekday() < SATURDAY

    def working_days_after(self, day: date, n: int) -> Due:
        """Return the n-th working day after a day; the day itself is not counted.

        >>> day_table().working_days_after(date(2026, 2, 13), 3).on
        datetime.date(2026, 2, 25)
        """
        provisional = False
        while n > 0:
            day += ONE_DAY
            provisional |= not self.knows(day)
            n -= self.is_working(day)
        return Due(day, provisional)

    def days_after(self, day: date, n: int, *, legal: bool = False) -> Due:
        """Return the n-th calendar day after a day; a legal window that ends on a day off ends on the next working day.

        >>> day_table().days_after(date(2026, 9, 5), 30).on, day_table().days_after(date(2026, 9, 5), 30, legal=True).on
        (datetime.date(2026, 10, 5), datetime.date(2026, 10, 8))
        """
        last = day + timedelta(days=n)
        if not legal:
            return Due(last)
        provisional = not self.knows(last)
        while not self.is_working(last):
            last += ONE_DAY
            provisional |= not self.knows(last)
        return Due(last, provisional)

    def missing_year(self, asof: date) -> int | None:
        """Name the year whose notice is missing: the running one still, and from October on the next."""
        asked = [asof.year, asof.year + 1] if asof.month >= OCTOBER else [asof.year]
        return next((year for year in asked if year not in self.years), None)

    def may_be_told(self, year: int, *, running: int) -> bool:
        """Tell whether the days off of a year may be brought or put right, in a running year.

        Once it has begun days were counted by them; where this table lacks them, what was counted is provisional yet.

        >>> table, last = day_table(), max(day_table().years)
        >>> [table.may_be_told(year, running=last) for year in (last - 1, last, last + 1)]
        [False, False, True]
        """
        return year > running or (year == running and year not in self.years)

    def with_days_off(self, days: Iterable[date]) -> "DayTable":
        """Return the table with festivals of the place added; one that no notice surrounds is left to the weekday."""
        years = dict(self.years)
        for day in days:
            if year := years.get(day.year):
                years[day.year] = replace(year, off=year.off | {day}, worked=year.worked - {day})
        return DayTable(years)


def read_days(text: str) -> DayTable:
    """Read a table: `[[year]]` with its source, days off (`2026-10-01..2026-10-07`) and days worked."""
    told = tomllib.loads(text)["year"]
    return DayTable(
        {
            year["year"]: Year(year["source"], frozenset(_all(year["off"])), frozenset(_all(year["worked"])))
            for year in told
        }
    )


def _all(spans: Iterable[str]) -> Iterator[date]:
    for span in spans:
        first, _, last = span.partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            yield day
            day += ONE_DAY


@cache
def day_table() -> DayTable:
    """Return the table that ships: what the State Council's notices say."""
    return read_days(files("concerto.rulebook").joinpath("data/days.toml").read_text(encoding="utf-8"))
