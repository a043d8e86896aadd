"""The fold of what is known of a village: a fact as it was said, and when it was last found to be still so."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.village_facts import FactConfirmed1, VillageFact1
from concerto.journal.opened import opening
from concerto.journal.said import Posting, Told, stored_in
from concerto.register.fields import fields, outdated


@stored_in("village_fact", ("log", "id"))
class VillageFactRow(NamedTuple):
    """A row of `VillageFact`."""

    log: UUID
    id: UUID
    village: UUID
    what: str
    number: int | None
    unit: str
    words: str
    name: str
    as_of: date
    source: str
    paper: str
    told_as: str
    confirmed_on: date | None
    seq: int
    source_withdrawn: bool
    wording: UUID


def fold_fact(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one fact into its row; the latest confirmation of what it says now keeps it fresh."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    fact, words, withdrawn = opened
    body = words.body
    assert isinstance(body, VillageFact1)
    gone_by = outdated(thing, told)
    found = [one for one in told if isinstance(one.body, FactConfirmed1) and one.first not in gone_by]
    days = [one.last.said.happened_on for one in found]
    row = VillageFactRow(
        log,
        thing,
        body.village,
        body.what,
        body.number,
        body.unit or "",
        body.words or "",
        body.name or "",
        body.as_of,
        body.source,
        body.paper or "",
        body.told_as or "",
        confirmed_on=max(days, default=None),
        seq=fact.first_seq,
        source_withdrawn=withdrawn,
        wording=fields(thing, told)["still_so"].wording,
    )
    return Posting([row])
