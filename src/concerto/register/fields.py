"""Which value a thing's field has now, and which wording gave it: what a change must have seen."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from concerto.groundwork import canonical
from concerto.journal.kinds.households import Merger1
from concerto.journal.said import Body, How, Told, Wording


class Seen(NamedTuple):
    """A field's value, the wording that gave it, and where to look its sealed words up."""

    value: Any
    wording: UUID
    told_in: Wording


def standing_words(thing: UUID, told: Sequence[Told]) -> Iterator[tuple[Told, Wording]]:
    """Give, in order, each fact about a thing with the wording in force.

    What opened the thing still counts after its withdrawal: households and people never vanish.
    """
    for fact in told:
        words = fact.last if fact.speaks_of(thing) else None
        if words is None and is_opener(fact, thing):
            words = fact.last_about(thing)
        if words is not None and words.body is not None:
            yield fact, words


def answer_to(thing: UUID, told: Sequence[Told], kind: type[Body]) -> tuple[UUID, date] | tuple[None, None]:
    """Say who answered what was asked, and for which day: the last answer that stands, by whom it was last worded."""
    answers = [(fact, words) for fact, words in standing_words(thing, told) if isinstance(words.body, kind)]
    if not answers:
        return None, None
    _fact, words = answers[-1]
    return words.said.author, words.said.happened_on


def is_opener(fact: Told, thing: UUID) -> bool:
    """Tell whether this fact is what opened the thing."""
    return any(t.thing == thing and t.how == 3 for w in fact.texts if w.body for t in w.body.named(fact.first))


def fields(thing: UUID, told: Sequence[Told]) -> dict[str, Seen]:
    """Fold the fields of one thing. A merger changes every field of the name that goes."""
    now: dict[str, Seen] = {}
    gone_by = outdated(thing, told)
    for fact, words in standing_words(thing, told):
        assert words.body is not None
        if fact.first in gone_by:
            continue
        for name, value in words.body.changes(thing).items():
            now[name] = Seen(value, _since_when(fact, words, thing, name, value), words)
        if isinstance(words.body, Merger1) and words.body.gone == thing:
            now = {name: Seen(seen.value, words.said.id, seen.told_in) for name, seen in now.items()}
    return now


def outdated(thing: UUID, told: Sequence[Told]) -> frozenset[UUID]:
    """Name the facts that found a value to be still so, where another value stands in its place by now.

    One such fact may have seen another, also one that was taken back: what counts is the value they go back to.
    """
    echoes = {fact.first: name for fact in told for words in fact.texts if words.body and (name := words.body.ECHOES)}
    if not echoes:
        return frozenset()
    whose = {words.said.id: fact for fact in told for words in fact.texts}
    stands = fields(thing, [fact for fact in told if fact.first not in echoes])

    def is_outdated(fact: Told, name: str) -> bool:
        saw, passed = fact.texts[0].said.saw.get(f"{thing}.{name}"), {fact.first}
        while saw in whose and whose[saw].first in echoes.keys() - passed:
            passed.add(whose[saw].first)
            saw = whose[saw].texts[0].said.saw.get(f"{thing}.{name}")
        return name not in stands or saw != stands[name].wording

    return frozenset(fact.first for fact in told if fact.first in echoes and is_outdated(fact, echoes[fact.first]))


def _since_when(fact: Told, words: Wording, thing: UUID, name: str, value: Any) -> UUID:
    """Find the earliest wording of a fact since which the value is the same: leaving it alone leaves its id."""
    wording = words.said.id
    for earlier in reversed(fact.texts[: fact.texts.index(words)]):
        if earlier.body is None or earlier.body.changes(thing).get(name, ...) != value:
            break
        wording = earlier.said.id
    return wording


def wordings_text(now: dict[str, Seen]) -> str:
    """Write which wording gave each field, for the forms that will change it."""
    return canonical.write({name: str(now[name].wording) for name in sorted(now)})


def opened_by(thing: UUID, told: Sequence[Told]) -> Told | None:
    """Find the fact that opened a thing."""
    return next((fact for fact in told if is_opener(fact, thing)), None)


def is_erased(thing: UUID, told: Sequence[Told]) -> bool:
    """Tell whether a standing erasure names the thing as a whole."""
    return any(
        touch.thing == thing and touch.how is How.ERASES
        for fact in told
        if fact.kind == "erasure" and fact.body is not None
        for touch in fact.body.named(fact.first)
    )
