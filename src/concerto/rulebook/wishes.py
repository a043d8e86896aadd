"""How often a household wishes to be visited: a wish for less than is owed is an answer in every period it runs in."""

from collections.abc import Iterable, Iterator
from datetime import date

from .duty import Edition
from .facts import Proof, Wish
from .period import Every, Period

WISH = "wish"
LESS = ("quarterly", "half_yearly", "yearly", "never")  # each is less than all before it
LESS_THAN = {Every.WEEK: LESS, Every.MONTH: LESS, Every.QUARTER: LESS[1:], Every.YEAR: LESS[3:]}


def answers(wishes: Iterable[Wish], edition: Edition, period: Period, *, asof: date) -> Iterator[Proof]:
    """Give what wishes prove in a period: each that runs on a day of it, and asks for less than is owed.

    >>> never = Wish(household="h", often="never", entry="e", since=date(2026, 5, 20))
    >>> month = Edition(since=date(2022, 8, 14), source="…", every=Every.MONTH, proven_by=("visit", "wish"))
    >>> july = Period(date(2026, 7, 1), date(2026, 7, 31), Every.MONTH)
    >>> [proof.on.isoformat() for proof in answers([never], month, july, asof=date(2026, 7, 3))]
    ['2026-07-01']
    """
    if edition.every is None or WISH not in edition.proven_by:
        return
    for wish in wishes:
        first = max(wish.since, period.first) if wish.since else period.first
        last = min(wish.until, period.last) if wish.until else period.last
        if first <= min(last, asof) and wish.often in LESS_THAN[edition.every]:
            yield Proof(entry=wish.entry, kind=WISH, about=wish.household, on=first)
