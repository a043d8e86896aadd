"""What the ledgers of the five parts have in common: the first columns of a line, and what a proof is made of."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from .said import ProofRow, Told


class Start(NamedTuple):
    """The columns every ledger line begins with, in order."""

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


def start(  # the columns of a line are many; each is named where it is given
    log: UUID, thing: UUID, fact: Told, *, n: int = 0, kind: str, state: str, household: UUID | None
) -> Start:
    """Begin a line: dated by the last wording; late and by whom as in the first, since a correction changes neither."""
    said = fact.last.said
    words = next((w.said for w in reversed(fact.texts) if w.body is not None), said)
    late, by = fact.texts[0].filed.late, fact.texts[0].said.author
    return Start(log, thing, n, fact.first, words.unit, words.happened_on, kind, state, household, by, late)


def proof_of(fact: Told, n: int, *, kind: str, about: UUID, amount: int = 1) -> ProofRow:
    """Say what a fact proves; `by` is a posting under which it was done, or its author where there was none."""
    said, filed = fact.last.said, fact.last.filed
    by = filed.acting_as[0] if filed.acting_as else fact.texts[0].said.author
    return ProofRow(
        said.log, fact.first, n, fact.first, kind, about, by, said.happened_on, amount, said.counts_for or ""
    )


def numbered(fact: Told, proven: Sequence[tuple[str, UUID, int]]) -> Iterator[ProofRow]:
    """Number what one fact proves within its part: (kind, about, amount)."""
    for n, (kind, about, amount) in enumerate(proven):
        yield proof_of(fact, n, kind=kind, about=about, amount=amount)
