"""Where a page of a list goes on: behind its last row, in the list's own order, whatever came or went meanwhile."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q


class Cursor(NamedTuple):
    """The last need or case of a page of its board, by the keys of its place: the next page goes on behind it."""

    rank: int
    on: date
    id: UUID

    def __str__(self) -> str:
        return f"{self.rank}.{self.on.isoformat()}.{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; nonsense begins at the start."""
        try:
            rank, on, matter = text.split(".")
            return cls(int(rank) % 10, date.fromisoformat(on), UUID(matter))
        except ValueError:
            return None


def behind(*keys: tuple[str, Any]) -> Q:
    """Ask for what stands behind a row whose keys are these, the last of them its own; "-" in front of one goes down.

    >>> behind(("-month", 7), ("id", 3))
    <Q: (OR: ('month__lt', 7), (AND: ('month', 7), ('id__gt', 3)))>
    """
    (order, value), *others = keys
    name = order.removeprefix("-")
    further = Q(**{f"{name}__{'lt' if order.startswith('-') else 'gt'}": value})
    return further | (Q(**{name: value}) & behind(*others)) if others else further
