"""The order of steps: as they happened, never as they came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Protocol, TypeVar

from .facts import Id


class Numbered(Protocol):
    """A step of some kind that a device numbered."""

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


S = TypeVar("S", bound=Numbered)


def in_turn(steps: Iterable[S], natural: Sequence[str]) -> Iterator[S]:
    """Order steps by their days. Within a day each device's own order stands, between devices the natural one.

    >>> from typing import NamedTuple
    >>> One = NamedTuple("One", [("kind", str), ("on", date), ("entry", str), ("device", str), ("number", int)])
    >>> day = date(2026, 9, 1)
    >>> some = [One("told", day, "c", "desk", 9), One("no", day, "b", "slip", 1), One("done", day, "a", "desk", 8)]
    >>> [one.kind for one in in_turn(some, ("done", "told", "no"))]
    ['done', 'told', 'no']
    """
    for _, of_a_day in groupby(sorted(steps, key=lambda step: step.on), key=lambda step: step.on):
        lines: defaultdict[Id, list[S]] = defaultdict(list)
        for step in sorted(of_a_day, key=lambda step: (step.number, str(step.entry)), reverse=True):
            lines[step.device].append(step)
        while lines:
            first = min(
                (line[-1] for line in lines.values()), key=lambda one: (natural.index(one.kind), str(one.entry))
            )
            yield lines[first.device].pop()
            if not lines[first.device]:
                del lines[first.device]
