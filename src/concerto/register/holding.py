"""Whether anybody holds what a matter waits for: the post of its unit, or the desk of the township."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from concerto.groundwork import clock
from concerto.places.models import Account, Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.rulebook.days import DayTable, Year, day_table

from .access import MAY_RECORD, covered_units, posts_of
from .models import LocalDays, Posting
from .panel import PanelMember

FOR_A_NEED = (Role.INSTRUCTOR, Role.BRANCH_SECRETARY)
STANDS_IN = (Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)  # who takes over what its own desk does not answer
FOR_A_CASE = (Role.MEDIATOR, Role.CENTRE_DESK, Role.COUNTY_DESK)


def held(log: UUID, day: date) -> QuerySet[Posting]:
    """Give the postings of a day whose holder signs in: a closed account answers nothing, whatever it is posted as.

    Absences change nothing.
    """
    return Posting.objects.on(day).filter(log=log, account__in=Account.objects.filter(is_active=True).values("id"))


def held_units(log: UUID, units: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some units in which somebody is posted who would see to a need."""
    around = covered_units(log, units)
    here = set(held(log, day).filter(role__in=FOR_A_NEED).values_list("unit", flat=True))
    return {unit for unit, near in around.items() if not near.isdisjoint(here)}


def held_desks(log: UUID, desks: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some desks at which somebody is posted."""
    wanted = set(desks)
    return set(held(log, day).filter(unit__in=wanted).values_list("unit", flat=True)) if wanted else wanted


def held_case_desks(log: UUID, desks: Iterable[UUID], day: date) -> set[UUID]:
    """Name those of some desks for cases at which somebody is posted: a village's mediator, the centre, a county's."""
    return set(_at_case_desks(log, desks, day).values_list("unit", flat=True))


def _at_case_desks(log: UUID, desks: Iterable[UUID], day: date) -> QuerySet[Posting]:
    return held(log, day).filter(unit__in=set(desks), role__in=FOR_A_CASE)


@dataclass(frozen=True)
class Hands:
    """In whose hands cases may be on a day: who is posted at which desk, and the mediators who see to one."""

    desks: Mapping[UUID, frozenset[UUID]]
    lines: frozenset[UUID]

    def hold(self, desk: UUID, line: UUID | None, *, but: Collection[UUID] = ()) -> bool:
        """Tell whether somebody sees to what is with a desk, or with a mediator of the panel; `but` are tied to a side
        of it, so that it is none of theirs."""
        return bool(self.desks.get(desk, frozenset()) - set(but)) or line in self.lines


def hands_for_cases(log: UUID, desks: Iterable[UUID], day: date) -> Hands:
    """Say who sees to cases: at these desks, and by which lines of the panel, in a few statements.

    A mediator does whose line runs, who signs in, and is posted: nobody else can record anything.
    """
    running = PanelMember.objects.on(day).filter(log=log, account__isnull=False)
    accounts = dict(running.values_list("id", "account"))
    here = posted(log, set(accounts.values()), day, kind="case_step")
    at: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for desk, account in _at_case_desks(log, desks, day).values_list("unit", "account"):
        at[desk].add(account)
    return Hands(
        {desk: frozenset(people) for desk, people in at.items()},
        frozenset(line for line, account in accounts.items() if account in here),
    )


def posted(log: UUID, accounts: Collection[UUID], day: date, *, kind: str) -> set[UUID]:
    """Name those of some accounts that are open, and posted on a day to where such an entry is recorded."""
    active = set(Account.objects.filter(id__in=accounts, is_active=True).values_list("id", flat=True))
    posts = [post for post in posts_of(log, active) if post.role in MAY_RECORD[kind]]
    return {account for account in active if any(post.is_held_by(account, day) for post in posts)}


def nobodys(log: UUID, units: Iterable[UUID], day: date) -> set[UUID]:
    """Name the villages and branches that are without anybody, so that the organizer stands in for them."""
    known = set(Unit.objects.filter(log=log, id__in=set(units)).values_list("id", flat=True))
    return known - held_units(log, known, day) if known else known


def worked_for(sight: Sight) -> frozenset[UUID]:
    """Name the units whose work falls to somebody: those they work in, and to an organizer those without anybody."""
    if sight.log is None or not sight.has(Role.TOWNSHIP_ORGANIZER):
        return sight.near
    villages = Unit.objects.filter(log=sight.log, kind=UnitKind.VILLAGE).values_list("id", flat=True)
    return sight.near | nobodys(sight.log, villages, sight.day)


def organizers(log: UUID, day: date) -> set[UUID]:
    """Name who organizes the township on a day."""
    return set(held(log, day).filter(role=Role.TOWNSHIP_ORGANIZER).values_list("account", flat=True))


def has_centre(log: UUID, day: date) -> bool:
    """Tell whether the governance centre has somebody: else what stands on its list is the organizer's to see."""
    return held(log, day).filter(role=Role.CENTRE_DESK).exists()


def came(on: date, received_at: str) -> date:
    """Say when something came to a desk: on its day, or when it was brought, if that was later."""
    return max(on, clock.day_of(datetime.fromisoformat(received_at)))


def working_days(log: UUID) -> DayTable:
    """Give the working days as they stand in a township: what ships, and what it took from notices."""
    shipped = day_table()
    rows = LocalDays.objects.filter(log=log).order_by("id").values_list("year", "source", "off", "worked")
    local = {year: Year(source, _days(off), _days(worked)) for year, source, off, worked in rows}
    return DayTable({**shipped.years, **local})


def _days(written: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in written.split(",") if day)
