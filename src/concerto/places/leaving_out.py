"""Whom somebody leaves out of the trips of one week: rows of that person alone, without a time, gone after the week.

It changes what is proposed and nothing of what is owed.
"""

from datetime import date, timedelta
from uuid import UUID

from concerto.groundwork import database

from .models import LeftOut

_OF_A_WEEK = "SELECT household FROM trip_left_out WHERE account = %s AND log = %s AND week = %s"


def monday_of(day: date) -> date:
    """Give the day by which a week is named."""
    return day - timedelta(days=day.weekday())


def leave_out(account: UUID, log: UUID, household: UUID, *, asof: date) -> None:
    """Leave a household out of this week's trips; said twice it is one row."""
    row = LeftOut(account=account, log=log, week=monday_of(asof), household=household)
    LeftOut.objects.bulk_create([row], ignore_conflicts=True)


def take_in(account: UUID, log: UUID, household: UUID, *, asof: date) -> None:
    """Let a household stand in this week's trips again."""
    LeftOut.objects.filter(account=account, log=log, week=monday_of(asof), household=household).delete()


def left_out(account: UUID, log: UUID, *, asof: date) -> set[UUID]:
    """Name whom this person leaves out this week; asked for oneself alone."""
    sql, values, _ids = ask(account, log, asof=asof)
    return read(database.fetch(sql, values))


def ask(account: UUID, log: UUID, *, asof: date) -> database.Query:
    """Ask for them together with others."""
    return _OF_A_WEEK, [account, log, monday_of(asof)], []


def read(rows: list[tuple[object, ...]]) -> set[UUID]:
    """Read what was answered."""
    return {database.to_uuid(household) for (household,) in rows}


def forget_weeks_before(day: date) -> None:
    """Let go of the weeks that are over."""
    LeftOut.objects.filter(week__lt=monday_of(day)).delete()
