"""What the door asks of consents: whoever answers for themselves belongs to that household, and is no child."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.journal import reading
from concerto.journal.kinds.consents import Consent1
from concerto.journal.kinds.households import Home
from concerto.journal.said import Body, Said, Wording, stand
from concerto.register.agreeing import is_a_child
from concerto.register.current import aliases, current
from concerto.register.fields import standing_words
from concerto.register.models import Household, Resident

from .sitting import Sitting


def check_consent(said: Said, body: Body, at_door: Sitting) -> None:
    """Let somebody answer in a household in which they lived on that day, or live now.

    Both count: a move is often written down late or without its day, and a card offers whoever is there now. Names that
    were merged since are one.
    """
    if not isinstance(body, Consent1) or body.resident is None:
        return
    people, houses = _called("resident", at_door), _called("household", at_door)
    names = {body.resident, current(body.resident, people)}
    homes = {current(home, houses) for name in names for home in _homes_of(name, said.happened_on, at_door)}
    refuse(current(body.household, houses) not in homes, "lives_in_another_household")
    may_be_a_child = body.answer != "withdrawn"  # what was agreed once is taken back by anybody
    refuse(may_be_a_child and _is_a_child(body.resident, said.happened_on, at_door), "answers_through_a_guardian")


def _called(sort: str, at_door: Sitting) -> dict[UUID, UUID]:
    """Name what is called otherwise now, by this very batch too."""
    called = aliases(at_door.log, Household if sort == "household" else Resident)
    here = [thing for thing, words in at_door.things.items() if words and at_door.sort_of(thing) == sort]
    return called | {thing: row.called for thing in here for row in at_door.fold(thing).rows[:1] if row.called}


def _is_a_child(resident: UUID, day: date, at_door: Sitting) -> bool:
    """Tell whether somebody is known to be under fourteen, by the birth date that stands of them."""
    known = [words.text(changed["born"]) for words, changed in _told_of(resident, at_door) if changed.get("born")]
    return is_a_child(known[-1] or "", day) if known else False


def _told_of(resident: UUID, at_door: Sitting) -> list[tuple[Wording, Mapping[str, Any]]]:
    words = at_door.things.get(resident) or reading.about(at_door.log, [resident]).get(resident, [])
    return [(one, one.body.changes(resident)) for _, one in standing_words(resident, stand(words)) if one.body]


def _homes_of(resident: UUID, day: date, at_door: Sitting) -> set[UUID]:
    """Give the household somebody lived in on a day, and the one they live in now."""
    told = (changed for _words, changed in _told_of(resident, at_door))
    homes = [home for changed in told if isinstance(home := changed.get("home"), Home)]
    by_then = [home for home in homes if home.since is None or home.since <= day]
    return {home.household for home in (*by_then[-1:], *homes[-1:])}
