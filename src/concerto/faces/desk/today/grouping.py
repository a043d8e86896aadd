"""The order of what is owed, a page of it, and its headings: how soon it is due.

What stands alike is counted and ordered as one; only what a page shows is taken out of its stack.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import groupby, islice
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from concerto.rulebook.facts import Id
from concerto.rulebook.period import ONE_DAY

from .listed import drawn
from .rows import Owed, Stack


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    key: str
    title: str
    rows: Sequence[Owed]
    total: int

    def drawn(self) -> SafeString:
        """Write its rows."""
        return SafeString("\n".join(drawn(row) for row in self.rows))


class Pile(NamedTuple):
    """A stack, or some of it in the order of ids, and where it stands in the order of the page."""

    order: tuple[Any, ...]
    stack: Stack
    about: Sequence[Id]


def in_turn(stacks: Iterable[Stack]) -> Iterator[Pile]:
    """Put stacks soonest first; what was missed comes behind."""
    return (Pile(turn_of(stack), stack, stack.about) for stack in stacks)


def turn_of(stack: Stack) -> tuple[Any, ...]:
    """Tell where a stack stands among others."""
    row = stack.row
    return row.is_missed, row.line.due, row.part, row.line.duty


def page_of(piles: Iterable[Pile], start: int, most: int) -> list[tuple[Stack, Id]]:
    """Take out what one page shows; of the same turn what comes first is told by what it is about."""
    found: list[tuple[Stack, Id]] = []
    ordered = sorted(piles, key=lambda pile: pile.order)
    for _, alike in groupby(ordered, key=lambda pile: pile.order):
        some = list(alike)
        if start < sum(len(pile.about) for pile in some):
            each = merge(*map(_each, some), key=lambda one: str(one[1]))  # those of a pile are in this order
            found += islice(each, start, start + most - len(found))
        start = max(0, start - sum(len(pile.about) for pile in some))
        if len(found) >= most:
            break
    return found


def _each(pile: Pile) -> Iterator[tuple[Stack, Id]]:
    return ((pile.stack, about) for about in pile.about)


TITLES = ("missed_its_day", "today", "week", "month", "later", "makeable")


def by_day(stacks: Iterable[Stack], shown: Iterable[Owed], asof: date) -> Iterator[Group]:
    """Group rows by how soon they are due; what was missed and can still be made good comes last."""
    monday = asof - ONE_DAY * asof.weekday()
    sunday = monday + 6 * ONE_DAY
    words = {
        "missed_its_day": gettext("Over their day"),
        "today": gettext("To do today"),
        "week": gettext("This week"),
        "month": gettext("By the end of the month"),
        "later": gettext("Later"),
        "makeable": gettext("Missed, and can still be made good"),
    }

    def key(row: Owed) -> str:
        if row.is_missed:
            return "missed_its_day" if row.place.last_day(row.line) == date.max else "makeable"
        due = row.line.due
        if due <= asof:
            return "today"
        if due <= sunday:
            return "week"
        return "month" if (due.year, due.month) == (asof.year, asof.month) else "later"

    totals: Counter[str] = Counter()
    for stack in stacks:
        totals[key(stack.row)] += len(stack.about)
    by_key: dict[str, list[Owed]] = {}
    for row in shown:
        by_key.setdefault(key(row), []).append(row)
    for name in TITLES:
        if name in by_key:
            yield Group(name, words[name], by_key[name], totals[name])
