"""Who else did what an entry tells: it is theirs too, and each of them can say that they were not there."""

from uuid import UUID

from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.meeting import Meeting1
from concerto.journal.kinds.presence import NotThere1
from concerto.journal.kinds.study import Study1
from concerto.journal.kinds.visit import Visit1
from concerto.journal.said import Body, Said

from .sitting import Sitting


def companions_named(body: Body | None) -> list[UUID]:
    """Name the accounts with whom something was done, where its kind asks for them."""
    return body.made_with if isinstance(body, Visit1 | Meeting1 | Study1) else []


def check_named_there(said: Said, body: Body, at_door: Sitting) -> None:
    """Who was not there is somebody whom the entry names, and speaks of its day."""
    if isinstance(body, NotThere1):
        told = at_door.told(body.entry)
        named = bool(told) and said.author in companions_named(told[0].body)
        refuse(not named or told[0].last.said.happened_on != said.happened_on, "not_named_there")
