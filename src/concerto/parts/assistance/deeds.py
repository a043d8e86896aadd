"""The fold of deeds (办实事): a line for each household one was done for, one line where it names none."""

from collections.abc import Sequence
from uuid import UUID

from concerto.journal.kinds.deeds import Deed1
from concerto.journal.lines import numbered, start
from concerto.journal.said import Posting, Told

from .posting import AssistanceRow


def fold_deed(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one deed into its lines; it proves something for the households that it names alone."""
    body = told[0].body if told else None
    if not isinstance(body, Deed1):
        return Posting()
    whom: Sequence[UUID | None] = body.households or (None,)
    state = "households" if body.households else "group" if body.group else "village"
    rows = [
        AssistanceRow(
            *start(log, thing, told[0], n=n, kind="deed", state=state, household=household),
            body.heading or "",
            body.words,
            source_withdrawn=False,
        )
        for n, household in enumerate(whom)
    ]
    return Posting(rows, list(numbered(told, [("deed", household, 1) for household in body.households])))
