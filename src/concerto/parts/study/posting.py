"""The fold of the study ledger: a visit's talk on policy and its lesson at home → a line each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.visit import Visit1
from concerto.journal.lines import start
from concerto.journal.said import Posting, Told, stored_in

LEDGER_VERSION = 1


@stored_in("study_line")
class TalkRow(NamedTuple):
    """A row of `Talk`."""

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
    topics: str
    minutes: int
    households: int


def fold(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one visit into its lines of study; the proofs of it are the visit's own."""
    body = told[0].body if told else None
    if not isinstance(body, Visit1):
        return Posting()
    household = body.households[0] if len(body.households) == 1 else None
    rows = []
    if body.topics:
        line = start(log, thing, told[0], n=0, kind="talk", state="held", household=household)
        rows.append(TalkRow(*line, ",".join(body.topics), 0, len(body.households)))
    if body.lesson_for:
        line = start(log, thing, told[0], n=1, kind="home_lesson", state="held", household=household)
        rows.append(TalkRow(*line, "", body.lesson_minutes, len(body.lesson_for)))
    return Posting(rows)
