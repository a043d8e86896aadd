"""The tally of a long run: a line for each chunk of seeds that was gone through, to go on from and to be summed.

A line is tab-separated: commit, engine, first seed, number of histories, seconds, number of findings, their seeds.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

CHANGED = "+"
HERE = Path(__file__).resolve().parents[1]


class Chunk(NamedTuple):
    """So many histories from a seed on, at one commit, and the seeds of those that found something."""

    commit: str
    engine: str
    first: int
    histories: int
    seconds: int
    found: tuple[int, ...]

    def line(self) -> str:
        """Write it as a line of the tally.

        >>> Chunk("588292c", "sqlite", 7, 500, 61, (9, 12)).line()
        '588292c\\tsqlite\\t7\\t500\\t61\\t2\\t9 12'
        """
        seeds = " ".join(map(str, self.found)) or "-"
        told = (self.commit, self.engine, self.first, self.histories, self.seconds, len(self.found), seeds)
        return "\t".join(map(str, told))


def read(file: Path) -> list[Chunk]:
    """Read a tally; a last line that was cut off is none."""
    if not file.exists():
        return []
    return [chunk for line in file.read_text().splitlines(keepends=True) if (chunk := _read(line)) is not None]


def _read(line: str) -> Chunk | None:
    parts = line.rstrip("\n").split("\t")
    if not line.endswith("\n") or len(parts) != 7:
        return None
    commit, engine, first, histories, seconds, _, found = parts
    seeds = () if found == "-" else tuple(map(int, found.split()))
    return Chunk(commit, engine, int(first), int(histories), int(seconds), seeds)


def done(file: Path, commit: str, engine: str) -> list[Chunk]:
    """Give what is tried already of a commit: nothing where files were changed since, nobody knows how."""
    return [one for one in read(file) if (one.commit, one.engine) == (commit, engine) and CHANGED not in commit]


def add(file: Path, chunk: Chunk) -> None:
    """Add a line; what a cut-off run began is ended first."""
    before = file.read_text() if file.exists() else ""
    with file.open("a") as more:
        more.write(("" if not before or before.endswith("\n") else "\n") + chunk.line() + "\n")


def chunks(first: int, histories: int, size: int, done: Iterable[Chunk]) -> Iterator[range]:
    """Give the chunks of a run that are not in the tally yet.

    >>> done = [Chunk("588292c", "sqlite", 5, 2, 1, ())]
    >>> list(chunks(1, 6, 2, done))
    [range(1, 3), range(3, 5)]
    """
    there = {range(one.first, one.first + one.histories) for one in done}
    for start in range(first, first + histories, size):
        seeds = range(start, min(start + size, first + histories))
        if seeds not in there:
            yield seeds


def commit() -> str:
    """Name the commit that is tried, with a mark where files are changed since."""
    try:
        ran = ["git", "describe", "--always", f"--dirty={CHANGED}", "--abbrev=12", "--exclude=*"]
        return subprocess.run(ran, cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def summed(every: Iterable[Chunk]) -> Iterator[str]:
    """Sum tallies by commit and engine, then all of them."""
    of: dict[tuple[str, str], tuple[int, int, int]] = {}
    for one in every:
        for key in ((one.commit, one.engine), ("all", "")):
            histories, seconds, found = of.get(key, (0, 0, 0))
            of[key] = histories + one.histories, seconds + one.seconds, found + len(one.found)
    whole = of.pop(("all", ""), (0, 0, 0))
    for (name, engine), (histories, seconds, found) in [*of.items(), (("all", ""), whole)]:
        yield f"{f'{name} {engine}'.strip()}: {histories:,} histories in {seconds:,} s: {found:,} found something"
