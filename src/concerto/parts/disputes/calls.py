"""Which parties of a case asked by their slips to be called, and were not yet.

A call waits until somebody who handles the case records that this party was told something, asked, talked with or
signed: on a later day, or on the same one and written down later. What else happens in the case calls nobody.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from concerto.journal.kinds.case_slips import CaseCall1
from concerto.journal.kinds.case_steps import CaseConsent1, CaseSession1, CaseSignature1, CaseStep1
from concerto.journal.said import Body, Told

When = tuple[date, int]


def calls_waiting(thing: UUID, told: Sequence[Told]) -> dict[UUID, date]:
    """Tell since when the calls of a case's parties wait, by the party."""
    asked: dict[UUID, When] = {}
    reached: dict[UUID, When] = {}
    for fact in told:
        if not fact.speaks_of(thing):
            continue
        at = fact.last.said.happened_on, fact.first_seq
        body = fact.body
        if isinstance(body, CaseCall1):
            asked[body.party] = max(asked.get(body.party, at), at)
        for party in _reached(body):
            reached[party] = max(reached.get(party, at), at)
    return {party: at[0] for party, at in asked.items() if party not in reached or reached[party] < at}


def _reached(body: Body | None) -> Iterator[UUID]:
    """Name the parties that somebody spoke with."""
    match body:
        case CaseStep1(step="told") | CaseConsent1() | CaseSignature1():
            yield from [body.party] if body.party else []
        case CaseSession1():
            yield from body.there
