"""The needs of a reader's units: what is open in the order of what comes next, and what has an end, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from concerto.papers.behind import Cursor, behind
from concerto.parts.assistance.models import Need
from concerto.places.sight import Sight

NEXT, UNDER_WAY, ELSEWHERE, WORD, HEARD = range(5)
LISTS: Mapping[str, tuple[str, ...]] = {
    "open": ("heard", "owned", "doing", "done", "told", "reopened"),
    "said": ("confirmed", "told_to_the_doer"),
    "no_answer": ("no_answer",),
    "not_ours": ("not_ours",),
}
AWAY = Q(sent_to__isnull=False) | Q(holder__isnull=False) | ~Q(office="")
ORDER = ("rank", "opened_on", "id")


@dataclass(frozen=True)
class Asked:
    """What the board is narrowed to; nothing set is all of it."""

    list: str = "open"
    units: frozenset[UUID] | None = None
    sort: str = ""
    state: str = ""
    after: Cursor | None = None


def needs(sight: Sight, asked: Asked) -> QuerySet[Need]:
    """Ask for the needs of one list: first what waits for its next step, in the order they were told."""
    rank = Case(
        When(state="told", then=Value(WORD)),
        When(Q(state="heard", desk_state="") & ~AWAY, then=Value(HEARD)),
        When(AWAY, then=Value(ELSEWHERE)),
        When(Q(state__in=("owned", "doing")) & ~Q(desk_state="returned"), then=Value(UNDER_WAY)),
        default=Value(NEXT),
        output_field=IntegerField(),
    )
    rows = _narrowed(sight, asked).filter(state__in=LISTS[asked.list])
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.annotate(rank=rank)
    if asked.after:
        rows = rows.filter(behind(*zip(ORDER, asked.after, strict=True)))
    return rows.order_by(*ORDER)


def counts(sight: Sight, asked: Asked) -> dict[str, int]:
    """Count each list under the same filters, in one statement."""
    tallies: dict[str, Any] = {name: Count("id", filter=Q(state__in=states)) for name, states in LISTS.items()}
    return dict(_narrowed(sight, asked).order_by().aggregate(**tallies))


def at_desks(log: UUID, desks: Iterable[UUID]) -> Sequence[Need]:
    """Give the open needs that these desks have, or have to answer; those that came first stand first."""
    wanted = list(desks)
    rows = Need.objects.standing().filter(log=log, is_open=True)
    return list(rows.filter(Q(sent_to__in=wanted) | Q(holder__in=wanted)).order_by("opened_on", "id")[:200])


def _narrowed(sight: Sight, asked: Asked) -> QuerySet[Need]:
    rows: QuerySet[Need] = Need.objects.seen_by(sight).filter(source_withdrawn=False, called__isnull=True)
    if asked.units is not None:
        rows = rows.filter(unit__in=asked.units)
    return rows.filter(sort=asked.sort) if asked.sort else rows
