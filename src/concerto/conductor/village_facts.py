"""What the door asks of facts about a village: no day that has not come, and nothing confirmed before it was so."""

from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.said import Body, Said

from .sitting import Sitting


def check_village_fact(said: Said, body: Body, at_door: Sitting) -> None:
    """Let a fact be of the day it was recorded on or earlier, and be confirmed on its own day or later."""
    match body:
        case VillageFact1():
            refuse(body.as_of > said.happened_on, "day_not_come")
        case FactConfirmed1():
            rows = at_door.fold(body.fact).rows
            refuse(not rows or any(row.source_withdrawn for row in rows), "fact_taken_back")
            refuse(any(said.happened_on < row.as_of for row in rows), "confirmed_before_it_was")


def village_of_fact(fact: UUID, at_door: Sitting) -> list[UUID]:
    """Name the village that a fact is about, as it stands under the lock."""
    return [row.village for row in at_door.fold(fact).rows]
