"""A year's days off as a file: read from TOML or CSV, and said in spans of days."""

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from concerto.papers.mechanism import PROBLEMS
from concerto.rulebook.days import ONE_DAY, SATURDAY, DayTable, Year
from concerto.rulebook.reading import broken

OFF, WORKED = ("off", "休", "放假", "休息"), ("worked", "work", "班", "上班", "补班")
WRITTEN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
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
    off, worked = [day for day, _written in told.off], [day for day, _written in told.worked]
    if not off:
        raise NotRead(_("There is no day off in it."))
    if len(off) > MOST_DAYS or len(worked) > MOST_DAYS:
        raise NotRead(_("There are more than {most} days in it.").format(most=MOST_DAYS))
    known: set[date] = set()
    for day, written in sorted((*told.off, *told.worked), key=lambda one: _line(text, one[1])):
        if day.year != told.year:
            what = _("{day} is not a day of {year}.").format(day=day.isoformat(), year=told.year)
            raise _at(text, written, what)
        if day in known:
            raise _at(text, written, _("{day} is there twice.").format(day=day.isoformat()))
        known.add(day)
    for day, written in told.worked:
        if day.weekday() < SATURDAY:
            what = _("{day} is no weekend day: it is worked anyway and is not listed.").format(day=day.isoformat())
            raise _at(text, written, what)
    return YearRead(told.year, told.source, tuple(sorted(off)), tuple(sorted(worked)))


@dataclass(frozen=True)
class _Told:
    """One year as it is written: each day with the words that name it."""

    year: int
    source: str
    off: list[tuple[date, str]]
    worked: list[tuple[date, str]]


def _line(text: str, written: str) -> int:
    """Find the last line on which something is written: of what stands there twice the second is too much."""
    return max((n for n, line in enumerate(text.splitlines(), start=1) if written in line), default=0)


def _at(text: str, written: str, what: str) -> NotRead:
    """Say what is wrong, with its line in front."""
    n = _line(text, written)
    return NotRead(_("Line {n}: {what}").format(n=n, what=what) if n else what)


def _toml(text: str) -> _Told:
    try:
        told: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line, code = broken(str(problem), text)
        raise NotRead(_("This is not TOML, line {line}: {problem}").format(line=line, problem=PROBLEMS[code])) from None
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
    return _Told(year, source.strip(), list(_spans(text, off)), list(_spans(text, worked)))


def _csv(text: str) -> _Told:
    off: list[tuple[date, str]] = []
    worked: list[tuple[date, str]] = []
    for n, cells in enumerate(csv.reader(io.StringIO(text)), start=1):
        told = [cell.strip() for cell in cells if cell.strip()]
        if not told or (n == 1 and not told[0][:4].isdigit()):
            continue  # an empty line, and the headings
        what = told[1].lower() if len(told) > 1 else ""
        if what not in (*OFF, *WORKED):
            raise NotRead(_("Line {n}: after the day stands “off” or “worked”.").format(n=n))
        (off if what in OFF else worked).extend(_spans(text, [told[0]]))
    if not off:
        raise NotRead(_("There is no day off in it."))
    return _Told(off[0][0].year, "", off, worked)


def _spans(text: str, told: Iterable[Any]) -> Iterator[tuple[date, str]]:
    for one in told:
        first, _dots, last = str(one).partition("..")
        try:
            day, end = (_day(part) for part in (first, last or first))
        except ValueError:
            what = _("“{day}” is not a day: write 2027-01-01.").format(day=str(one)[:40])
            raise _at(text, str(one), what) from None
        if not 0 <= (end - day).days < LONGEST_SPAN:
            what = _("“{day}” does not run from a day to a later one.").format(day=str(one)[:40])
            raise _at(text, str(one), what)
        while day <= end:
            yield day, str(one)
            day += ONE_DAY


def _day(text: str) -> date:
    """Read a day as people and table programs write it: 2027-01-01, 2027/1/1, 2027.1.1 or 2027年1月1日."""
    numbers = WRITTEN.fullmatch(text.strip())
    if numbers is None:
        raise ValueError(text)
    return date(*map(int, numbers.groups()))


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
