"""Units change by dated acts: made, renamed from a day, closed on a day; a branch also has groups."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from concerto.groundwork.refusals import refuse

from .models import PartyGroup, Unit, UnitKind, UnitName

U = TypeVar("U")


def add_unit(
    log: UUID,
    kind: UnitKind,
    name: str,
    *,
    code: str = "",
    village: UUID | None = None,
    has_committee: bool = False,
    since: date | None = None,
) -> Unit:
    """Make a unit of a township: a branch, a village that no list of divisions knows, a county desk."""
    name = _named(name)
    refuse(_is_taken(log, kind, name), "unit_name_taken", name=name)
    unit = Unit(log=log, id=uuid4(), kind=kind, name=name, code=code, village=village, since=since)
    unit.has_committee = has_committee
    unit.save(force_insert=True)
    return unit


def village_name(official: str) -> str:
    """Call a village as people do, not by the name of its committee, which is what the public lists give.

    >>> village_name("示范一村村民委员会"), village_name("红柳湾村委会"), village_name("团结社区居委会")
    ('示范一村', '红柳湾村', '团结社区')
    """
    for ending, kept in COMMITTEES:
        name = official.removesuffix(ending)
        if name != official and name:
            return name if not kept or name.endswith(kept) else name + kept
    return official


COMMITTEES = (("村民委员会", "村"), ("牧民委员会", ""), ("居民委员会", ""), ("村委会", "村"), ("居委会", ""))


def rename_unit(unit: Unit, name: str, *, on: date, today: date) -> None:
    """Call a unit otherwise from a day on; what it was called before is kept with its days."""
    name = _named(name)
    if name == unit.name:
        return
    refuse(on > today, "day_not_come")
    refuse(_is_taken(unit.log, UnitKind(unit.kind), name), "unit_name_taken", name=name)
    last = UnitName.objects.filter(log=unit.log, unit=unit.id).order_by("-until").first()
    began = last.until + timedelta(days=1) if last and last.until else unit.since
    refuse(began is not None and on <= began, "renamed_before")
    before = UnitName(log=unit.log, id=uuid4(), unit=unit.id, name=unit.name, since=began)
    before.until = on - timedelta(days=1)
    with transaction.atomic():
        before.save(force_insert=True)
        Unit.objects.filter(log=unit.log, id=unit.id).update(name=name)


def close_unit(unit: Unit, *, on: date) -> None:
    """Let a unit end with a day; what was recorded for it stays."""
    refuse(unit.kind == UnitKind.TOWNSHIP, "township_stays")
    refuse(unit.since is not None and on < unit.since, "left_before_it_came")
    Unit.objects.filter(log=unit.log, id=unit.id).update(until=on)


def set_branch(unit: Unit, *, village: UUID | None, has_committee: bool) -> None:
    """Say which village a branch serves, and whether it has a committee."""
    Unit.objects.filter(log=unit.log, id=unit.id).update(village=village, has_committee=has_committee)


def add_group(branch: Unit, name: str, *, since: date) -> PartyGroup:
    """Make a group of a branch."""
    name = _named(name)
    taken = PartyGroup.objects.filter(log=branch.log, branch=branch.id, name=name, until=None).exists()
    refuse(taken, "unit_name_taken", name=name)
    group = PartyGroup(log=branch.log, id=uuid4(), branch=branch.id, name=name, since=since)
    group.save(force_insert=True)
    return group


def end_group(group: PartyGroup, *, on: date) -> None:
    """Let a group end with a day."""
    PartyGroup.objects.filter(log=group.log, id=group.id).update(until=on)


def in_code_order(units: Iterable[U]) -> list[U]:
    """List units, or rows of them, as an office does: the township, each village with its branches, then the rest."""
    known: list[Any] = list(units)
    codes = {unit.id: unit.code for unit in known}
    if served := {unit.village for unit in known if unit.village} - codes.keys():  # branches alone, as one works there
        codes |= dict(Unit.objects.filter(id__in=served).values_list("id", "code"))
    ranks = {UnitKind.TOWNSHIP: 0, UnitKind.VILLAGE: 1, UnitKind.BRANCH: 1, UnitKind.COUNTY_DESK: 2}

    def place(unit: Any) -> tuple[object, ...]:
        serves = codes.get(unit.village, "~") if unit.kind == UnitKind.BRANCH and unit.village else unit.code or "~"
        return (ranks[UnitKind(unit.kind)], serves, unit.kind == UnitKind.BRANCH, unit.name, str(unit.id))

    return sorted(known, key=place)


def _named(name: str) -> str:
    name = " ".join(name.split())
    refuse(not name, "name_missing")
    return name


def _is_taken(log: UUID, kind: UnitKind, name: str) -> bool:
    return Unit.objects.filter(log=log, kind=kind, name=name, until=None).exists()
