"""Rounds as they fill: how many households of each village were met, and in the village which are still to be."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from concerto.journal.models import Sealed
from concerto.parts.visits.models import Round
from concerto.places.sight import Sight
from concerto.register.search import log_of
from concerto.rulebook.period import Period
from concerto.rulebook.standing import Line, Verdict, standing

from .board.year import Head, state_of
from .standing.asking import Township
from .standing.books import Reach
from .standing.counting import counted

DUTY = "round-contact"
MOST_LISTED = 24


@dataclass(frozen=True)
class OneRound:
    """One round, as far as its reader sees the villages it covers."""

    id: UUID
    villages: tuple[UUID, ...]
    since: date
    until: date
    stopped_on: date | None
    entry: UUID
    wording: UUID
    campaign: str

    def runs(self, day: date) -> bool:
        """Tell whether it asks for something on a day."""
        return self.since <= day <= self.until and not (self.stopped_on and self.stopped_on <= day)

    def is_over(self, day: date) -> bool:
        """Tell whether it asks for nothing any more."""
        return day > self.until or bool(self.stopped_on and self.stopped_on <= day)


def rounds_of(sight: Sight, *, only: UUID | None = None) -> list[OneRound]:
    """List the rounds of the villages in sight, the latest first, each with the name of its campaign."""
    rows = Round.objects.seen_by(sight).order_by("-since", "id", "n")
    if only is not None:
        rows = rows.filter(id=only)
    together: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        if row.id in together or len(together) < MOST_LISTED:
            together[row.id].append(row)
    names = _campaigns(sight, [some[0].campaign for some in together.values() if some[0].campaign])
    return [
        OneRound(
            key,
            tuple(row.village for row in some),
            some[0].since,
            some[0].until,
            some[0].stopped_on,
            some[0].entry,
            some[0].wording,
            names.get(some[0].campaign, ""),
        )
        for key, some in together.items()
    ]


def rounds_beside(log: UUID, villages: Collection[UUID], since: date, until: date) -> list[tuple[UUID, date, date]]:
    """Name the villages that a round covers already on some of these days, with its days; none that was stopped."""
    here = Round.objects.filter(log=log, village__in=villages, since__lte=until, until__gte=since)
    there = here.filter(stopped_on__isnull=True, source_withdrawn=False).order_by("since", "id", "n")
    return list(there.values_list("village", "since", "until"))


def _campaigns(sight: Sight, digests: Sequence[str]) -> dict[str, str]:
    """Read the names of campaigns: they are about no person, and everybody who sees a round may read its own."""
    if not digests:
        return {}
    return dict(Sealed.objects.filter(log=log_of(sight), digest__in=digests).values_list("digest", "text"))


def heads_of(log: UUID, one: OneRound, today: date) -> dict[UUID, Head]:
    """Count for each village how many households of it stand how in a round."""
    town = Township(log, today)
    found = counted(town, (one.until, one.until), duties={DUTY})
    period, duty = Period(one.since, one.until), town.mechanism.duties[DUTY]
    lines: dict[UUID, list[Line]] = defaultdict(list)
    alike: dict[UUID, Counter[str]] = defaultdict(Counter)
    for line in found.lines:
        if line.period == period and isinstance(line.unit, UUID):
            lines[line.unit].append(line)
    for case, often in found.alike.items():
        if case.period == period:
            alike[case.unit][state_of(case)] += often
    return {
        village: Head(duty, village, period, one.until, tuple(lines[village]), alike[village])
        for village in one.villages
    }


def still_to_meet(log: UUID, one: OneRound, village: UUID, today: date) -> list[UUID]:
    """Name the households of one village that a round still asks for."""
    return [line.about for line in lines_to_meet(log, one, village, today) if isinstance(line.about, UUID)]


def lines_to_meet(log: UUID, one: OneRound, village: UUID, today: date) -> list[Line]:
    """Give what is open of a round in one village, a line for each household."""
    town = Township(log, today, reach=Reach(units=frozenset({village})), since=one.since)
    alone = replace(town.mechanism, duties={DUTY: town.mechanism.duties[DUTY]})
    found = standing(alone, town.facts, asof=today, between=(one.since, one.until))
    period = Period(one.since, one.until)
    return [line for line in found if line.period == period and line.unit == village and line.verdict is Verdict.OPEN]
