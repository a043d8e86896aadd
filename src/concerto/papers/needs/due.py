"""By when needs are to be answered: their running clocks, judged by the same rulebook as everything that is owed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from concerto.papers.standing.books import Book
from concerto.papers.standing.gathering import places_of
from concerto.papers.standing.local import mechanism_of
from concerto.papers.standing.needs import NEED, matter_of
from concerto.parts.assistance.models import Need, NeedStep
from concerto.rulebook.standing import Line, Verdict, standing

RUNNING = (Verdict.OPEN, Verdict.MISSED)


def due_of(book: Book, rows: Sequence[Need], asof: date) -> dict[UUID, list[Line]]:
    """List for each of these needs what is still to be answered, the soonest first; in a few statements for all."""
    open_ones = [row for row in rows if row.is_open]
    if not open_ones:
        return {}
    paths: defaultdict[UUID, list[Any]] = defaultdict(list)
    for step in NeedStep.objects.filter(log=open_ones[0].log, id__in=[row.id for row in open_ones]).order_by("id", "n"):
        paths[step.id].append(step)
    whole = mechanism_of(book)
    rules = replace(whole, duties={name: duty for name, duty in whole.duties.items() if duty.about == NEED})
    facts = replace(places_of(book), matters=[matter_of(row, paths[row.id]) for row in open_ones])
    days = min(row.opened_on for row in open_ones), asof.replace(year=asof.year + 1, day=1)
    found: defaultdict[UUID, list[Line]] = defaultdict(list)
    for line in standing(rules, facts, asof=asof, between=days):
        if line.verdict in RUNNING and isinstance(line.about, UUID):
            found[line.about].append(line)
    return {need: sorted(lines, key=lambda line: (line.period.last, line.duty)) for need, lines in found.items()}
