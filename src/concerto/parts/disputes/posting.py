"""The fold of the dispute ledger: a lead heard on a visit → its one "opened" line."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.lines import start
from concerto.journal.opened import opening, part_of
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 2


@stored_in("dispute_line")
class LeadRow(NamedTuple):
    """A row of `Lead`."""

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
    words: str
    source_withdrawn: bool


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one lead into its line; whether it has lapsed is judged when read."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    fact, words, withdrawn = opened
    body: Visit1 = words.body  # type: ignore[assignment]  # only visits open leads
    lead: LeadHeard = part_of(body.leads, "lead", thing)
    line = start(log, thing, fact, kind=lead.sort, state="lead", household=lead.household)
    heard_by = next(wording.said.author for wording in fact.texts if wording.speaks_of(thing))
    line = line._replace(by=heard_by)  # whoever corrects the visit later does not come to see it
    return Posting([LeadRow(*line, lead.words, withdrawn)])
