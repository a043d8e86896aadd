"""The folds of rounds, by village and until when, and of wishes: how often a household is to be visited."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.rounds import Round1, RoundEnd1, VisitWish1
from concerto.journal.opened import opening
from concerto.journal.said import Posting, Told, stored_in
from concerto.register.fields import fields


@stored_in("visit_round")
class RoundRow(NamedTuple):
    """A row of `Round`."""

    log: UUID
    id: UUID
    n: int
    village: UUID
    since: date
    until: date
    stopped_on: date | None
    entry: UUID
    stop: UUID | None
    campaign: str
    source_withdrawn: bool
    wording: UUID


def fold_round(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of one round into a row for each village it covers; stopped is it by the first that stands."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    fact, words, withdrawn = opened
    body = words.body
    assert isinstance(body, Round1)
    ends = [one for one in told if isinstance(one.body, RoundEnd1)]
    stop = min(ends, key=lambda one: (one.last.said.happened_on, one.first_seq), default=None)
    rows = [
        RoundRow(
            log,
            thing,
            n,
            village,
            body.since,
            body.until,
            stopped_on=stop.last.said.happened_on if stop else None,
            entry=fact.first,
            stop=stop.first if stop else None,
            campaign=body.campaign or "",
            source_withdrawn=withdrawn,
            wording=fields(thing, told)["ended"].wording,
        )
        for n, village in enumerate(body.villages)
    ]
    return Posting(rows)


@stored_in("visit_wish", ("log", "id"))
class WishRow(NamedTuple):
    """A row of `VisitWish`."""

    log: UUID
    id: UUID
    household: UUID
    often: str
    on: date
    seq: int


def fold_wish(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what a household said of how often it wishes to be visited into its row; taken back it leaves none."""
    body = told[0].body if told else None
    if not isinstance(body, VisitWish1):
        return Posting()
    fact = told[0]
    return Posting([WishRow(log, thing, body.household, body.often, fact.last.said.happened_on, fact.first_seq)])
