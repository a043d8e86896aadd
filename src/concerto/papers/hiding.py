"""Which numbers of a table are not told to whoever is told how many and nothing else: the small ones, and those beside
them without which a small one could be reckoned from a sum.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from .few import SMALL

Cell = TypeVar("Cell", bound=Hashable)
UNTOLD = "–"


def hidden(cells: Mapping[Cell, int], lines: Iterable[Collection[Cell]], *, open_: Collection[Cell] = ()) -> set[Cell]:
    """Name the cells that are not told, where the sum of each line is known; what is `open_` is told whatever it is.

    Of a small one it is known that it is none of 0 and 5 or more, and of one hidden beside it that it is one of these.
    A line tells what it hides where only one way is left to make up its sum. Then its smallest other number is hidden
    too, and a nothing where there is none; a line of which all is hidden tells its sum all the same.

    >>> sorted(hidden({"water": 3, "road": 9, "work": 20}, [["water", "road", "work"]]))
    ['road', 'water']
    >>> sorted(hidden({"water": 3, "road": 2, "work": 20}, [["water", "road", "work"]]))
    ['road', 'water']
    >>> sorted(hidden({"water": 4, "road": 4, "work": 20}, [["water", "road", "work"]]))
    ['road', 'water', 'work']
    >>> sorted(hidden({"water": 1, "road": 5, "work": 20}, [["water", "road", "work"]]))
    ['road', 'water', 'work']
    """
    gone = {cell for cell, n in cells.items() if 0 < n < SMALL and cell not in open_}
    asked = deque(lines)
    crossing: defaultdict[Cell, list[Collection[Cell]]] = defaultdict(list)
    for line in asked:
        for cell in line:
            crossing[cell].append(line)
    while asked:
        line = asked.popleft()
        if _tells(cells, [cell for cell in line if cell in gone]):
            others = [cell for cell in line if cell not in gone and cell not in open_]
            if others:
                beside = min(others, key=lambda cell: (cells[cell] == 0, cells[cell]))
                gone.add(beside)
                asked.extend(crossing[beside])
    return gone


def _tells(cells: Mapping[Cell, int], within: Collection[Cell]) -> bool:
    """Tell whether a known sum of these leaves one way to make it up."""
    small = sum(0 < cells[cell] < SMALL for cell in within)
    beside = len(within) - small
    rest = sum(cells[cell] for cell in within)
    if len(within) < 2 or not small:
        return len(within) == 1 or (bool(within) and rest == 0)
    if not beside:
        return rest in (small, small * (SMALL - 1))
    # what is hidden beside a small one stands with another sign, so its reader knows that it is not small itself
    sums = [n for n in range(small, small * (SMALL - 1) + 1) if rest == n or rest - n >= SMALL]
    return len(sums) == 1
