"""The fold of mediators: what was told of one line of the panel → its row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.panel import PanelMember1
from concerto.journal.said import Posting, Told, stored_in

from .fields import fields, opened_by, wordings_text


@stored_in("panel_member", ("log", "id"))
class PanelMemberRow(NamedTuple):
    """A row of `PanelMember`."""

    log: UUID
    id: UUID
    unit: UUID
    account: UUID | None
    name: str
    how: str
    post: str
    languages: str
    holds_seal: bool
    sits_on: str
    since: date
    until: date | None
    source_withdrawn: bool
    wordings: str


def fold_panel_member(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a mediator's line into its row."""
    opener, now = opened_by(thing, told), fields(thing, told)
    words = opener.last_about(thing) if opener else None
    if opener is None or words is None or not isinstance(words.body, PanelMember1):
        return Posting()
    body = words.body
    row = PanelMemberRow(
        log,
        thing,
        unit=body.unit,
        account=body.account,
        name=(words.text(body.name) or "") if body.name else "",
        how=now["how"].value,
        post=now["post"].value,
        languages=",".join(now["languages"].value),
        holds_seal=now["holds_seal"].value,
        sits_on=",".join(str(day) for day in sorted(now["sits_on"].value)),
        since=now["since"].value,
        until=now["until"].value,
        source_withdrawn=not opener.speaks_of(thing),
        wordings=wordings_text(now),
    )
    return Posting([row])
