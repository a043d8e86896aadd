"""Running many histories, in several processes: each has a home of its own, and begins where all begin."""

import gc
import multiprocessing
import os
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from concerto.groundwork import safe

from . import copies
from .bugs import BUGS, put_in
from .checks import Found
from .history import History
from .world import World


class Outcome(NamedTuple):
    """What one history came to: what was tried, and what was found, with its story."""

    seed: int
    tried: Counter[str]
    found: str = ""
    story: Sequence[str] = ()


def prepare() -> None:
    """Make what is costly in service cheap here: the key of a passphrase."""
    safe.COST["n"] = 4


def one(world: World, seed: int, bug: str = "") -> Outcome:
    """Run one history from its seed."""
    wrong = BUGS[bug] if bug else None
    with put_in(wrong):
        copies.put_back(world.begin)
        history = History(world, seed, often=wrong.often.split() if wrong else ())
        try:
            history.live()
        except Found as found:
            return Outcome(seed, history.tried, str(found), history.told)
        except Exception:
            return Outcome(seed, history.tried, traceback.format_exc(), history.told)
        return Outcome(seed, history.tried)


def many(world: World, seeds: Sequence[int], folder: Path, *, processes: int, bug: str = "") -> Iterator[Outcome]:
    """Run histories side by side, and give each outcome as it comes."""
    connection.close()
    forking = multiprocessing.get_context("fork")
    with forking.Pool(processes, _begin, (world, folder, bug)) as pool:
        yield from pool.imap_unordered(_run, seeds, chunksize=1)


def _begin(world: World, folder: Path, bug: str) -> None:
    mine = folder / str(os.getpid())
    copies.settle_in(mine)
    copies.own_rows(f"simulate_{os.getpid()}", world.begin)
    gc.freeze()  # what was made before lives as long as the process: it need not be looked through again and again
    _here.update(world=world, bug=bug)


def _run(seed: int) -> Outcome:
    return one(_here["world"], seed, _here["bug"])  # type: ignore[arg-type]


_here: dict[str, object] = {}
