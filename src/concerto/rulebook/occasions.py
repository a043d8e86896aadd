"""The next natural occasion of a household: the first day on which one meets it anyhow, of what the books know.

Nothing is planned by it and nothing owed: a household of which no occasion is known has none.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

CODES = ("trip", "call", "round", "move", "meeting")  # on the same day the first of these


class Occasion(NamedTuple):
    """One occasion: what it is, by which day it comes, and for a move the season's place that one moves to."""

    code: str
    on: date
    season: str = ""


def first_of(occasions: Iterable[Occasion], *, asof: date) -> Occasion | None:
    """Give the soonest occasion that has not passed.

    >>> day = date(2026, 9, 18)
    >>> some = [Occasion("move", date(2026, 10, 1), "autumn"), Occasion("round", date(2026, 9, 30))]
    >>> first_of(some, asof=day).code
    'round'
    >>> first_of([Occasion("trip", date(2026, 9, 13))], asof=day)
    """
    ahead = [one for one in occasions if one.on >= asof]
    return min(ahead, key=lambda one: (one.on, CODES.index(one.code), one.season), default=None)


def moves_in(month: int, *, asof: date) -> date:
    """Give the first day of the next time that a month begins.

    >>> moves_in(6, asof=date(2026, 9, 18)), moves_in(10, asof=date(2026, 9, 18))
    (datetime.date(2027, 6, 1), datetime.date(2026, 10, 1))
    """
    return date(asof.year + (month <= asof.month), month, 1)
