"""The one thing owed about somebody hurt or afraid: suspected abuse of who can't help themselves is reported that day.

It stands in no book of a township and on no list: whoever the record opens to asks for it there, and nobody else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from concerto.parts.disputes.models import Protected
from concerto.parts.disputes.protected import is_suspected
from concerto.rulebook.facts import Matter, Step
from concerto.rulebook.standing import Line, Verdict, standing

from .books import Book
from .gathering import places_of
from .local import mechanism_of

SUSPECTED = "suspected_abuse"


def due_of_protected(book: Book, rows: Sequence[Protected], asof: date) -> dict[UUID, Line]:
    """Say of which of these the report is still to be made, or overdue."""
    told = [row for row in rows if is_suspected(row.who)]
    if not told:
        return {}
    whole = mechanism_of(book)
    about = {name: duty for name, duty in whole.duties.items() if duty.about == SUSPECTED}
    facts = replace(places_of(book), matters=[_matter(row) for row in told])
    days = min(row.opened_on for row in told), asof.replace(year=asof.year + 1, day=1)
    lines = standing(replace(whole, duties=about), facts, asof=asof, between=days)
    return {line.about: line for line in lines if line.verdict in (Verdict.OPEN, Verdict.MISSED)}  # type: ignore[misc]


def _matter(row: Protected) -> Matter:
    steps = [Step(kind="suspected", on=row.opened_on, entry=row.entry, n=0, holders={"desk": row.log})]
    if row.reported_on is not None:
        steps.append(Step(kind="reported", on=row.reported_on, entry=row.entry, n=1))
    return Matter(id=row.id, subjects=frozenset({SUSPECTED}), unit=row.log, steps=steps)
