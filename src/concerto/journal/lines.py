"""What the ledgers of the five parts have in common: the first columns of a line, and what a proof is made of."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from .said import CompanionRow, ProofRow, Told


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


def numbered(told: Sequence[Told], proven: Sequence[tuple[str, UUID, int]]) -> Iterator[ProofRow | CompanionRow]:
    """Number what the first of these facts proves within its part, (kind, about, amount), and name whose it is too.

    `by` is a posting under which it was done, or its author where there was none.
    """
    fact, under = told[0], _postings(told)
    said, by = fact.last.said, under[0] if under else fact.texts[0].said.author
    for n, (kind, about, amount) in enumerate(proven):
        counts_for = said.counts_for or ""
        yield ProofRow(said.log, fact.first, n, fact.first, kind, about, by, said.happened_on, amount, counts_for)
    for n, posting in enumerate(under[1:] if proven else ()):
        yield CompanionRow(said.log, fact.first, n, fact.first, posting)


def _postings(told: Sequence[Told]) -> list[UUID]:
    """Give the postings under which it was done, without those of who says that they were not there."""
    said_so = (fact for fact in told if fact.kind == "not_there" and fact.body is not None)
    absent = {posting for fact in said_so for posting in fact.last.filed.acting_as}
    return [posting for posting in dict.fromkeys(told[0].last.filed.acting_as) if posting not in absent]
