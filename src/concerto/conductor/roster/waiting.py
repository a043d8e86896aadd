"""Rows that wait for a person: noted by where they stand and whom they are about, settled one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db.models import QuerySet

from concerto.places.models import RosterFlag
from concerto.register.models import Household, Resident

MOST_LISTED = 500


@dataclass(frozen=True)
class Noted:
    """A row to be looked at, and whom it is about."""

    sheet: str
    row: int
    code: str
    resident: UUID


def note(log: UUID, batch: UUID, rows: Iterable[Noted], at: datetime) -> int:
    """Note rows; one that was noted before about the same person and for the same reason stays as it is."""
    fresh = {(one.resident, one.code): one for one in rows}
    there = RosterFlag.objects.filter(log=log, resident__in={resident for resident, _ in fresh})
    for known in there.values_list("resident", "code"):
        fresh.pop(known, None)
    RosterFlag.objects.bulk_create(
        RosterFlag(
            log=log,
            id=uuid4(),
            batch=batch,
            sheet=one.sheet[:60],
            row=one.row,
            code=one.code[:40],
            resident=one.resident,
            came_at=at,
        )
        for one in fresh.values()
    )
    return len(fresh)


@dataclass(frozen=True)
class Waiting:
    """A row that waits, with the person as the register has them."""

    flag: RosterFlag
    person: Resident
    household: Household | None


def waiting(log: UUID) -> list[Waiting]:
    """List the rows that wait, as they came; whoever was erased is not there any more."""
    flags = list(_open(log).order_by("came_at", "sheet", "row", "code")[:MOST_LISTED])
    found = {one.id: one for one in Resident.objects.filter(log=log, id__in={flag.resident for flag in flags})}
    houses = {one.id: one for one in Household.objects.filter(log=log, id__in={p.household for p in found.values()})}
    return [Waiting(flag, found[flag.resident], houses.get(found[flag.resident].household)) for flag in flags]


def count(log: UUID) -> int:
    """Count the rows that wait."""
    return _open(log).count()


def _open(log: UUID) -> QuerySet[RosterFlag]:
    here = Resident.objects.filter(log=log, erased=False).values("id")
    return RosterFlag.objects.filter(log=log, settled_on__isnull=True, resident__in=here)


def settle(flag: RosterFlag, on: date) -> None:
    """Let a row wait no longer, and every other one about the same person's number if it was about that."""
    same = RosterFlag.objects.filter(log=flag.log, resident=flag.resident, settled_on__isnull=True)
    prefix = "identity_"
    alike = same.filter(code__startswith=prefix) if flag.code.startswith(prefix) else same.filter(code=flag.code)
    alike.update(settled_on=on)
