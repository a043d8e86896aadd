"""What is open when a posting ends, one by one: what its post owes, whom its holder helps, what a branch decided.

It is read as of the posting's last day, or of the day of looking where that has not come. Nothing here is signed for:
a posting ends on its day, and whoever comes next sees the same on their own page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from concerto.papers.board.year import Year, year_of
from concerto.parts.branch.models import Matter
from concerto.places.sight import Role
from concerto.register.access import WHOLE_LOG, all_units, covered_units
from concerto.register.models import HelperLink, Posting, Waiver
from concerto.rulebook.facts import Id
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.owing import Owner, who_sees
from concerto.rulebook.standing import Line, Verdict, last_day_for

MOST = 400
A_QUARTER = timedelta(days=92)  # what was missed longer ago than this is made good by nobody


@dataclass(frozen=True)
class Leaving:
    """What one posting leaves open on a day."""

    day: date
    mechanism: Mechanism
    lines: tuple[Line, ...]
    helped: tuple[UUID, ...]
    decisions: tuple[Matter, ...]
    waivers: tuple[Waiver, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.lines or self.helped or self.decisions or self.waivers)


def last_day(posting: Posting, today: date) -> date:
    """Give the day as of which it is looked: the posting's last, or today while that has not come."""
    return today if posting.until is None else min(posting.until, today)


def left_by(posting: Posting, today: date) -> Leaving:
    """Gather what one posting leaves open."""
    day = last_day(posting, today)
    units = units_of(posting)
    years = [year_of(posting.log, n, day, units) for n in sorted({day.year, (day - A_QUARTER).year})]
    lines = [line for year in years for line in _owed(posting, year, day)]
    helped = HelperLink.objects.named_on(day).filter(log=posting.log, helper=posting.account)
    return Leaving(
        day,
        years[-1].mechanism,
        tuple(sorted(dict.fromkeys(lines), key=lambda line: (line.due, line.duty, str(line.about)))[:MOST]),
        tuple(helped.order_by("household").values_list("household", flat=True)[:MOST]),
        tuple(_decisions(posting, units, day)),
        tuple(Waiver.objects.filter(log=posting.log, owed_by__in=units, state="asked", source_withdrawn=False)[:MOST]),
    )


def units_of(posting: Posting) -> frozenset[UUID]:
    """Name the units a posting covers."""
    if Role(posting.role) in WHOLE_LOG:
        return all_units(posting.log)
    return covered_units(posting.log, [posting.unit])[posting.unit]


def _owed(posting: Posting, year: Year, day: date) -> Iterator[Line]:
    """Give what its holder sees as theirs to do, days away or not: what runs, and what can still be made good."""
    facts = replace(year.facts, postings=[replace(one, absences=()) for one in year.facts.postings])
    seen: dict[Owner, tuple[Id, ...]] = {}
    for line in year.lines:
        if line.verdict is Verdict.OPEN or (line.verdict is Verdict.MISSED and still_counts(line, year.mechanism, day)):
            if line.by not in seen:
                seen[line.by] = who_sees(line.by, facts, on=day)
            if posting.account in seen[line.by]:
                yield line


def still_counts(line: Line, mechanism: Mechanism, day: date) -> bool:
    """Tell whether a record of this day may still make good what was missed."""
    return day <= last_day_for(line, mechanism)


def _decisions(posting: Posting, units: frozenset[UUID], day: date) -> Iterator[Matter]:
    """Give the decisions of its branches whose day has not come."""
    if Role(posting.role) in WHOLE_LOG:
        return
    found = Matter.objects.filter(
        log=posting.log, unit__in=units, kind="resolution", source_withdrawn=False, due__gte=day, on__lte=day
    )
    yield from found.order_by("due", "id")[:MOST]  # type: ignore[misc]  # the queryset says rows of a ledger
