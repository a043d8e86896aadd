"""Where a page of a list goes on: behind its last row, in the list's own order, whatever came or went meanwhile."""

from typing import Any

from django.db.models import Q


def behind(*keys: tuple[str, Any]) -> Q:
    """Ask for what stands behind a row whose keys are these, the last of them its own; "-" in front of one goes down.

    >>> behind(("-month", 7), ("id", 3))
    <Q: (OR: ('month__lt', 7), (AND: ('month', 7), ('id__gt', 3)))>
    """
    (order, value), *others = keys
    name = order.removeprefix("-")
    further = Q(**{f"{name}__{'lt' if order.startswith('-') else 'gt'}": value})
    return further | (Q(**{name: value}) & behind(*others)) if others else further
