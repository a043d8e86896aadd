"""Needs of which nothing is told but that they were heard: what is owed about one follows from its day and its clock.

Most needs of a township's book are so, or were for days; they are counted by day, and each day is judged once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.rulebook.duty import Duty
from concerto.rulebook.facts import Facts, Matter
from concerto.rulebook.mechanism import Mechanism
from concerto.rulebook.standing import Because, Line, standing

from .needs import NEED, heard

_COUNTED = """
SELECT opened_on, clock, unit, count(*) FROM need
WHERE log = %s AND steps = 1 AND opened_on BETWEEN %s AND %s GROUP BY opened_on, clock, unit
"""
_LISTED = "SELECT opened_on, clock, unit, id FROM need WHERE log = %s AND steps = 1 AND opened_on BETWEEN %s AND %s"


class Heard(NamedTuple):
    """All that a clock about an untouched need follows from, but for where it lies."""

    on: date
    clock: str


def about_needs(duties: Collection[Duty]) -> list[Duty]:
    """Keep the duties whose clocks run about needs."""
    return [duty for duty in duties if duty.about == NEED and any(edition.within for edition in duty.editions)]


def count_untouched(log: UUID, first: date, last: date) -> dict[Heard, dict[UUID, int]]:
    """Count the untouched needs heard between two days, by unit."""
    found: defaultdict[Heard, dict[UUID, int]] = defaultdict(dict)
    for on, clock, unit, n in database.fetch(_COUNTED, [log, first, last]):
        found[Heard(on, clock)][database.to_uuid(unit)] = n
    return found


def list_untouched(log: UUID, first: date, last: date, units: Collection[UUID]) -> dict[UUID, dict[Heard, list[UUID]]]:
    """List the untouched needs of some units heard between two days, in the order of their ids."""
    found: defaultdict[UUID, defaultdict[Heard, list[UUID]]] = defaultdict(lambda: defaultdict(list))
    if not units:
        return {}
    where, values = database.among("unit", units)
    rows = database.fetch(f"{_LISTED} AND {where} ORDER BY id", [log, first, last, *values])
    for on, clock, unit, need in rows:
        found[database.to_uuid(unit)][Heard(on, clock)].append(database.to_uuid(need))
    return {unit: dict(some) for unit, some in found.items()}


def judged_once(
    rules: Mechanism,
    facts: Facts,
    each: Sequence[Heard],
    unit: UUID,
    *,
    asof: date,
    between: tuple[date, date],
    due: tuple[date, date] | None = None,
) -> Iterator[tuple[Heard, Line]]:
    """Judge what is owed about one untouched need of each day and clock, as one that lies in a unit.

    The lines are about any of them: they say when it was heard, and not by which entry.
    """
    samples = {UUID(int=n): one for n, one in enumerate(each)}
    only = replace(rules, duties={duty.id: duty for duty in about_needs(rules.duties.values())})
    matters: list[Matter] = [heard(key, unit, one.on, one.clock) for key, one in samples.items()]
    told = replace(facts, matters=matters, proofs=(), wishes=())
    for line in standing(only, told, asof=asof, between=between, due=due):
        due_since = tuple(replace(reason, entry=None) for reason in line.because.due)
        yield samples[line.about], line.but(because=Because(due_since))  # type: ignore[index]  # about samples alone
