"""The township a roster is of: its villages and branches, found without writing, or opened where it is not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from concerto.groundwork.refusals import Refused, refuse
from concerto.places import divisions
from concerto.places.models import DivisionLevel, Log, RosterMapping, Unit, UnitKind
from concerto.places.units import add_unit

from ..opening import open_township, township_code
from .wording import branch_name


@dataclass(frozen=True)
class Township:
    """A township with its villages by the code a report names them by."""

    log: UUID
    code: str
    name: str
    is_open: bool
    villages: Mapping[str, tuple[UUID, str]] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, str]:
        """The villages, name → code, as a reader of workbooks asks for them."""
        return {name: code for code, (_, name) in self.villages.items()}


def find(code: str, day: date) -> Township:
    """Find the township that bears a code, open or not; nothing is written. An unknown code is refused."""
    code = township_code(code)
    known = divisions.by_code(code, day)
    if known is not None and known.level is DivisionLevel.TOWNSHIP:
        villages = {one.code: (one.id, one.name) for one in divisions.under(known.id, day)}
        found = Township(known.id, code, known.name, Log.objects.filter(id=known.id).exists(), villages)
        return of_log(found.log, day, beside=villages) if found.is_open else found
    unit = Unit.objects.filter(kind=UnitKind.TOWNSHIP, code=code).first()
    if unit is None:
        raise Refused("no_such_township", place=code)
    return of_log(unit.log, day)


def opened(code: str, day: date) -> Township:
    """Open the township and the villages it lacks, and find it."""
    found = find(code, day)
    if divisions.by_code(found.code, day) is not None:
        open_township(found.code, day)
    return of_log(found.log, day)


def of_log(log: UUID, day: date, *, beside: Mapping[str, tuple[UUID, str]] | None = None) -> Township:
    """Find a township by its log; `beside` are villages that its divisions name and it has not opened yet."""
    units = list(Unit.objects.filter(log=log).on(day).order_by("code", "name", "id"))
    own = next((unit for unit in units if unit.id == log), None)
    refuse(own is None, "no_such_township", place="")
    assert own is not None
    villages = {unit.code or str(unit.id): (unit.id, unit.name) for unit in units if unit.kind == UnitKind.VILLAGE}
    there = {key for key, _ in villages.values()}
    more = {code: pair for code, pair in (beside or {}).items() if pair[0] not in there}
    return Township(log, own.code, own.name, is_open=True, villages={**villages, **more})


def branches(log: UUID, day: date) -> dict[UUID, list[UUID]]:
    """Give the branches that serve each village."""
    found: dict[UUID, list[UUID]] = {}
    for unit in Unit.objects.filter(log=log, kind=UnitKind.BRANCH, village__isnull=False).on(day).order_by("id"):
        assert unit.village is not None
        found.setdefault(unit.village, []).append(unit.id)
    return found


def branch_to_make(log: UUID, village_name: str) -> str:
    """Give the name of the branch that a village without one gets; empty when another unit bears it already."""
    name = branch_name(village_name)
    taken = Unit.objects.filter(log=log, kind=UnitKind.BRANCH, name=name, until__isnull=True).exists()
    return "" if taken else name


def make_branch(log: UUID, village: UUID, name: str) -> UUID:
    """Make the one branch of a village."""
    return add_unit(log, UnitKind.BRANCH, name, village=village).id


def mapping_of(log: UUID) -> dict[str, str]:
    """Give what people of a township said its headings mean."""
    return dict(RosterMapping.objects.filter(log=log).values_list("heading", "field"))


def remember(log: UUID, heading: str, meaning: str) -> None:
    """Remember what a heading means, or forget it again when it means nothing."""
    known = RosterMapping.objects.filter(log=log, heading=heading[:200])
    if not meaning:
        known.delete()
    elif not known.update(field=meaning):
        RosterMapping.objects.bulk_create([RosterMapping(log=log, heading=heading[:200], field=meaning)])
