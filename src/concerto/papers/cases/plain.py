"""Cases for other tools: ids, codes and days, never a party and never a word. A reader gets what opens to them."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from concerto.journal.said import HOME
from concerto.papers.ledgers import Asked
from concerto.parts.disputes.models import Case
from concerto.places.sight import Sight

FIELDS = ("sort", "category", "source", "channel", "level", "difficulty", "stage", "state", "outcome", "court")
DAYS = ("opened_on", "accepted_on", "effect_on", "closed_on", "last_due")


def plain_cases(sight: Sight, asked: Asked, codes: dict[UUID, str]) -> Iterator[dict[str, Any]]:
    """Give cases one by one, the newest first; the keeper of the home, who holds the whole book, gets all of them."""
    every = Case.objects.counted_by(sight) if sight.account == HOME else Case.objects.seen_by(sight).standing()
    units = Q() if asked.units is None else Q(unit__in=asked.units)
    since = Q(opened_on__gte=asked.since) if asked.since else Q()
    until = Q(opened_on__lte=asked.until) if asked.until else Q()
    for row in every.filter(units & since & until).order_by("-opened_on", "-id").iterator(chunk_size=2000):
        yield {
            "kind": "case",
            "id": str(row.id),
            "entry": str(row.entry),
            "number": row.number,
            "unit": codes.get(row.unit) or str(row.unit),
            **{name: getattr(row, name) for name in FIELDS},
            **{name: _day(getattr(row, name)) for name in DAYS},
        }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
