"""Which earlier turns a record of a day may still count for, late: as far back as the editions' grace reaches."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from .mechanism import Mechanism
from .period import ONE_DAY, Every, Period, period_of

FARTHEST = 12  # turns back that are looked at; no edition that makes sense gives more grace


def last_days(mechanism: Mechanism, turn: Period) -> dict[str, date]:
    """Say of each kind of record until which day it may still count for a turn; one that meets no duty of it is left
    out."""
    found: dict[str, date] = {}
    for duty in mechanism.duties.values():
        edition = duty.in_force(turn.first)
        if edition is not None and edition.every is turn.every:
            last = turn.later(edition.grace).last
            for kind in edition.proven_by:
                found[kind] = max(last, found.get(kind, last))
    return found


def last_day_for(mechanism: Mechanism, kinds: Collection[str], turn: Period) -> date | None:
    """Return the last day on which a record may count for a turn; nothing where such a record meets no duty of it."""
    return latest_of(last_days(mechanism, turn), kinds)


def latest_of(days: Mapping[str, date], kinds: Collection[str]) -> date | None:
    """Return the latest of the days of these kinds, if any has one."""
    return max((days[kind] for kind in kinds if kind in days), default=None)


def turns_to_make_good(mechanism: Mechanism, kinds: Collection[str], day: date) -> list[Period]:
    """List the earlier turns that a record of a day may count for, the latest first.

    Of a year that is over nothing is offered: whoever begins in January begins with that year.
    """
    found = [turn for turn, days in turns_before(mechanism, day) if day <= (latest_of(days, kinds) or date.min)]
    return sorted(found, key=lambda turn: (turn.last, turn.first), reverse=True)


def turns_before(
    mechanism: Mechanism, day: date, *, since: date | None = None
) -> Iterator[tuple[Period, Mapping[str, date]]]:
    """Give the turns before that of a day, each with the last days of the records that may count for it.

    Where records of many days are meant, `since` is the first of them: what may count for its own day is given too.
    """
    for every in (Every.WEEK, Every.MONTH, Every.QUARTER):
        turn, left = period_of(every, day), FARTHEST
        while left:
            turn = period_of(every, turn.first - ONE_DAY)
            if since is None or turn.last < since:
                left -= 1
            yield turn, last_days(mechanism, turn)
