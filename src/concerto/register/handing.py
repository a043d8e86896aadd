"""The fold of handovers: which desks a matter was sent to, so that they may read it until they have returned it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from concerto.journal.kinds.needs import Handover1
from concerto.journal.kinds.taking_over import TakenOver1
from concerto.journal.opened import opening, seen
from concerto.journal.said import Posting, Told, stored_in
from concerto.rulebook.handshake import STEPS, Pass, held
from concerto.rulebook.turns import in_turn


@stored_in("handed_over")
class HandedOverRow(NamedTuple):
    """A row of `HandedOver`."""

    log: UUID
    id: UUID
    n: int
    desk: UUID


class Move(NamedTuple):
    """One step of the handshake, and what orders it."""

    kind: str
    on: date
    entry: UUID
    device: UUID
    number: int
    passed: Pass
    seen: frozenset[UUID]


def fold_handed(log: UUID, thing: UUID, told: Sequence[Told]) -> Posting:
    """Turn what was told of a matter into a row for each desk that it is with."""
    opened = opening(thing, told)
    if opened is None:
        return Posting()
    saw = seen(thing, told)
    moves = in_turn((move for fact in told for move in _moves(fact, saw[fact.first])), STEPS)
    desks = dict.fromkeys(held(opened.words.said.unit, (move.passed for move in moves)).desks)
    return Posting([HandedOverRow(log, thing, n, desk) for n, desk in enumerate(desks) if isinstance(desk, UUID)])


def _moves(fact: Told, saw: frozenset[UUID]) -> Iterator[Move]:
    first, last, body = fact.texts[0].said, fact.last.said, fact.body
    order = (last.happened_on, fact.first, first.device, first.number)
    if isinstance(body, Handover1):
        yield Move(body.step, *order, Pass(body.step, last.unit, first.author, body.to, body.office or ""), saw)
    if isinstance(body, TakenOver1):
        yield Move("taken_over", *order, Pass("taken_over", last.unit, first.author), saw)
