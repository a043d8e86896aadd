"""What the door asks of a suggestion: a month and no day, no small village, nobody's name or telephone in its words."""

import re
from collections.abc import Mapping
from uuid import UUID

from concerto.groundwork import database
from concerto.groundwork.phones import LANDLINE, MOBILE
from concerto.groundwork.refusals import refuse
from concerto.journal.kinds.suggestions import Suggestion1, SuggestionReply1
from concerto.journal.said import Body, Said, SealedPart
from concerto.parts.assistance.suggestions import MAY_FOLLOW

from .sitting import Sitting

FEWEST_HOUSEHOLDS = 20
_LARGE = (
    "SELECT village FROM household WHERE log = %s AND called IS NULL AND left_on IS NULL AND NOT source_withdrawn "
    "GROUP BY village HAVING COUNT(*) >= %s"
)
_NAMES = "SELECT DISTINCT name FROM resident WHERE log = %s AND name <> ''"
_SLIP = "SELECT matter, void FROM matter_slip WHERE log = %s AND id = %s"
_TAKEN = "SELECT id FROM suggestion WHERE log = %s AND slip = %s"  # taken back too: its slip stays where it was left


def check_suggestion(said: Said, body: Body, sealed: Mapping[str, SealedPart], at_door: Sitting) -> None:
    """Let in what tells neither day nor person; what it replies to stands, and its state leads there."""
    if isinstance(body, Suggestion1):
        refuse(said.unit != said.log, "not_in_this_unit")
        refuse(said.happened_on.day != 1, "day_of_a_suggestion")
        refuse(said.about is not None, "suggestion_about_somebody")
        refuse(body.village is not None and body.village not in large_villages(at_door.log), "village_too_small")
        _check_slip(said, body, at_door)
    elif isinstance(body, SuggestionReply1):
        refuse(said.unit != said.log, "not_in_this_unit")
        rows = at_door.fold(body.suggestion).rows
        refuse(not rows or any(row.source_withdrawn for row in rows), "suggestion_taken_back")
        following = said.corrects is not None or all(body.state in MAY_FOLLOW[row.state] for row in rows)
        refuse(not following, "reply_does_not_follow")
    else:
        return
    check_names_nobody(at_door.log, [part.text for part in sealed.values()])


def large_villages(log: UUID) -> frozenset[UUID]:
    """Name the villages that have enough households to stand beside a suggestion."""
    return frozenset(database.to_uuid(village) for (village,) in database.fetch(_LARGE, [log, FEWEST_HOUSEHOLDS]))


def check_names_nobody(log: UUID, texts: list[str]) -> None:
    """Refuse words that hold a telephone number, or the name of somebody of the township's register."""
    refuse(any(MOBILE.search(text) or LANDLINE.search(text) for text in texts), "suggestion_holds_a_phone")
    together = _plain(" ".join(texts))
    names = (_plain(name) for (name,) in database.fetch(_NAMES, [log]))
    refuse(any(len(name) > 1 and name in together for name in names), "suggestion_names_somebody")


def _plain(text: str) -> str:
    return re.sub(r"[\s·•・.]", "", text)


def _check_slip(said: Said, body: Suggestion1, at_door: Sitting) -> None:
    """A slip that brings the answer back is printed, not lost, and nobody's: for the office it stays nobody's."""
    if said.corrects is not None:
        before = at_door.facts[said.corrects][0].body
        refuse(isinstance(before, Suggestion1) and before.slip != body.slip, "slip_keeps_its_matter")
        return
    if body.slip is None:
        return
    found = database.fetch(_SLIP, [at_door.log, body.slip])
    refuse(not found, "slip_not_printed")
    refuse(any(void for _matter, void in found), "slip_void")
    taken = any(matter is not None for matter, _void in found) or database.fetch(_TAKEN, [at_door.log, body.slip])
    refuse(bool(taken), "slip_given_already")
