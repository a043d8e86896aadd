"""The fold of the branch ledger: a pledge or branch matter that a visit served → its one "opened" line."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.visit import MatterServed, Visit1
from concerto.journal.lines import start
from concerto.journal.opened import opening, part_of
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 1


@stored_in("branch_line")
class MatterRow(NamedTuple):
    """A row of `Matter`."""

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
    member: UUID | None
    words: str
    source_withdrawn: bool


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one matter into its line."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    fact, words, withdrawn = opened
    body: Visit1 = words.body  # type: ignore[assignment]  # only visits open branch matters
    matter: MatterServed = part_of(body.matters, "matter", thing)
    household = body.households[0] if len(body.households) == 1 else None
    line = start(log, thing, fact, kind=matter.sort, state="opened", household=household)
    return Posting([MatterRow(*line, matter.member, matter.words or "", withdrawn)])
