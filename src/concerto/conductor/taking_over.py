"""What the door asks of whoever takes a matter over: it is open, on the default desk's list, and nobody's yet."""

from datetime import date, datetime
from uuid import UUID

from concerto.groundwork import clock
from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.kinds.waivers import WaiverAnswer1
from concerto.journal.said import Body, Said
from concerto.parts.assistance.needs import life_of
from concerto.parts.assistance.states import OPEN as OPEN_STATES
from concerto.parts.assistance.states import Life
from concerto.register.access import Authority
from concerto.register.holding import came, held_desks, held_units, organizers, posted, working_days
from concerto.rulebook.unanswered import stands_since

from .sitting import Sitting

OPEN = {"need": OPEN_STATES, "waiver": ("asked",)}


def check_taken_over(said: Said, body: Body, at_door: Sitting, authority: Authority | None) -> None:
    """Let a matter be taken over once, by somebody who does not owe it, when its own desk has not answered; once more
    when who took it over can no longer stand in: a matter never has nobody."""
    today = clock.day_of(at_door.at)
    if isinstance(body, WaiverAnswer1) and authority is not None:
        may = authority.is_organizer(today) or taken_by(body.waiver, at_door) == said.author
        refuse(not may, "take_over_first")
    if not isinstance(body, TakenOver1):
        return
    row = next(iter(at_door.fold(body.matter).rows), None)
    refuse(row is None or row.state not in OPEN[body.what], "answered_already")
    life = _life(body, at_door, said.first)
    by = life.held.taken_by if life else taken_by(body.matter, at_door, but=said.first)
    refuse(isinstance(by, UUID) and bool(posted(at_door.log, {by}, today, kind="taken_over")), "taken_over_already")
    assert row is not None
    refuse(said.unit != row.unit, "not_in_this_unit")
    opened = at_door.told(body.matter)[0].texts[0].filed.first_received_at
    came_on = clock.day_of(datetime.fromisoformat(opened))
    if life is not None:
        came_on, is_held = _where_it_is(body.matter, life, came_on, at_door, today)
    else:
        is_held = bool(organizers(at_door.log, today) - {row.asked_by})
    has_clock = life is None or life.held.waits_for is not None
    since = stands_since(came_on, working_days(at_door.log), asof=today, is_held=is_held, has_clock=has_clock)
    refuse(since is None, "still_in_time")


def _life(body: TakenOver1, at_door: Sitting, first: UUID) -> Life | None:
    if body.what != "need":
        return None
    return life_of(body.matter, [fact for fact in at_door.told(body.matter) if fact.first != first])


def _where_it_is(need: UUID, life: Life, came_on: date, at_door: Sitting, today: date) -> tuple[date, bool]:
    """Say when a need came to the desk that has it or is to answer, and whether anybody is posted there."""
    held = life.held
    sent = [step for step in life.path if step.kind == "sent"]
    desk = held.waits_for or held.desk
    assert isinstance(desk, UUID)
    if desk == held.home:
        return came_on, bool(held_units(at_door.log, [desk], today))
    for fact in at_door.told(need):
        if sent and fact.first == sent[-1].entry:
            came_on = came(sent[-1].on, fact.texts[0].filed.first_received_at)
    return came_on, bool(held_desks(at_door.log, [desk], today))


def taken_by(matter: UUID, at_door: Sitting, *, but: UUID | None = None) -> UUID | None:
    """Name who has taken a matter over last, if that stands."""
    for fact in reversed(at_door.told(matter)):
        if isinstance(fact.body, TakenOver1) and fact.first != but:
            return fact.texts[0].said.author
    return None
