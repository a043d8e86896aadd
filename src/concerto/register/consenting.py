"""The fold of consents: what was said to one purpose on a day, a row each time; the latest is how it stands."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.consents import Consent1
from concerto.journal.said import Posting, Told, stored_in


@stored_in("consent", ("log", "id"))
class ConsentRow(NamedTuple):
    """A row of `Consent`."""

    log: UUID
    id: UUID
    household: UUID
    resident: UUID | None
    purpose: str
    answer: str
    language: str
    interpreted: str
    read_aloud: bool
    on: date
    seq: int


def fold_consent(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn one answer into its row; an entry that was taken back leaves none."""
    body = told[0].body if told else None
    if not isinstance(body, Consent1):
        return Posting()
    fact = told[0]
    row = ConsentRow(
        log,
        thing,
        body.household,
        body.resident,
        body.purpose,
        body.answer,
        body.language or "",
        body.interpreted,
        body.read_aloud,
        fact.last.said.happened_on,
        fact.first_seq,
    )
    return Posting([row])
