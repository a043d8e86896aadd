"""Whether anybody holds what a matter waits for: the post of its unit, or the desk of the township."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from concerto.places.models import Unit
from concerto.places.sight import Role
from concerto.rulebook.days import DayTable, Year, day_table

from .access import covered_units
from .models import LocalDays, Posting

FOR_A_NEED = (Role.INSTRUCTOR, Role.BRANCH_SECRETARY)
FOR_A_CASE = (Role.MEDIATOR, Role.CENTRE_DESK, Role.COUNTY_DESK)


def held_units(log: UUID, units: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some units in which somebody is posted who would see to a need: absences change nothing."""
    around = covered_units(log, units)
    posted = Posting.objects.on(day).filter(log=log, role__in=FOR_A_NEED).values_list("unit", flat=True)
    return {unit for unit, near in around.items() if not near.isdisjoint(posted)}


def held_desks(log: UUID, desks: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some desks at which somebody is posted."""
    wanted = set(desks)
    posted = Posting.objects.on(day).filter(log=log, unit__in=wanted) if wanted else Posting.objects.none()
    return set(posted.values_list("unit", flat=True))


def held_case_desks(log: UUID, desks: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some desks for cases at which somebody is posted: a village's mediator, the centre, a county's."""
    posted = Posting.objects.on(day).filter(log=log, unit__in=set(desks), role__in=FOR_A_CASE)
    return set(posted.values_list("unit", flat=True))


def nobodys(log: UUID, units: Iterable[UUID], day: date) -> set[UUID]:
    """Name the villages and branches that are without anybody, so that the organizer stands in for them."""
    known = set(Unit.objects.filter(log=log, id__in=set(units)).values_list("id", flat=True))
    return known - held_units(log, known, day) if known else known


def organizers(log: UUID, day: date) -> set[UUID]:
    """Name who organizes the township on a day."""
    held = Posting.objects.on(day).filter(log=log, role=Role.TOWNSHIP_ORGANIZER)
    return set(held.values_list("account", flat=True))


def working_days(log: UUID) -> DayTable:
    """Give the working days as they stand in a township: what ships, and what it took from notices."""
    shipped = day_table()
    rows = LocalDays.objects.filter(log=log).order_by("id").values_list("year", "source", "off", "worked")
    local = {year: Year(source, _days(off), _days(worked)) for year, source, off, worked in rows}
    return DayTable({**shipped.years, **local})


def _days(written: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in written.split(",") if day)
