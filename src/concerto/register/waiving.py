"""The fold of waivers: what was asked, and how it was answered → its row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.waivers import Waiver1, WaiverAnswer1
from concerto.journal.said import Posting, Told, stored_in

from .fields import answer_to, fields, opened_by, wordings_text


@stored_in("waiver", ("log", "id"))
class WaiverRow(NamedTuple):
    """A row of `Waiver`."""

    log: UUID
    id: UUID
    unit: UUID
    duty: str
    owed_by: UUID
    about: UUID | None
    period: str
    reason: str
    state: str
    asked_by: UUID
    asked_on: date
    answered_by: UUID | None
    answered_on: date | None
    source_withdrawn: bool
    wordings: str


def fold_waiver(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a waiver into its row; the last answer that stands is its answer."""
    opener = opened_by(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None or not isinstance(words.body, Waiver1):
        return Posting()
    body, now = words.body, fields(thing, told)
    answered_by, answered_on = answer_to(thing, told, WaiverAnswer1)
    row = WaiverRow(
        log,
        thing,
        unit=words.said.unit,
        duty=body.duty,
        owed_by=body.owed_by,
        about=body.about,
        period=body.period,
        reason=body.reason,
        state=now["answer"].value,
        asked_by=opener.texts[0].said.author,
        asked_on=words.said.happened_on,
        answered_by=answered_by,
        answered_on=answered_on,
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])
