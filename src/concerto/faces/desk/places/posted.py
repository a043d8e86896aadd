"""Postings as pages show them: who, where, as what, from when to when, and who stands in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import pgettext

from concerto.places.models import Account, Unit
from concerto.places.sight import Part, Role
from concerto.register.models import Posting


@dataclass(frozen=True)
class Away:
    """Days away, and who stands in."""

    since: date
    until: date
    deputy: UUID | None
    deputy_called: str


@dataclass(frozen=True)
class Posted:
    """One posting, with everything named."""

    posting: Posting
    called: str
    unit: Unit | None
    role: str
    parts: tuple[str, ...]
    absences: tuple[Away, ...]
    asof: date

    @property
    def parts_words(self) -> str:
        """The parts, as one reads a list aloud."""
        return pgettext("list", ", ").join(self.parts)

    @property
    def as_words(self) -> str:
        """The role; with the parts, when they are not all five."""
        return f"{self.role} ({self.parts_words})" if 0 < len(self.parts) < len(Part) else self.role

    @property
    def is_over(self) -> bool:
        """True when its last day has passed."""
        return self.posting.until is not None and self.posting.until < self.asof

    @property
    def is_to_come(self) -> bool:
        """True when its first day has not come."""
        return self.posting.since > self.asof

    @property
    def away(self) -> Away | None:
        """The absence that lasts today."""
        return next((a for a in self.absences if a.since <= self.asof <= a.until), None)


def described(postings: Iterable[Posting], day: date) -> list[Posted]:
    """Name everything about postings; those in force first, then by day."""
    known = [posting for posting in postings if not posting.source_withdrawn]
    absences = {posting.id: json.loads(posting.absences) for posting in known}
    wanted = {posting.account for posting in known}
    wanted |= {UUID(a["deputy"]) for told in absences.values() for a in told if a.get("deputy")}
    called = dict(Account.objects.filter(id__in=wanted).values_list("id", "called"))
    units = {(unit.log, unit.id): unit for unit in Unit.objects.filter(id__in={p.unit for p in known})}
    found = [
        Posted(
            posting,
            called.get(posting.account, ""),
            units.get((posting.log, posting.unit)),
            Role(posting.role).label,
            tuple(Part(part).label for part in posting.parts.split(",") if part),
            tuple(_away(told, called) for told in absences[posting.id]),
            day,
        )
        for posting in known
    ]
    return sorted(found, key=lambda one: (one.is_over, one.posting.since, str(one.posting.id)))


def _away(told: dict[str, str], called: dict[UUID, str]) -> Away:
    deputy = UUID(told["deputy"]) if told.get("deputy") else None
    since, until = (date.fromisoformat(told[name]) for name in ("since", "until"))
    return Away(since, until, deputy, called.get(deputy, "") if deputy else "")
