"""Clients that are processes of their own, and set out together: all at ours, then all at the floor, round by round."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, NamedTuple

from django.db import connections

_fork = multiprocessing.get_context("fork")
PATIENCE = 600


class Phase(NamedTuple):
    """One thing to do in a round: what is timed, and what comes before it untimed."""

    name: str
    prepare: Callable[[int], Any]  # round → what to do
    work: Callable[[Any], None]


Client = Callable[[int], Sequence[Phase]]  # number of the client → its phases


def rates(client: Client, *, count: int, rounds: int, entries: int, most: float) -> dict[str, float]:
    """Let `count` clients work through their phases and give the median of entries a second, by phase.

    `entries` is how many each client takes in one phase. The first round warms up and is not counted; after `most`
    seconds no other begins.
    """
    connections.close_all()
    barrier, told = _fork.Barrier(count), _fork.Queue()
    until, goes_on = time.monotonic() + most, _fork.Value("b", 1)
    started = [
        _fork.Process(target=_run, args=(client, n, rounds, until, barrier, goes_on, told)) for n in range(count)
    ]
    for process in started:
        process.start()
    spans: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for _ in range(count):
        for turn, name, began, ended in told.get(timeout=PATIENCE):
            spans.setdefault((turn, name), []).append((began, ended))
    for process in started:
        process.join()
    if any(process.exitcode for process in started):
        raise SystemExit("bench: a client failed")
    took: dict[str, list[float]] = {}
    for (turn, name), times in spans.items():
        if turn:
            took.setdefault(name, []).append(max(e for _, e in times) - min(b for b, _ in times))
    return {name: count * entries / median(times) for name, times in took.items()}


def _run(client: Client, number: int, rounds: int, until: float, barrier: Any, goes_on: Any, told: Any) -> None:
    """Work as one client; a failure ends all of them instead of leaving the others waiting."""
    try:
        phases = client(number)
        spans: list[tuple[int, str, float, float]] = []
        turn = 0
        while turn < 2 or (turn <= rounds and goes_on.value):
            for phase in phases:
                given = phase.prepare(turn)
                barrier.wait(PATIENCE)
                began = time.monotonic()
                phase.work(given)
                spans.append((turn, phase.name, began, time.monotonic()))
                if number == 0:  # one decides for all, before they meet
                    goes_on.value = time.monotonic() < until
                barrier.wait(PATIENCE)
            turn += 1
        told.put(spans)
    except BaseException as error:
        barrier.abort()
        told.put([])
        print(f"bench: client {number}: {error!r}", file=sys.stderr)
        raise SystemExit(1) from error
    finally:
        connections.close_all()
