"""Which earlier turns a record of a day may still count for, late: as far back as the editions' grace reaches."""

from collections.abc import Collection, Iterator
from datetime import date

from .mechanism import Mechanism
from .period import ONE_DAY, Every, Period, period_of

FARTHEST = 12  # turns back that are looked at; no edition that makes sense gives more grace


def last_day_for(mechanism: Mechanism, kinds: Collection[str], turn: Period) -> date | None:
    """Return the last day on which a record may count for a turn; nothing where such a record meets no duty of it."""
    found = [
        turn.later(edition.grace).last
        for duty in mechanism.duties.values()
        if (edition := duty.in_force(turn.first)) and edition.every is turn.every
        if not set(kinds).isdisjoint(edition.proven_by)
    ]
    return max(found, default=None)


def turns_to_make_good(mechanism: Mechanism, kinds: Collection[str], day: date) -> list[Period]:
    """List the earlier turns that a record of a day may count for, the latest first.

    Of a year that is over nothing is offered: whoever begins in January begins with that year.
    """
    found = [turn for turn, last in turns_before(mechanism, kinds, day) if day <= last]
    return sorted(found, key=lambda turn: (turn.last, turn.first), reverse=True)


def turns_before(mechanism: Mechanism, kinds: Collection[str], day: date) -> Iterator[tuple[Period, date]]:
    """Give the turns before that of a day of which such a record meets a duty, each with the last day that counts."""
    for every in (Every.WEEK, Every.MONTH, Every.QUARTER):
        turn = period_of(every, day)
        for _ in range(FARTHEST):
            turn = period_of(every, turn.first - ONE_DAY)
            if last := last_day_for(mechanism, kinds, turn):
                yield turn, last
