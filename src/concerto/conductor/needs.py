"""What the door asks of needs: of decisions the state they rest on, of everything a day on which the need was there.

What was done, told, asked or said is refused for no state.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, refuse
from concerto.journal.kinds.needs import Handover1, Need1, NeedMerger1, NeedStep1, NeedWord1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.opened import opening
from concerto.journal.said import Body, Said, Wording
from concerto.parts.assistance.needs import life_of
from concerto.parts.assistance.states import Life, askings
from concerto.places.models import UnitKind
from concerto.places.sight import VILLAGE_ROLES
from concerto.register.access import Authority, posts_of
from concerto.register.holding import working_days
from concerto.rulebook.handshake import Pass, why_not

from .sitting import Sitting

DESKS = (UnitKind.TOWNSHIP, UnitKind.COUNTY_DESK)  # where a matter may be sent
PASSES = ("sent", "accepted", "returned", "done_there")
DAYS_BETWEEN = 5  # working days from one asking to the other, before nobody's answer counts as none


def check_need(
    said: Said, body: Body, at_door: Sitting, authority: Authority | None, restated: Sequence[Wording]
) -> None:
    """Let a decision on a need be taken in the state it rests on; one of which words alone are put right stands."""
    _check_day(said, body, at_door, restated)
    if isinstance(body, Need1 | Visit1) and restated:
        _check_told_on(said, body, at_door, restated)
    if not isinstance(body, NeedStep1 | NeedMerger1 | Handover1) or _is_the_same(body, restated):
        return
    match body:
        case NeedStep1():
            _check_step(said, body, _life(body.need, at_door, but=said.first), at_door)
        case NeedMerger1():
            gone, stays = (_life(one, at_door, but=said.first) for one in (body.gone, body.stays))
            refuse(not gone.is_open or not stays.is_open, "need_closed")
            named = {one.asker: one.household for one in body.askers}
            refuse(named != {key: one.household for key, one in gone.askers.items()}, "askers_incomplete")
        case Handover1():
            _check_handover(said, body, _life(body.matter, at_door, but=said.first), at_door, authority)


def units_of_need(body: Body, at_door: Sitting, said: Said) -> Iterator[UUID | None]:
    """Give the units in which a need lies that an entry speaks of; a desk speaks of what was sent to it anywhere."""
    match body:
        case Need1():
            yield at_door.village_of(body.household)
        case NeedStep1() | NeedWord1():
            yield _home(body.need, at_door)
        case NeedMerger1():
            yield from (_home(body.gone, at_door), _home(body.stays, at_door))
        case Handover1():
            life = life_of(body.matter, at_door.told(body.matter))
            if life is not None and life.held.speaks_for(said.unit) == life.held.home:
                yield _home(body.matter, at_door)


def _check_day(said: Said, body: Body, at_door: Sitting, restated: Sequence[Wording]) -> None:
    """Nothing was done about a need, and nobody gave their word on it, before anybody had told of it.

    That is no question of its state, for which nothing that happened is refused: such a day is as impossible as one to
    come, and somebody mistook the one or the other. Whoever was without signal while the day of the telling was put
    right finds theirs in the tray and corrects it there. What leaves its day as it stood is let be.
    """
    match body:
        case NeedStep1() | NeedWord1():
            needs = [body.need]
        case Handover1():
            needs = [body.matter]
        case NeedMerger1():
            needs = [body.gone, body.stays]
        case _:
            return
    if any(words.body is not None and words.said.happened_on == said.happened_on for words in restated[-1:]):
        return
    opened = [opening(need, at_door.told(need)) for need in needs]
    refuse(any(one and said.happened_on < one.words.said.happened_on for one in opened), "before_it_was_told")


def _check_told_on(said: Said, body: Need1 | Visit1, at_door: Sitting, restated: Sequence[Wording]) -> None:
    """The day on which a need was told is not moved behind what was done about it: the one or the other is mistaken.

    Of a visit that heard of needs, its day is theirs. Whoever corrects something else, or the steps first, is let be.
    """
    needs = [body.need] if isinstance(body, Need1) else [one.need for one in body.needs]
    before = next((words.said.happened_on for words in reversed(restated) if words.body is not None), None)
    if before is None or said.happened_on <= before:
        return
    told = (fact for need in needs for fact in at_door.told(need) if fact.speaks_of(need))
    others = (fact for fact in told if fact.first != said.first)
    refuse(any(fact.last.said.happened_on < said.happened_on for fact in others), "done_before_that_day")


def _check_step(said: Said, body: NeedStep1, life: Life, at_door: Sitting) -> None:
    match body.step:
        case "owned":
            refuse(not life.is_open, "need_closed")
            refuse(not _is_posted(body.owner, life, said, at_door), "owner_not_posted_there")
        case "not_ours":
            refuse(not life.is_open, "need_closed")
        case "reopened":
            refuse(life.is_open or life.state == "merged", "need_not_closed")
        case "no_answer":
            asker, on = body.asker or body.need, said.happened_on
            code = why_no_answer(life, asker, log=at_door.log, author=said.author, on=on)
            refuse(bool(code), code)


def why_no_answer(life: Life, asker: UUID, *, log: UUID, author: UUID, on: date) -> str:
    """Give the code that refuses to record that somebody did not answer; nothing where it may be recorded."""
    if not life.is_open:
        return "need_closed"
    if life.owner is not None and life.owner != author:
        return "not_its_owner"
    asked = [day for day in askings(life, asker) if day <= on]
    days = working_days(log) if len(asked) > 1 else None
    apart = days is not None and days.working_days_after(asked[0], DAYS_BETWEEN).on <= asked[-1]
    return "" if apart else "asked_too_little"


def _check_handover(said: Said, body: Handover1, life: Life, at_door: Sitting, authority: Authority | None) -> None:
    refuse(body.step == "returned" and body.words is None, "words_missing")
    refuse(body.to is not None and at_door.units.get(body.to) not in DESKS, "unknown_unit")
    refuse(body.step == "sent" and not life.is_open, "need_closed")
    desk = life.held.speaks_for(said.unit)
    passed = [step.on for step in life.path if step.kind in PASSES]
    refuse(bool(passed) and said.happened_on < passed[-1], "before_what_it_follows")
    code = why_not(life.held, Pass(body.step, desk, said.author, body.to, body.office or ""))
    refuse(bool(code), code)
    serves = authority is None or desk == life.held.home or authority.serves(said.happened_on, unit=said.unit)
    refuse(not serves, "sent_to_another")


def _is_posted(owner: UUID | None, life: Life, said: Said, at_door: Sitting) -> bool:
    """Tell whether somebody is posted where a need lies, on the day it is told or of late, and works there."""
    days = {said.happened_on, clock.day_of(at_door.at)}
    posts = posts_of(at_door.log, [owner]) if owner else []
    return any(
        life.held.home in post.units and post.role in VILLAGE_ROLES and post.is_held_by(owner, day)
        for post in posts
        for day in days
        if owner
    )


def _life(need: UUID, at_door: Sitting, *, but: UUID) -> Life:
    """Live through a need as it stands under the lock, without the entry that is judged."""
    life = life_of(need, [fact for fact in at_door.told(need) if fact.first != but])
    if life is None:
        raise Refused("no_such_need")
    return life


def _home(need: UUID, at_door: Sitting) -> UUID | None:
    life = life_of(need, at_door.told(need))
    return life.held.home if life and isinstance(life.held.home, UUID) else None


def _is_the_same(body: Any, restated: Sequence[Wording]) -> bool:
    """Tell whether a correction leaves everything but the words as it was."""
    before = next((words.body for words in reversed(restated) if words.body is not None), None)
    if before is None or type(before) is not type(body):
        return False
    if not hasattr(body, "words"):
        return bool(before == body)
    return bool(msgspec.structs.replace(before, words=None) == msgspec.structs.replace(body, words=None))
