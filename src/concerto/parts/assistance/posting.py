"""The line of the assistance ledger, and its fold of visits: what changed in helped households."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.visit import Visit1
from concerto.journal.lines import start
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 6


@stored_in("assistance_line")
class AssistanceRow(NamedTuple):
    """A row of `AssistanceLine`."""

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
    sort: str
    words: str
    source_withdrawn: bool


def fold_visit(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what a visit told of helped households into lines: "no change" is a line like any other.

    A household that did not wish to has the line it would have without a change: above the village the two read alike.
    """
    body = told[0].body if told else None
    if not isinstance(body, Visit1):
        return Posting()
    helped = [household for household in body.households if household in told[0].last.filed.helped]
    lines = [(kind, state, household) for household in helped for kind, state in _faring(body)]
    rows = [
        AssistanceRow(
            *start(log, thing, told[0], n=n, kind=kind, state=state, household=household),
            "",
            (body.change_words or "") if kind == "change" else "",
            source_withdrawn=False,
        )
        for n, (kind, state, household) in enumerate(lines)
    ]
    return Posting(rows)


def _faring(body: Visit1) -> Iterator[tuple[str, str]]:
    if body.outcome == "declined":
        yield "no_change", "declined"
    elif body.change != "not_asked":
        yield "change" if body.change == "changed" else "no_change", "recorded"
    if body.wants == "nothing":
        yield "nothing_wanted", "recorded"
