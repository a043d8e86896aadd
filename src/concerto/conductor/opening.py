"""Opening a township's log: its head in the journal, its unit and the units of its villages. Done again, it adds
what is missing and nothing else."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from concerto.groundwork import database
from concerto.groundwork.ids import place_key
from concerto.groundwork.refusals import Refused
from concerto.journal.models import Head
from concerto.places import divisions
from concerto.places.models import DivisionLevel, Log, Unit, UnitKind
from concerto.places.units import village_name

from .cues import LEDGER_VERSION


class Opened(NamedTuple):
    """What an opening found or made: the log, and how many units are new."""

    log: UUID
    added: int


def open_township(code: str, on: date) -> Opened:
    """Open the log of the township that bears a code, with its village units; idempotent.

    The division must be known: import the divisions first. Its code may be written with the zeros that some offices
    add (12 digits).
    """
    found = divisions.by_code(township_code(code), on)
    if found is None or found.level is not DivisionLevel.TOWNSHIP:
        raise Refused("no_such_township", place=code)
    return open_log(found.id, found.code, found.name, on=on, villages=divisions.under(found.id, on))


def township_code(code: str) -> str:
    """Write a township's code with nine digits, as the divisions do."""
    return code[:9] if len(code) == 12 and code.endswith("000") else code


def open_log(
    log: UUID,
    code: str,
    name: str,
    *,
    on: date,
    villages: Iterable[divisions.Found] = (),
    kind: str = UnitKind.TOWNSHIP,
) -> Opened:
    """Open a log under a place's key: what exists stays as it is."""
    wanted = [Unit(log=log, id=log, kind=kind, code=code, name=name)]
    wanted += [Unit(log=log, id=v.id, kind=UnitKind.VILLAGE, code=v.code, name=village_name(v.name)) for v in villages]
    with database.writing(settings.CONCERTO_HOME, durable=False):
        Log.objects.bulk_create([Log(id=log, name=name, opened_on=on)], ignore_conflicts=True)
        Head.objects.bulk_create([Head(log=log, ledger_version=LEDGER_VERSION)], ignore_conflicts=True)
        there = set(Unit.objects.filter(log=log).values_list("id", flat=True))
        missing = [unit for unit in wanted if unit.id not in there]
        Unit.objects.bulk_create(missing)
    return Opened(log, len(missing))


def county_desk_key(code: str) -> UUID:
    """Give the key of a county desk's own log: it is not the county itself, whose key the division bears."""
    return place_key(f"{code} desk")
