"""The folds of what a township changes of the mechanism: a local edition with its answer, a year's days off → a row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from concerto.groundwork import canonical
from concerto.journal.kinds.editions import DayTable1, Edition1, EditionAnswer1
from concerto.journal.said import Posting, Told, stored_in

from .fields import answer_to, fields, opened_by, wordings_text


@stored_in("local_edition", ("log", "id"))
class EditionRow(NamedTuple):
    """A row of `LocalEdition`."""

    log: UUID
    id: UUID
    duty: str
    since: date
    told: str
    state: str
    proposed_by: UUID
    proposed_on: date
    answered_by: UUID | None
    answered_on: date | None
    source_withdrawn: bool
    wordings: str


def fold_edition(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a local edition into its row; the last answer that stands is its answer."""
    opener = opened_by(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None or not isinstance(words.body, Edition1):
        return Posting()
    body, now = words.body, fields(thing, told)
    answered_by, answered_on = answer_to(thing, told, EditionAnswer1)
    row = EditionRow(
        log,
        thing,
        duty=body.duty,
        since=body.since,
        told=canonical.write(msgspec.to_builtins(body.told())),
        state=now["answer"].value,
        proposed_by=opener.texts[0].said.author,
        proposed_on=words.said.happened_on,
        answered_by=answered_by,
        answered_on=answered_on,
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])


@stored_in("day_table", ("log", "id"))
class DaysRow(NamedTuple):
    """A row of `LocalDays`."""

    log: UUID
    id: UUID
    year: int
    source: str
    off: str
    worked: str


def fold_days(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a year's days off into its row; a withdrawn table leaves none."""
    opener = opened_by(thing, told)
    body = opener.body if opener else None
    if not isinstance(body, DayTable1):
        return Posting()
    off, worked = (",".join(day.isoformat() for day in sorted(days)) for days in (body.off, body.worked))
    return Posting([DaysRow(log, thing, body.year, body.source, off, worked)])
