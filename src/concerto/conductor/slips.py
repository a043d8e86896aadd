"""What the door asks of slips, and of what comes by one: the key follows from the serial, a lost one is not given."""

from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.groundwork.slip_codes import read_serial
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1, SlipSheet1, slip_key
from concerto.journal.said import Body

from .sitting import Sitting


def check_slips(body: Body, at_door: Sitting) -> None:
    """Let slips be printed under the keys of their serials, and given while they are not lost."""
    if isinstance(body, SlipSheet1):
        wrong = (one for one in body.slips if one.slip != slip_key(at_door.log, one.serial))
        refuse(any(read_serial(one.serial) is None for one in body.slips) or any(wrong), "serial_wrong")
    if isinstance(body, MatterSlip1):
        refuse(any(row.void for row in at_door.fold(body.slip).rows), "slip_void")


def check_by_slip(body: Body, *, by_slip: bool) -> None:
    """What says that it came by a slip came through the resident's door, and the other way round."""
    through = getattr(body, "through", None)
    refuse(through is not None and (through == "slip") != by_slip, "not_by_a_slip")


def village_of_slip(body: MatterSlipVoid1, at_door: Sitting) -> UUID | None:
    """Give the village in which a slip is in somebody's hands; one that nobody was given is anybody's."""
    house = next((row.household for row in at_door.fold(body.slip).rows), None)
    return at_door.village_of(house) if house else None
