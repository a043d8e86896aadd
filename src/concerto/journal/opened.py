"""Things that one entry opens along the way: when they stand, and when they outlive what opened them."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from .said import How, Told, Wording


class Opening(NamedTuple):
    """Where a thing comes from: the fact, the last wording that spoke of it, whether that fact let it go."""

    fact: Told
    words: Wording
    source_withdrawn: bool


def opening(thing: UUID, told: Sequence[Told]) -> Opening | None:
    """Find what opened a thing. Let go by its source, it stands only if another fact has changed it since."""
    for fact in told:
        words = fact.last_about(thing)
        if words is None or words.body is None:
            continue
        if not any(t.thing == thing and t.how is How.OPENS for t in words.body.named(fact.first)):
            continue
        others = any(other.first != fact.first and _changes(other, thing) for other in told)
        if fact.speaks_of(thing) or others:
            return Opening(fact, words, not fact.speaks_of(thing))
    return None


def _changes(fact: Told, thing: UUID) -> bool:
    body = fact.body
    return body is not None and any(t.thing == thing and t.how is How.CHANGES for t in body.named(fact.first))


def part_of(parts: Sequence[Any], name: str, thing: UUID) -> Any:
    """Pick what a body says of one of the things it opens."""
    return next(part for part in parts if getattr(part, name) == thing)


def seen(thing: UUID, told: Sequence[Told]) -> dict[UUID, frozenset[UUID]]:
    """Name for each fact about a thing the other facts about it that its author had seen when it was first told."""
    whose = {words.said.id: fact.first for fact in told for words in fact.texts}
    return {
        fact.first: frozenset(
            whose[had]
            for key, had in fact.texts[0].said.saw.items()
            if had in whose and key.startswith(f"{thing}.") and whose[had] != fact.first
        )
        for fact in told
    }
