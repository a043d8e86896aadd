"""The order of steps: as they happened, never as they came."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Protocol, TypeVar

from .facts import Id


class Numbered(Protocol):
    """A step of some kind that a device numbered; `seen` are the entries that its author had before them."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def entry(self) -> Id: ...
    @property
    def device(self) -> Id: ...
    @property
    def number(self) -> int: ...
    @property
    def seen(self) -> Collection[Id]: ...


S = TypeVar("S", bound=Numbered)


def in_turn(steps: Iterable[S], natural: Sequence[str]) -> Iterator[S]:
    """Order steps by their days. Within a day each device's own order stands, and none comes before what its author had
    seen; between devices that say no more the natural order of the steps decides.

    >>> from typing import NamedTuple
    >>> class One(NamedTuple):
    ...     kind: str
    ...     on: date
    ...     entry: str
    ...     device: str
    ...     number: int
    ...     seen: tuple = ()
    >>> day = date(2026, 9, 1)
    >>> some = [One("told", day, "c", "desk", 9), One("no", day, "b", "slip", 1), One("done", day, "a", "desk", 8)]
    >>> [one.kind for one in in_turn(some, ("done", "told", "no"))]
    ['done', 'told', 'no']
    >>> there = [One("returned", day, "y", "b", 1, ("x",)), One("accepted", day, "w", "b", 2, ("z",))]
    >>> back_and_forth = [One("sent", day, "x", "a", 1), One("sent", day, "z", "a", 2, ("y",)), *there]
    >>> [one.entry for one in in_turn(back_and_forth, ("sent", "accepted", "returned"))]
    ['x', 'y', 'z', 'w']
    """
    for _, of_a_day in groupby(sorted(steps, key=lambda step: step.on), key=lambda step: step.on):
        yield from _of_a_day(list(of_a_day), natural)


def _of_a_day(steps: list[S], natural: Sequence[str]) -> Iterator[S]:
    lines: defaultdict[Id, list[S]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: (step.number, str(step.entry)), reverse=True):
        lines[step.device].append(step)
    waiting = {step.entry for step in steps}
    while lines:
        heads = [line[-1] for line in lines.values()]
        # where days were corrected so that nobody can have seen it so, the natural order has to do
        free = [one for one in heads if waiting.isdisjoint(one.seen)] or heads
        first = min(free, key=lambda one: (natural.index(one.kind), str(one.entry)))
        yield lines[first.device].pop()
        waiting.discard(first.entry)
        if not lines[first.device]:
            del lines[first.device]
