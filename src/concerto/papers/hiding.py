"""Which numbers of a table are not told to whoever is told how many and nothing else: the small ones, and those beside
them without which a small one could be reckoned from the sums.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Generic, TypeVar

from .few import SMALL

Cell = TypeVar("Cell", bound=Hashable)
UNTOLD = "–"
NOWHERE = -1  # the line of what is summed up nowhere
Place = tuple[int, int]  # a line, and what was brought to it
Cost = tuple[int, int, int]  # sums that are told no more, then other numbers, then how large they are


def hidden(
    cells: Mapping[Cell, int], sums: Iterable[tuple[Cell, Collection[Cell]]], *, open_: Collection[Cell] = ()
) -> set[Cell]:
    """Name the numbers that are not told; `sums` gives each sum with its parts, and what is `open_` is told.

    Of a small one its reader knows that it is none of 0 and 5 or more, and of one hidden beside it that it is one of
    these. A small one is safe while it could be one more or one less and others that are hidden make up for it in every
    sum, none of them leaving what is known of it: all sums are looked at together, as its reader would. So that it is,
    as few others as will do are hidden, the smallest of them, and a sum only where nothing else will do.

    >>> def beside(**row): return sorted(hidden({**row, "all": sum(row.values())}, [("all", list(row))]))
    >>> beside(water=3, road=9, work=20)
    ['road', 'water']
    >>> beside(water=3, road=2, work=20)
    ['road', 'water']
    >>> beside(water=4, road=4, work=20)
    ['road', 'water', 'work']
    >>> beside(water=1, road=5, work=20)
    ['water', 'work']
    >>> beside(water=4, road=4)
    ['all', 'road', 'water']
    """
    small = [cell for cell, n in cells.items() if 0 < n < SMALL and cell not in open_]
    if not small:
        return set()
    table = _Table(cells, sums, set(small), open_)
    safe = set[Cell]()
    for cell in small:
        if cell not in safe:
            others = table.made_up_by(cell)
            safe.update(others)  # they change with it, so this makes up for each of them as well
            table.hide(others)
    return table.gone


class _Table(Generic[Cell]):
    """Numbers between the sums they are in; `gone` are those that are not told. A line is a sum and its parts.

    What makes up for a number that is changed by one is a walk from one of its lines to its other, each step by a
    number that takes back what the one before it brought there; none of them goes over a number twice.
    """

    def __init__(
        self,
        cells: Mapping[Cell, int],
        sums: Iterable[tuple[Cell, Collection[Cell]]],
        gone: set[Cell],
        open_: Collection[Cell],
    ) -> None:
        self.cells, self.open = cells, open_
        self.gone = set[Cell]()
        self.sums = set[Cell]()
        self.ends: defaultdict[Cell, list[tuple[int, int]]] = defaultdict(list)
        self.within: defaultdict[int, list[tuple[Cell, int]]] = defaultdict(list)
        for line, (total, parts) in enumerate(sums):
            self.sums.add(total)
            for cell, sign in ((total, -1), *((part, 1) for part in parts)):
                self.ends[cell].append((line, sign))
        for cell in cells:  # what is in one sum alone gives what it takes there to where nobody sums up
            while len(self.ends[cell]) < 2:
                self.ends[cell].append((NOWHERE, -self.ends[cell][0][1] if self.ends[cell] else 1))
            for line, sign in self.ends[cell]:
                self.within[line].append((cell, sign))
        self.gone_within: defaultdict[int, list[tuple[Cell, int]]] = defaultdict(list)
        self.hide(gone)

    def hide(self, cells: Collection[Cell]) -> None:
        """Tell these no more."""
        for cell in set(cells) - self.gone:
            self.gone.add(cell)
            for line, sign in self.ends[cell]:
                self.gone_within[line].append((cell, sign))

    def made_up_by(self, cell: Cell) -> tuple[Cell, ...]:
        """Name the others that make up for a small one if it were another: hidden ones, and as few more as will do."""
        ways = [by for by in (1, -1) if self._may(cell, by)]
        for by in ways:  # those that are hidden are few, so they are asked first
            if quick := self._quick_walk(cell, by):
                return quick
        walks = [walk for by in ways if (walk := self._walk(cell, by))]
        return min(walks, key=lambda walk: walk[0])[1] if walks else ()

    def _quick_walk(self, cell: Cell, by: int) -> tuple[Cell, ...]:
        """Go any walk over what is hidden already, to the line where more is."""
        (start, sign), (end, its) = sorted(self.ends[cell], key=lambda there: -len(self.gone_within[there[0]]))
        first, last = (end, its * by), (start, -sign * by)
        ahead, came = [first], {first: (first, cell)}
        while ahead and last not in came:
            here = ahead.pop()
            for other, there in self._steps(cell, self.gone_within[here[0]], *here):
                if there not in came:
                    came[there] = (here, other)
                    ahead.append(there)
        return tuple(_back(came, first, last)) if last in came else ()

    def _walk(self, cell: Cell, by: int) -> tuple[Cost, tuple[Cell, ...]] | None:
        """Go the walk that hides least."""
        (start, sign), (end, its) = self.ends[cell]
        first, last = (end, its * by), (start, -sign * by)
        none: Cost = (0, 0, 0)
        ahead: list[tuple[Cost, int, Place, Place, Cell]] = [(none, 0, first, first, cell)]
        came: dict[Place, tuple[Place, Cell]] = {}
        tick = 0
        while ahead:
            cost, _tick, here, before, over = heappop(ahead)
            if here in came:
                continue
            came[here] = (before, over)
            if here == last:
                return cost, tuple(_back(came, first, last))
            for other, there in self._steps(cell, self.within[here[0]], *here):
                if there not in came:
                    tick += 1
                    then = cost if other in self.gone else self._dearer(cost, other)
                    heappush(ahead, (then, tick, there, here, other))
        return None

    def _steps(
        self, cell: Cell, others: Sequence[tuple[Cell, int]], line: int, brought: int
    ) -> Iterator[tuple[Cell, Place]]:
        """Give each number that may take back what was brought to a line, and what it brings to its other one."""
        for other, sign in others:
            by = -brought * sign
            if other != cell and other not in self.open and self._may(other, by):
                first, second = self.ends[other]
                there, its = second if first == (line, sign) else first
                yield other, (there, its * by)

    def _may(self, cell: Cell, by: int) -> bool:
        """Tell whether one that is hidden could be one more or one less, for all that is known of it by itself."""
        n = self.cells[cell]
        return 0 < n + by < SMALL if 0 < n < SMALL else n + by >= SMALL

    def _dearer(self, cost: Cost, cell: Cell) -> Cost:
        is_sum = cell in self.sums
        return cost[0] + is_sum, cost[1] + (not is_sum), cost[2] + self.cells[cell]


def _back(came: Mapping[Place, tuple[Place, Cell]], first: Place, last: Place) -> Iterator[Cell]:
    """Go a walk backwards, over the numbers that it changes."""
    here = last
    while here != first:
        here, over = came[here]
        yield over
