"""What a change of a duty does: who comes to owe how much in the first turn it judges, before and after.

Facts are those of the day of looking: nobody knows who will come and go until then.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .duty import Duty, Edition, Measure
from .facts import Facts
from .mechanism import Mechanism
from .owing import Owner
from .period import ONE_DAY, Every, Period, period_of
from .standing import Line, Verdict, standing

LONGEST = (Every.YEAR, Every.QUARTER, Every.MONTH, Every.WEEK)


@dataclass(frozen=True)
class Share:
    """How many records one owner owes in that time, before and after; of a person's own, all at once."""

    owner: Owner | None
    before: int
    after: int

    @property
    def more(self) -> int:
        """How many more; less than nothing where it becomes less."""
        return self.after - self.before


@dataclass(frozen=True)
class Effect:
    """The time that was looked at, and each owner's share of it."""

    over: Period
    shares: tuple[Share, ...]


def effect(mechanism: Mechanism, duty: Duty, edition: Edition, facts: Facts) -> Effect | None:
    """Say what an edition would change from its first day on; nothing for what is owed only after an event."""
    before = duty.in_force(edition.since)
    turns = [told.every for told in (before, edition) if told is not None and told.every]
    if not turns:
        return None
    longest = min(turns, key=LONGEST.index)
    over = Period(edition.since, period_of(longest, edition.since).last, longest)
    old = _owed(mechanism, duty, facts, over)
    new = _owed(mechanism, duty.amended(edition), facts, over)
    owners = sorted(old.keys() | new.keys(), key=str)
    return Effect(over, tuple(Share(owner, old[owner], new[owner]) for owner in owners))


def _owed(mechanism: Mechanism, duty: Duty, facts: Facts, over: Period) -> Counter[Owner | None]:
    """Count what each owner owes in a time: records, or where an amount is asked, lines that ask for it."""
    alone = replace(mechanism, duties={duty.id: duty})
    lines = standing(
        alone, replace(facts, proofs=()), asof=over.last, between=(over.first, over.last), each_member=True
    )
    counted: Counter[Owner | None] = Counter()
    for line in _begun(lines, over):
        edition = duty.in_force(line.period.first)
        records = edition.need if edition and edition.measure is Measure.TIMES else 1
        counted[_shown(duty, line)] += records
    return counted


def _begun(lines: Iterable[Line], over: Period) -> Iterator[Line]:
    return (line for line in lines if over.holds(line.period.first) and line.verdict is not Verdict.NOT_OWED)


def _shown(duty: Duty, line: Line) -> Owner | None:
    """A post, a branch and a desk are named; of persons only how many there are together."""
    return line.by if duty.owed_by in ("post", "branch", "desk") else None


def first_days(edition: Edition | None, changed: Edition, *, after: date, n: int = 6) -> list[date]:
    """List the next days on which a change may begin: first days of a turn, as it stands and as it will.

    >>> week, month = (Edition(since=date(2026, 1, 1), source="", every=every) for every in (Every.WEEK, Every.MONTH))
    >>> first_days(month, month, after=date(2026, 11, 26), n=2)
    [datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)]
    >>> first_days(week, month, after=date(2026, 11, 26), n=1)
    [datetime.date(2027, 2, 1)]
    """
    turns = [told.every for told in (edition, changed) if told is not None and told.every]
    if not turns:
        return []
    longest = min(turns, key=LONGEST.index)
    found: list[date] = []
    day = period_of(longest, after).last + ONE_DAY
    while len(found) < n:
        if all(period_of(every, day).first == day for every in turns):
            found.append(day)
        day = period_of(longest, day).last + ONE_DAY
    return found


def is_first_day(edition: Edition | None, changed: Edition, day: date) -> bool:
    """Tell whether a change may begin on a day: on the first day of a turn. What follows an event has no turns."""
    turns = [told.every for told in (edition, changed) if told is not None and told.every]
    return all(period_of(every, day).first == day for every in turns)


def moved(before: Edition | None, after: Edition, mechanism: Mechanism, on: date) -> Mapping[str, tuple[date, date]]:
    """Say for each sort of matter that comes on a day how its last day moves."""
    if before is None or before.within is None or after.within is None:
        return {}
    sorts = dict.fromkeys([*before.within.n, *after.within.n]) or {"": None}
    days = mechanism.days
    return {
        sort: (before.within.due(on, days, sort=sort).on, after.within.due(on, days, sort=sort).on) for sort in sorts
    }
