"""A year's days off as a file: read from TOML or CSV, and said in spans of days."""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from concerto.rulebook.days import ONE_DAY, SATURDAY, DayTable, Year

OFF, WORKED = ("off", "休", "放假", "休息"), ("worked", "work", "班", "上班", "补班")
MOST_DAYS = 120
LONGEST_SPAN = 31


class NotRead(Exception):
    """A file that is no table of days; its text says why, in words."""


@dataclass(frozen=True)
class YearRead:
    """What a file says of one year."""

    year: int
    source: str
    off: tuple[date, ...]
    worked: tuple[date, ...]

    @property
    def as_year(self) -> Year:
        """The year as the rulebook counts with it."""
        return Year(self.source, frozenset(self.off), frozenset(self.worked))


def read_year(text: str) -> YearRead:
    """Read one year, from TOML as the rulebook's own table or from CSV with a day and “off” or “worked” on a line."""
    told = _csv(text) if "=" not in text else _toml(text)
    off, worked = told.off, told.worked
    if not off:
        raise NotRead(_("There is no day off in it."))
    if len(off) > MOST_DAYS or len(worked) > MOST_DAYS:
        raise NotRead(_("There are more than {most} days in it.").format(most=MOST_DAYS))
    for day in (*off, *worked):
        if day.year != told.year:
            raise NotRead(_("{day} is not a day of {year}.").format(day=day.isoformat(), year=told.year))
    if both := sorted(set(off) & set(worked)) or _twice([*off, *worked]):
        raise NotRead(_("{day} is there twice.").format(day=both[0].isoformat()))
    if weekdays := [day for day in worked if day.weekday() < SATURDAY]:
        raise NotRead(
            _("{day} is no weekend day: it is worked anyway and is not listed.").format(day=weekdays[0].isoformat())
        )
    return told


def _toml(text: str) -> YearRead:
    try:
        told: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise NotRead(_("This is not TOML: {problem}").format(problem=problem)) from None
    years = told.get("year")
    if isinstance(years, list):
        if len(years) != 1 or not isinstance(years[0], dict):
            raise NotRead(_("There must be exactly one year in it."))
        told = years[0]
    year, source = told.get("year"), told.get("source", "")
    off, worked = told.get("off", []), told.get("worked", [])
    if (
        type(year) is not int
        or not isinstance(source, str)
        or not isinstance(off, list)
        or not isinstance(worked, list)
    ):
        raise NotRead(_("It needs year, source, off and worked."))
    return YearRead(year, source.strip(), tuple(_spans(off)), tuple(_spans(worked)))


def _csv(text: str) -> YearRead:
    off: list[date] = []
    worked: list[date] = []
    for n, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
        told = [cell.strip() for cell in cells if cell.strip()]
        if not told or (n == 1 and not told[0][:4].isdigit()):
            continue  # an empty line, and the headings
        what = told[1].lower() if len(told) > 1 else ""
        if what not in (*OFF, *WORKED):
            raise NotRead(_("Line {n}: after the day stands “off” or “worked”.").format(n=n))
        (off if what in OFF else worked).extend(_spans([told[0]]))
    if not off:
        raise NotRead(_("There is no day off in it."))
    return YearRead(off[0].year, "", tuple(sorted(off)), tuple(sorted(worked)))


def _spans(told: Iterable[Any]) -> Iterator[date]:
    for one in told:
        first, _dots, last = str(one).partition("..")
        try:
            day, end = (_day(part) for part in (first, last or first))
        except ValueError:
            raise NotRead(_("“{day}” is not a day: write 2027-01-01.").format(day=str(one)[:40])) from None
        if not 0 <= (end - day).days < LONGEST_SPAN:
            raise NotRead(_("“{day}” does not run from a day to a later one.").format(day=str(one)[:40]))
        while day <= end:
            yield day
            day += ONE_DAY


def _day(text: str) -> date:
    return date.fromisoformat(text.strip().replace("/", "-"))


def _twice(days: Iterable[date]) -> list[date]:
    known: set[date] = set()
    return [day for day in days if day in known or known.add(day)]  # type: ignore[func-returns-value]


# ---------------------------------------------------------------- said again


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Put days that follow each other together.

    >>> spans([date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 5)])[0][1]
    datetime.date(2027, 1, 2)
    """
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == ONE_DAY:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def working_days(table: DayTable, year: int) -> int:
    """Count the working days of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return sum(table.is_working(first + n * ONE_DAY) for n in range((last - first).days + 1))
