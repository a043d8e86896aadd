"""What the door asks of what is noted of somebody hurt or afraid: who handles it, and what rests on the person's wish.

Anybody who works here may bring it; from then on it is the centre's and of whoever the centre names, its author's no
more. What the door does not take of it lies in no tray: a tray names who brought it.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds import PROTECTED_KINDS
from concerto.journal.kinds.protected import WITH_WORDS, ProtectedCase1, ProtectedStep1
from concerto.journal.said import Body, Said, Wording
from concerto.parts.disputes.protected import RESTS_ON, Standing, standing_of
from concerto.places.models import UnitKind
from concerto.register.access import Authority
from concerto.register.holding import held_case_desks, posted

from .sitting import Sitting


def check_protected(
    said: Said, body: Body | None, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """Let in what was done by whoever handles it; what opened it is never said anew, a step by its author alone."""
    if said.kind not in PROTECTED_KINDS or authority is None:
        return
    refuse(said.unit != said.log, "unknown_unit")
    before = next((words.body for words in reversed(restated) if words.body is not None), None)
    refuse(isinstance(before, ProtectedCase1), "protected_stays")
    today = clock.day_of(at_door.at)
    if isinstance(body, ProtectedCase1):
        refuse(not held_case_desks(said.log, [said.log], today), "nobody_at_the_centre")
        return
    step = body if isinstance(body, ProtectedStep1) else before
    assert isinstance(step, ProtectedStep1)
    refuse(isinstance(before, ProtectedStep1) and before.case != step.case, "not_of_this_case")
    stands = _standing(step.case, at_door, but=said.first)
    refuse(bool(restated) and restated[0].said.author != said.author, "not_its_handler")
    refuse(not handles(stands, said.author, authority, today), "not_its_handler")
    if isinstance(body, ProtectedStep1):
        _check_step(said, body, stands, at_door)


def handles(stands: Standing, author: UUID, authority: Authority, day: date) -> bool:
    """Tell whether somebody handles it on a day: of the centre, named, or of the county's desk that has it."""
    desks = (authority.log, *stands.desks)
    return author in stands.accounts or any(authority.handles_cases(day, desk=desk) for desk in desks)


def _check_step(said: Said, body: ProtectedStep1, stands: Standing, at_door: Sitting) -> None:
    refuse(said.happened_on < stands.path[0].on, "before_it_was_told")
    refuse(body.step in WITH_WORDS and not body.words, "words_missing")
    rests = RESTS_ON.get(body.step)
    if rests is not None and body.wants != "no_mediation":  # a no needs nothing
        refuse(not rests.holds(stands, said.happened_on), rests.code)
    match body.step:
        case "named":
            named = [body.account] if body.account else []
            today = clock.day_of(at_door.at)  # whom it opens to must be able to open it: who works in the township
            refuse(not posted(at_door.log, named, today, kind="protected_case"), "unknown_account")
        case "released":
            refuse(body.account not in stands.accounts, "not_named")
        case "handed":
            refuse(body.desk is None or at_door.units.get(body.desk) != UnitKind.COUNTY_DESK, "unknown_unit")
        case "returned":
            refuse(body.desk not in stands.desks, "not_named")


def _standing(case: UUID, at_door: Sitting, *, but: UUID) -> Standing:
    stands = standing_of(case, [fact for fact in at_door.told(case) if fact.first != but])
    if stands is None:
        raise Refused("no_such_case")
    return stands
