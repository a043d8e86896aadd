"""Who asked by a slip to be called, and was not yet: one condition, whatever became of the need meanwhile.

A call waits until somebody records that this household was told something, or heard what it says, after it asked: told
on a later day, or on the same one and written down later. What else is done about the need calls nobody, and neither
does an asking that reached nobody. Where the need went into another, the call waits there.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import database
from concerto.parts.assistance.models import Need

MOST_MERGERS = 20
# A word through a slip is nobody's call.
CALLED = """step.asker = slip.matter
    AND step.kind IN ('told', 'interim_note', 'yes', 'partly', 'no', 'told_to_the_doer') AND step.way <> 'slip'
    AND step."on" >= slip.call_asked_on AND (step."on" > slip.call_asked_on
    OR (SELECT entry.seq FROM entry WHERE entry.log = step.log AND entry.id = step.entry) > slip.call_seq) LIMIT 1"""
# From the few slips by which a call was asked for, each looked at by itself: nothing is joined, so neither engine can
# begin at the needs. What was done for them under another need is found by an index that holds nothing else.
WAITING = f"""SELECT slip.matter, slip.household, slip.call_asked_on FROM matter_slip slip
    WHERE slip.log = %s AND slip.call_asked_on IS NOT NULL AND NOT slip.void AND {{which}}
    AND (SELECT 1 FROM need_step step WHERE step.log = slip.log AND step.id = slip.matter AND {CALLED}) IS NULL
    AND (SELECT 1 FROM need_step step WHERE step.log = slip.log AND NOT (step.asker = step.id) AND {CALLED}) IS NULL"""  # noqa: S608
UNIT = "(SELECT need.unit FROM need WHERE need.log = slip.log AND need.id = slip.matter)"


class Call(NamedTuple):
    """A household asks to be called: under which need it asked, since when, and the need where it is answered now."""

    matter: UUID
    household: UUID
    on: date
    need: Need


def waiting_in(log: UUID, units: Collection[UUID] | None) -> tuple[str, list[Any]]:
    """Write how to find the slips by which a call waits about what households of some units told, or of any."""
    within, names = ("1 = 1", []) if units is None else database.among(UNIT, units)
    return WAITING.format(which=within), [log, *names]


def calls_in(log: UUID, units: Collection[UUID]) -> list[Call]:
    """Read the calls that wait about what some units' households told, those asked first before the others."""
    if not units:
        return []
    rows = _read(*waiting_in(log, units))
    goes_on = _goes_on(log, {matter for matter, _house, _day in rows})
    calls = [Call(matter, house, day, goes_on[matter]) for matter, house, day in rows if matter in goes_on]
    return sorted(calls, key=lambda call: (call.on, call.matter))


def calls_about(log: UUID, matters: Collection[UUID]) -> dict[UUID, date]:
    """Say since when calls about these matters wait, by the need under which each was asked."""
    if not matters:
        return {}
    within, names = database.among("slip.matter", matters)
    return {matter: day for matter, _house, day in _read(WAITING.format(which=within), [log, *names])}


def _read(sql: str, values: list[Any]) -> list[tuple[UUID, UUID, date]]:
    to_uuid = database.to_uuid
    rows = database.fetch(sql, values)
    return [(to_uuid(matter), to_uuid(house), date.fromisoformat(str(day))) for matter, house, day in rows]


def _goes_on(log: UUID, matters: Collection[UUID]) -> dict[UUID, Need]:
    """Find for each need the one it went into, however often; in a circle there is none."""
    found: dict[UUID, Need] = {}
    asked = {matter: matter for matter in matters}
    for _ in range(MOST_MERGERS):
        needs = Need.objects.filter(log=log, id__in=set(asked.values())) if asked else ()
        rows = {row.id: row for row in needs}
        there = {matter: rows[need] for matter, need in asked.items() if need in rows}
        found |= {matter: row for matter, row in there.items() if row.called is None}
        asked = {matter: row.called for matter, row in there.items() if row.called is not None}
    return found
