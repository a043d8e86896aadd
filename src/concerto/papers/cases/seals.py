"""Agreements that wait for the seal of whoever asks: a number, a day, and nothing of what they are about.

Worked out from the panel as it stands, never kept: who holds a seal changes no case.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from concerto.groundwork import database
from concerto.journal import reading
from concerto.journal.said import stand
from concerto.parts.disputes.cases import life_of
from concerto.parts.disputes.models import Case, CaseStep
from concerto.places.sight import Sight
from concerto.register.panel import PanelMember
from concerto.register.search import log_of

MOST = 100
LATELY = timedelta(days=60)  # of what moved in these days a seal that was set wrongly is found by who set it


class Waiting(NamedTuple):
    """One agreement that lacks a seal: the number of its case and its day; by which line of the panel it is set."""

    case: UUID
    number: str
    on: date
    agreement: UUID
    desk: UUID
    line: UUID


class Set(NamedTuple):
    """One seal that the reader set lately."""

    case: UUID
    number: str
    on: date
    entry: UUID


def seals_held(sight: Sight) -> dict[UUID, UUID]:
    """Name the committees whose seal this reader holds today, and by which line of the panel."""
    if sight.log is None:
        return {}
    rows = PanelMember.objects.on(sight.day).filter(log=sight.log, account=sight.account, holds_seal=True)
    return dict(rows.order_by("-since", "id").values_list("unit", "id"))


def waits_for_seal(sight: Sight) -> bool:
    """Tell whether perhaps an agreement waits for the reader's seal, in two statements."""
    held = seals_held(sight)
    return bool(held) and _agreed(sight, held).exists()


def waiting_for_seal(sight: Sight, case: UUID | None = None) -> list[Waiting]:
    """Give the agreements that wait for the reader's seal, the longest waiting first; or that of one case."""
    held = seals_held(sight)
    asked = {"id": case} if case else {}
    rows = list(_agreed(sight, held).filter(**asked).order_by("last_on", "id")[:MOST]) if held else []
    if not rows or sight.log is None:
        return []
    told = reading.about(sight.log, [row.id for row in rows])
    found = []
    for row in rows:
        life = life_of(row.id, stand(told.get(row.id, [])))
        line = held.get(row.desk) or held.get(sight.log)
        if life is None or life.agreement is None or line is None or ("seal", None) not in life.missing:
            continue
        found.append(Waiting(row.id, row.number, life.agreement.on, life.agreement.id, row.desk, line))
    return sorted(found, key=lambda one: (one.on, str(one.case)))


def seals_set(sight: Sight) -> Sequence[Set]:
    """Give the seals that this reader set lately: whoever set one wrongly takes it back themselves."""
    if sight.log is None:
        return []
    since = sight.day - LATELY
    rows = Case.objects.standing().filter(log=sight.log, last_on__gte=since, stage__in=("agreed", "in_effect"))
    steps = CaseStep.objects.filter(
        log=sight.log, kind="signature", detail="seal", by=sight.account, id__in=rows.values("id")
    )
    found = list(steps.order_by("-on", "id")[:MOST])
    numbers = dict(Case.objects.filter(log=sight.log, id__in=[one.id for one in found]).values_list("id", "number"))
    return [Set(one.id, numbers.get(one.id, ""), one.on, one.entry) for one in found]


def _agreed(sight: Sight, held: dict[UUID, UUID]) -> QuerySet[Case]:
    """Ask for what is agreed and not in effect, where a seal is the reader's to set and one is not set yet.

    An older agreement of the same case may be the one without a seal: only the fold knows which of them stands.
    """
    of_case = {"log": OuterRef("log"), "id": OuterRef("id")}
    seal = CaseStep.objects.filter(
        **of_case, kind="signature", detail="seal", of=OuterRef("of"), on__range=(OuterRef("on"), database.LAST_OF_DAYS)
    )
    unsealed = CaseStep.objects.filter(**of_case, kind="agreement").exclude(Exists(seal))
    every: QuerySet[Case] = Case.objects.standing().filter(log=log_of(sight), stage="agreed")
    every = every.filter(Exists(unsealed))
    return every if sight.log in held else every.filter(desk__in=held)
