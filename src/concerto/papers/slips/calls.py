"""Who asked by a slip to be called, and was not yet: one condition, whatever became of the need meanwhile.

A call waits until somebody records that this household was told something, or heard what it says, after it asked: told
on a later day, or on the same one and written down later. What else is done about the need calls nobody, and neither
does an asking that reached nobody. Where the need went into another, the call waits there.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database

CALLED = ("told", "interim_note", "yes", "partly", "no", "told_to_the_doer")
MOST_MERGERS = 20
# From the few slips that asked to what they were given for, and on to what that went into. CROSS JOIN keeps SQLite from
# beginning at the needs. A word through a slip is nobody's call.
WAITING = """WITH RECURSIVE goes_on (matter, household, day, seq, id, called, far) AS (
    SELECT slip.matter, slip.household, slip.call_asked_on, slip.call_seq, need.id, need.called, 0
    FROM matter_slip slip CROSS JOIN need
    WHERE slip.log = %s AND slip.call_asked_on IS NOT NULL AND NOT slip.void
    AND need.log = slip.log AND need.id = slip.matter
    UNION ALL
    SELECT goes_on.matter, goes_on.household, goes_on.day, goes_on.seq, need.id, need.called, goes_on.far + 1
    FROM goes_on CROSS JOIN need WHERE need.log = %s AND need.id = goes_on.called AND goes_on.far < {most}
)
SELECT goes_on.matter, goes_on.household, goes_on.day, need.id, need.unit, need.owner, need.sort
FROM goes_on CROSS JOIN need
WHERE goes_on.called IS NULL AND need.log = %s AND need.id = goes_on.id AND {which} AND NOT EXISTS (
    SELECT 1 FROM need_step step CROSS JOIN entry
    WHERE step.log = need.log AND step.id = need.id AND step.asker = goes_on.matter AND step.kind IN ({called})
    AND step.way <> 'slip' AND step."on" >= goes_on.day AND entry.log = step.log AND entry.id = step.entry
    AND (step."on" > goes_on.day OR entry.seq > goes_on.seq)
)"""


class Call(NamedTuple):
    """A household asks to be called: under which need it asked, since when, and where it is answered now."""

    matter: UUID
    household: UUID
    on: date
    need: UUID
    unit: UUID
    owner: UUID | None
    sort: str


def waiting_in(log: UUID, units: Collection[UUID]) -> tuple[str, list[Any]]:
    """Write how to find the calls that wait in some units."""
    within, names = database.among("need.unit", units)
    return _written(within), [log, log, log, *names]


def calls_in(log: UUID, units: Collection[UUID]) -> list[Call]:
    """Read the calls that wait in some units, those that were asked first before the others."""
    return _read(*waiting_in(log, units)) if units else []


def calls_about(log: UUID, matters: Collection[UUID]) -> dict[UUID, date]:
    """Say since when calls about these matters wait, by the need under which each was asked."""
    if not matters:
        return {}
    within, names = database.among("goes_on.matter", matters)
    return {call.matter: call.on for call in _read(_written(within), [log, log, log, *names])}


def _written(which: str) -> str:
    called = ", ".join(f"'{kind}'" for kind in CALLED)
    return WAITING.format(which=which, called=called, most=MOST_MERGERS)


def _read(sql: str, values: list[Any]) -> list[Call]:
    return sorted(_calls(database.fetch(sql, values)), key=lambda call: (call.on, call.matter))


def _calls(rows: Any) -> Iterator[Call]:
    for matter, house, day, need, unit, owner, sort in rows:
        matter, house, need, unit = map(database.to_uuid, (matter, house, need, unit))
        by = database.to_uuid(owner) if owner else None
        yield Call(matter, house, date.fromisoformat(str(day)), need, unit, by, sort)
