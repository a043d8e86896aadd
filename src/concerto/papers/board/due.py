"""What somebody's calendar holds: for each day that something is due the duty in words, and how many stops it takes.

No name, no place, no matter: a calendar is shown on phones and on walls.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from concerto.papers.mechanism import tongue_read
from concerto.papers.standing.workplace import Workplace
from concerto.places.models import Account
from concerto.register.access import sight_of
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Line, Verdict


class Due(NamedTuple):
    """One duty on one due day; `stops` is 0 where it is asked of nobody but its person."""

    on: date
    duty: str
    title: str
    stops: int
    provisional: bool


def due_days(account: Account, day: date) -> list[Due]:
    """List what is open to somebody on a day; of a closed account, or one without a posting that day, nothing."""
    if account.log is None or not account.is_active or not sight_of(account, day).postings:
        return []
    place = Workplace(account.log, account.id, day)
    return together(place.lines, place.mechanism)


def together(lines: Iterable[Line], mechanism: Mechanism) -> list[Due]:
    """Put the open lines of a duty and a day together."""
    found: defaultdict[tuple[date, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.verdict is Verdict.OPEN:
            found[line.due, line.duty].append(line)
    return [
        Due(
            on,
            duty,
            mechanism.duties[duty].title[tongue_read()],
            0 if some[0].private else len(some),
            any(line.provisional for line in some),
        )
        for (on, duty), some in sorted(found.items(), key=lambda one: one[0])
    ]
