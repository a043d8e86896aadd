"""How many entries the door receives in a second, beside the same rows by bare SQL."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from .clients import Phase, rates
from .floor import Floor, Writes, open_beside, same_rows
from .http import Senders, serving
from .result import Result, result
from .townships import BATCH, Township, enter, take, visits

CLIENTS, LOGS = 8, 15


def measure(name: str, engine: str, *, quick: bool) -> list[Result]:
    """Measure one by one or in batches."""
    towns = [enter(n) for n in range(1, LOGS + 1)]
    open_beside(town.log for town in towns)
    batch = 1 if name == "receive-one" else BATCH
    times = (6 if quick else 40) if batch == 1 else (1 if quick else 3)
    rounds, most = (3, 2.0) if quick else (9, 40.0)
    cases = [("8 clients, 1 log", CLIENTS, towns[:1]), ("8 clients, 15 logs", CLIENTS, towns)]
    if batch > 1:
        cases.insert(0, ("1 client, 1 log", 1, towns[:1]))
    found = []
    for turn, (case, count, where) in enumerate(cases):
        per = times * (3 if count == 1 else 1)
        writer = Writers(where, first=turn * 100, batch=batch, times=per)
        speed = rates(writer.phases, count=count, rounds=rounds, entries=per * batch, most=most)
        found += [
            result(name, engine, case, speed["ours"], speed["floor"], "entries/s"),
            result(name, engine, f"{case}; the floor keeps a tail too", speed["ours"], speed["with tail"], "entries/s"),
        ]
    return [*found, *_through_http(name, engine, towns, quick=quick)] if batch == 1 else found


def _through_http(name: str, engine: str, towns: Sequence[Township], *, quick: bool) -> list[Result]:
    times, rounds, most = (3, 2, 2.0) if quick else (20, 7, 30.0)
    with serving() as port:
        where = towns[:1] if quick else towns
        senders = Senders(where, port, times)
        speed = rates(senders.phases, count=CLIENTS, rounds=rounds, entries=times, most=most)
    case = f"through HTTP, signed in: {CLIENTS} clients, {len(where)} log{'s' if len(where) > 1 else ''}"
    return [result(name, engine, case, speed["ours"], speed["floor"], "entries/s")]


class Writers:
    """Clients that each bring their own visits, log after log."""

    def __init__(self, towns: Sequence[Township], *, first: int, batch: int, times: int) -> None:
        self.towns, self.first, self.batch, self.times = towns, first, batch, times

    def phases(self, number: int) -> list[Phase]:
        """Give what one client does in a round: ours, then the floor twice."""
        floor, filed = Floor(), []

        def mine(turn: int) -> list[tuple[Township, Any]]:
            filed.clear()
            return [self._bring(number, turn, n) for n in range(self.times)]

        def receive(given: list[tuple[Township, Any]]) -> None:
            for town, items in given:
                filed.append((town.log, take(items, by=town.by)))

        def again(n: int) -> Callable[[int], list[Writes]]:
            return lambda _: [same_rows(log, numbers, n) for log, numbers in filed]

        def write(given: list[Writes], *, tail: bool = False) -> None:
            for writes in given:
                floor.write(writes, tail=tail)

        return [
            Phase("ours", mine, receive),
            Phase("floor", again(1), write),
            Phase("with tail", again(2), partial(write, tail=True)),
        ]

    def _bring(self, number: int, turn: int, n: int) -> tuple[Township, Any]:
        at = turn * self.times + n
        town = self.towns[(at * 8 + number) % len(self.towns)]
        return town, visits(town, self.first + number, self.batch, first=at * self.batch)
