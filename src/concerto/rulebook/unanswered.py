"""When a matter stands on the default desk's list as well: nobody answered it in time, or nobody has it."""

from datetime import date

from .days import DayTable
from .period import ONE_DAY

WORKING_DAYS = 3  # a desk has so many after it came; the day it came is not counted


def stands_since(came_on: date, days: DayTable, *, asof: date, is_held: bool, has_clock: bool = True) -> date | None:
    """Return the day since which an open matter stands there, or nothing while its own desk has it in time.

    >>> from .days import day_table
    >>> stands_since(date(2026, 9, 25), day_table(), asof=date(2026, 9, 30), is_held=True)
    >>> stands_since(date(2026, 9, 25), day_table(), asof=date(2026, 10, 8), is_held=True)
    datetime.date(2026, 10, 1)
    >>> stands_since(date(2026, 9, 25), day_table(), asof=date(2026, 9, 25), is_held=False)
    datetime.date(2026, 9, 25)
    """
    if not is_held:
        return came_on
    due = days.working_days_after(came_on, WORKING_DAYS).on
    return due + ONE_DAY if has_clock and asof > due else None


def working_days_between(came_on: date, asof: date, days: DayTable) -> int:
    """Count the working days that have passed since something came."""
    day, n = came_on, 0
    while day < asof:
        day += ONE_DAY
        n += days.is_working(day)
    return n
