"""The fold of matter slips: printed, given, asked by, void → a row each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.slips import CallAsked1, MatterSlip1
from concerto.journal.said import Posting, Told, stored_in

from .fields import fields, opened_by, standing_words, wordings_text


@stored_in("matter_slip", ("log", "id"))
class MatterSlipRow(NamedTuple):
    """A row of `MatterSlip`."""

    log: UUID
    id: UUID
    serial: str
    code: str
    matter: UUID | None
    what: str
    household: UUID | None
    given_on: date | None
    given_by: UUID | None
    void: bool
    call_asked_on: date | None
    source_withdrawn: bool
    wordings: str


def fold_matter_slip(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a slip into its row; one that was given outlives the sheet it was printed on."""
    opener, now = opened_by(thing, told), fields(thing, told)
    if opener is None or "code" not in now:
        return Posting()
    code, given = now["code"], now.get("given")
    matter, what, household = given.value if given else (None, "", None)
    words = [one for _fact, one in standing_words(thing, told)]
    giving = next((one for one in reversed(words) if isinstance(one.body, MatterSlip1)), None)
    asked = [one.said.happened_on for one in words if isinstance(one.body, CallAsked1)]
    row = MatterSlipRow(
        log,
        thing,
        serial=now["serial"].value,
        code=code.told_in.text(code.value) or "",
        matter=matter,
        what=what,
        household=household,
        given_on=giving.said.happened_on if giving else None,
        given_by=giving.said.author if giving else None,
        void="void" in now,
        call_asked_on=max(asked, default=None),
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])
