"""Suggestions for tests, and replies to them."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from concerto.conductor.receive import Receipt
from concerto.groundwork import clock
from concerto.journal.kinds.suggestions import Suggestion1, SuggestionReply1
from tests.cast import NOON, TOWNSHIP, World

JUNE = date(2026, 6, 1)
WORDS = "夏牧场那条路，雨后车就进不去"


class Brought(NamedTuple):
    """What was suggested, and what the door said."""

    body: Suggestion1
    receipt: Receipt


def brought(
    world: World, by: Any, *, words: str = WORDS, topic: Any = "water_and_roads", on: date = JUNE,
    unit: UUID = TOWNSHIP, village: UUID | None = None, slip: UUID | None = None, at: Any = NOON, **more: Any,
) -> Brought:  # fmt: skip
    """Pass a suggestion upward."""
    key = uuid4()
    part = world.pen.seal(key, words)
    body = Suggestion1(suggestion=key, topic=topic, words=part.digest, village=village, slip=slip)
    item = world.pen.item(body, unit=unit, by=by, on=on, sealed=[part], at=at, **more)
    [receipt] = world.receive(item, by=by, at=at)
    return Brought(body, receipt)


def replied(
    world: World, one: Brought, by: Any, state: Any, *, to: str = "", words: str = "秋天之前会修",
    saw: UUID | None = None, at: Any = NOON,
) -> Receipt:  # fmt: skip
    """Say what became of it."""
    key = one.body.suggestion
    parts = {name: world.pen.seal(key, text) for name, text in (("to", to), ("words", words)) if text}
    body = SuggestionReply1(suggestion=key, state=state, **{name: part.digest for name, part in parts.items()})
    item = world.pen.item(
        body, unit=TOWNSHIP, by=by, on=clock.day_of(at), sealed=list(parts.values()), at=at,
        saw={f"{key}.reply": str(saw) if saw else None},
    )  # fmt: skip
    [receipt] = world.receive(item, by=by, at=at)
    return receipt
