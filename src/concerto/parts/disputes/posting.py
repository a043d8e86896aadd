"""The folds of the dispute ledger's lines: a lead heard on a visit, a screening of a village → a line each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.screening import Screening1
from concerto.journal.kinds.visit import LeadHeard, Visit1
from concerto.journal.lines import start
from concerto.journal.opened import opening, part_of
from concerto.journal.said import How, Posting, Told, stored_in

LEDGER_VERSION = 5
LEAD_DAYS = 30  # after it happened a lead is listed and counted nowhere, no case grows from it, and its words go


@stored_in("dispute_line")
class LeadRow(NamedTuple):
    """A row of `Lead`: a lead, or a screening, which has a number found and no household."""

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
    way: str = ""
    sorts: str = ""
    found: int | None = None


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one lead into its line; whether it has lapsed is judged when read."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    fact, words, withdrawn = opened
    body: Visit1 = words.body  # type: ignore[assignment]  # only visits open leads
    lead: LeadHeard = part_of(body.leads, "lead", thing)
    line = start(log, thing, fact, kind=lead.sort, state=_state(thing, fact.first, told), household=lead.household)
    heard_by = next(wording.said.author for wording in fact.texts if wording.speaks_of(thing))
    line = line._replace(by=heard_by)  # whoever corrects the visit later does not come to see it
    return Posting([LeadRow(*line, lead.words, withdrawn)])


def _state(lead: UUID, first: UUID, told: Sequence[Told]) -> str:
    """Say "case" of a lead that a case grew from: another entry that stands has changed it since."""
    others = (fact.body.named(fact.first) for fact in told if fact.first != first and fact.body is not None)
    changed = any(touch.thing == lead and touch.how is How.CHANGES for named in others for touch in named)
    return "case" if changed else "lead"


def fold_screening(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one screening into its line; one that was withdrawn leaves none."""
    fact = next((fact for fact in told if fact.first == thing), None)
    if fact is None or not isinstance(body := fact.body, Screening1):
        return Posting()
    line = start(log, thing, fact, kind="screening", state="screened", household=None)._replace(unit=body.village)
    row = LeadRow(*line, "", source_withdrawn=False, way=body.way, sorts=",".join(body.sorts), found=body.found)
    return Posting([row])
