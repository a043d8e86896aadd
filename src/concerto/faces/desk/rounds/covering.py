"""How far a round has come, as its readers are told: in the village every household, from above no exact number."""

from dataclasses import dataclass
from uuid import UUID

from concerto.faces.desk.board.telling import Depth, depth, told
from concerto.papers.board.year import Head
from concerto.papers.few import SMALL
from concerto.papers.rounds import OneRound, heads_of
from concerto.places.models import Unit
from concerto.places.sight import Sight
from concerto.places.units import in_code_order


@dataclass(frozen=True)
class Covered:
    """One village of a round: how full its bar is, the same in words, and whether its reader goes through it."""

    id: UUID
    name: str
    filled: int
    of: int
    said: str
    is_near: bool


def covered(sight: Sight, one: OneRound) -> list[Covered]:
    """Give the villages of a round in the order of their codes."""
    assert sight.log is not None
    heads = heads_of(sight.log, one, sight.day)
    units = in_code_order(Unit.objects.filter(log=sight.log, id__in=one.villages))
    return [_covered(sight, unit, heads[unit.id]) for unit in units]


def _covered(sight: Sight, unit: Unit, head: Head) -> Covered:
    one = told(head, sight)
    have, need = head.have, head.need
    if depth(sight, head) is not Depth.WHOLE:
        have = need - SMALL + 1 if need - have < SMALL else have - have % SMALL
        have, need = (max(0, have), need) if need >= SMALL else (0, 1)
    return Covered(unit.id, unit.name, have, max(need, 1), one.count, unit.id in sight.near)
