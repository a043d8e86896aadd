"""What the door asks of slips, and of what comes by one: the key follows from the serial, a lost one is not given.

A slip on paper lies in one household, and whoever has it reads by its code how *its* matter goes. So a slip belongs for
ever to what it was given for first: nothing that comes later gives it to another matter, whoever settles or corrects.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from concerto.groundwork import database
from concerto.groundwork.refusals import refuse
from concerto.groundwork.slip_codes import read_serial
from concerto.journal import reading
from concerto.journal.kinds.case_slips import CaseSlip1
from concerto.journal.kinds.cases import FAMILY, Case1, category_of
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1, SlipSheet1, slip_key
from concerto.journal.said import Body, Said, stand
from concerto.parts.assistance.needs import life_of
from concerto.parts.disputes.cases import life_of as life_of_case
from concerto.register.access import Authority
from concerto.register.giving import first_giving

from .cases import handles
from .sitting import Sitting

_VOID = "SELECT 1 FROM matter_slip WHERE log = %s AND id = %s AND void"
_SUGGESTED = "SELECT 1 FROM suggestion WHERE log = %s AND slip = %s"


def check_slips(said: Said, body: Body, at_door: Sitting, authority: Authority | None) -> None:
    """Let slips be printed under the keys of their serials, given once, for their household's matter, and lost once."""
    match body:
        case SlipSheet1():
            wrong = (one for one in body.slips if one.slip != slip_key(at_door.log, one.serial))
            refuse(any(read_serial(one.serial) is None for one in body.slips) or any(wrong), "serial_wrong")
        case MatterSlip1() | CaseSlip1() if said.corrects:
            before = at_door.facts[said.corrects][0].body
            refuse(body != before, "slip_keeps_its_matter")
        case MatterSlip1():
            _check_giving(body, at_door)
        case CaseSlip1():
            _check_given_once(body, at_door)
            life = life_of_case(body.case, at_door.told(body.case))
            refuse(life is not None and life.category == FAMILY, "no_slip_for_this")
        case Case1() if said.corrects:
            _check_no_slip_lies(said, body, at_door)
        case MatterSlipVoid1() if not said.corrects:
            rows = at_door.fold(body.slip).rows
            refuse(any(row.void for row in rows), "slip_void_already")
            _check_who_voids(said, rows, at_door, authority)


def _check_who_voids(said: Said, rows: Sequence[Any], at_door: Sitting, authority: Authority | None) -> None:
    """A slip of a case is reported lost by who handles the case: nobody else knows whose it is."""
    for row in rows:
        if row.what == "case" and authority is not None:
            words = at_door.things.get(row.matter) or reading.about(at_door.log, [row.matter]).get(row.matter, [])
            life = life_of_case(row.matter, stand(words))
            may = life is not None and handles(life, said.author, authority, said.happened_on, at_door)
            refuse(not may, "not_its_handler")


def _check_no_slip_lies(said: Said, body: Case1, at_door: Sitting) -> None:
    """A case that is said anew as a family matter has no slip in anybody's hands: it would tell in that house."""
    words = [words.body for words in at_door.facts.get(said.first, ()) if isinstance(words.body, Case1)]
    if category_of(body.sort) != FAMILY or (words and category_of(words[-1].sort) == FAMILY):
        return
    given = [fact.body.slip for fact in at_door.told(body.case) if isinstance(fact.body, CaseSlip1)]
    refuse(any(not _is_void(slip, at_door) for slip in given), "slip_in_hand")


def _is_void(slip: UUID, at_door: Sitting) -> bool:
    """Tell whether a slip was reported lost, also in this very batch."""
    if at_door.things.get(slip):
        return any(row.void for row in at_door.fold(slip).rows)
    return bool(database.fetch(_VOID, [at_door.log, slip]))


def _check_giving(body: MatterSlip1, at_door: Sitting) -> None:
    """A need's slip is given to the household that told it."""
    _check_given_once(body, at_door)
    words = at_door.things.get(body.matter) or reading.about(at_door.log, [body.matter]).get(body.matter, [])
    life = life_of(body.matter, stand(words))
    asks = life.askers.get(body.matter) if life else None
    refuse(asks is not None and asks.household != body.household, "slip_for_another_household")


def _check_given_once(body: MatterSlip1 | CaseSlip1, at_door: Sitting) -> None:
    """A slip is given once, also where that was taken back: the paper lies where it was left."""
    given = first_giving(body.slip, at_door.told(body.slip))
    is_same = given is not None and given.stands and given.body == body
    refuse(is_same, "slip_noted_already")
    refuse(any(row.void for row in at_door.fold(body.slip).rows), "slip_void")
    refuse(given is not None, "slip_given_already")
    refuse(bool(database.fetch(_SUGGESTED, [at_door.log, body.slip])), "slip_given_already")


def check_by_slip(body: Body, *, by_slip: bool) -> None:
    """What says that it came by a slip came through the resident's door, and the other way round."""
    through = getattr(body, "through", None)
    refuse(through is not None and (through == "slip") != by_slip, "not_by_a_slip")


def village_of_slip(body: MatterSlipVoid1, at_door: Sitting) -> UUID | None:
    """Give the village in which a slip is in somebody's hands; one that nobody was given is anybody's."""
    house = next((row.household for row in at_door.fold(body.slip).rows), None)
    return at_door.village_of(house) if house else None
