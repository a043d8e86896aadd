"""The fold of the visit ledger: what was told of one visit → a line per household, and what it proves."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.visit import Visit1
from concerto.journal.lines import numbered, start
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 5


@stored_in("visit_line")
class VisitRow(NamedTuple):
    """A row of `Visit`."""

    log: UUID
    id: UUID
    n: int
    entry: UUID
    unit: UUID
    on: date
    kind: str
    state: str
    household: UUID | None
    by: UUID
    late: int
    met: int
    told_by: str
    change: str
    change_words: str
    words: str


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one visit into its lines and proofs; a withdrawn visit leaves neither."""
    body = told[0].body if told else None
    if not isinstance(body, Visit1):
        return Posting()
    fact = told[0]
    facts = (len(body.met), body.told_by, body.change, body.change_words or "", body.words or "")
    rows = [
        VisitRow(*start(log, thing, fact, n=n, kind=body.channel, state=body.outcome, household=household), *facts)
        for n, household in enumerate(body.households)
    ]
    proven = [*_contacts(body), *_changes(fact, body), *_wants(body), *_lessons(body)]
    return Posting(rows, list(numbered(told, proven)))


def _contacts(body: Visit1) -> list[tuple[str, UUID, int]]:
    """A household was called on, or said it does not wish to; finding nobody in proves nothing.

    Declining answers what meeting somebody would have: by telephone it proves what such a call proves, no less and no
    more, or a count from above the village would tell the one from the other.
    """
    if body.outcome not in ("met", "declined"):
        return []
    kind = "declined" if body.outcome == "declined" and body.channel == "visit" else body.channel
    return [(kind, household, 1) for household in body.households]


def _declined_by_phone(body: Visit1) -> bool:
    return body.outcome == "declined" and body.channel == "phone_call"


def _changes(fact: Told, body: Visit1) -> list[tuple[str, UUID, int]]:
    """What changed, or that nothing did, counts for households that were helped on that day."""
    if body.change == "not_asked" and not _declined_by_phone(body):
        return []
    kind = "change" if body.change == "changed" else "no_change"
    return [(kind, household, 1) for household in body.households if household in fact.last.filed.helped]


def _wants(body: Visit1) -> list[tuple[str, UUID, int]]:
    """Whoever was asked what is to be done for them, and wants nothing, has answered."""
    return [("nothing_wanted", household, 1) for household in body.households] if body.wants == "nothing" else []


def _lessons(body: Visit1) -> list[tuple[str, UUID, int]]:
    return [("home_lesson", member, body.lesson_minutes) for member in body.lesson_for]
