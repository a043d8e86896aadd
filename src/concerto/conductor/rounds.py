"""What the door asks of rounds and deeds: a round can still be gone, and is stopped once, while it runs, by whoever may
open it there."""

from collections.abc import Sequence
from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.deeds import Deed1
from concerto.journal.kinds.rounds import Round1, RoundEnd1
from concerto.journal.said import Body, Said, Wording
from concerto.places.models import PartyGroup, UnitKind

from .sitting import Sitting


def check_round(said: Said, body: Body, at_door: Sitting, restated: Sequence[Wording]) -> None:
    """Let a round name villages, and be stopped between its days, for all of it; a deed names a group that is here."""
    match body:
        case Round1():
            refuse(any(at_door.units.get(village) != UnitKind.VILLAGE for village in body.villages), "unknown_unit")
            refuse(body.until < said.happened_on and not restated, "round_over_already")
        case RoundEnd1():
            rows = at_door.fold(body.round).rows
            refuse(any(row.stopped_on for row in rows) and not restated, "round_stopped_already")
            inside = any(row.since <= said.happened_on < row.until for row in rows)
            refuse(bool(rows) and not inside, "round_not_running")
        case Deed1() if body.group is not None:
            here = PartyGroup.objects.filter(log=at_door.log, id=body.group).exists()
            refuse(not here, "unknown_unit")


def villages_of_round(round_: UUID, at_door: Sitting) -> list[UUID]:
    """Name the villages that a round covers, as it stands under the lock."""
    return [row.village for row in at_door.fold(round_).rows]
