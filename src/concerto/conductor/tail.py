"""The tail: what was filed lies outside the database too, before any answer leaves, until a copy off the machine
holds it. Sealed parts are encrypted there to the operator's key.

A folder per log, a file per day, a line per transaction. Files older than a backup that has left the machine may be
removed; an erasure writes those that are there anew.
"""

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from concerto.groundwork import appending, boxes


class Line(NamedTuple):
    """What one transaction filed: entries as (seq, said, filed), sealed parts as rows of the journal."""

    log: UUID
    epoch: int
    entries: list[tuple[int, str, str]]
    sealed: list[tuple[int, int, str, str, str, str, str]]

    @property
    def first(self) -> int:
        """The first number of the line."""
        return self.entries[0][0]


def keep(log: UUID, epoch: int, entries: Sequence[Any], sealed: Sequence[Any]) -> appending.Grown:
    """Append what one transaction files as one line of its log's tail; the caller sees it onto the disk.

    Written just before the commit, under the lock of the log, so that lines lie in its order: a line whose commit
    failed is followed by another that begins at the same number, and `restore` takes the last. It is seen onto the
    disk after the commit and before any answer leaves, together with the lines of others who wait.
    """
    parts = [(s.seq, s.n, s.digest, str(s.about), str(s.audience), s.salt, s.text) for s in sealed]
    line = Line(log, epoch, [(e.seq, e.said, e.filed) for e in entries], parts)
    return lay_down(line, entries[0].received_at[:10])


def lay_down(line: Line, day: str) -> appending.Grown:
    """Append a line to the file of a day, or to a later one that is there: a clock that was set back moves no line."""
    return write_of_day(settings.CONCERTO_TAIL / str(line.log), day, _write(line, settings.CONCERTO_HOME))


def write_of_day(folder: Path, day: str, line: bytes) -> appending.Grown:
    """Append to the file of a day in a folder, or to the last one where that is later."""
    last = max((file.stem for file in folder.glob("*.jsonl")), default="")
    file = folder / f"{max(day, last)}.jsonl"
    with appending.alone_with(file):
        return appending.write_line(file, line)


def _write(line: Line, home: Path) -> bytes:
    box = boxes.seal(orjson.dumps(line.sealed), boxes.operator_public(home)) if line.sealed else b""
    return orjson.dumps(
        {
            "log": str(line.log),
            "epoch": line.epoch,
            "entries": line.entries,
            "sealed": base64.b64encode(box).decode(),
        }
    )


def _read(text: bytes, key: X25519PrivateKey) -> Line | None:
    """Read one line; None when a crash cut it short: its commit never came, and its answer never left."""
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    box = base64.b64decode(told["sealed"])
    sealed = orjson.loads(boxes.unseal(box, key)) if box else []
    return Line(UUID(told["log"]), told["epoch"], [tuple(e) for e in told["entries"]], [tuple(part) for part in sealed])


def files(folder: Path, log: UUID) -> list[Path]:
    """Give the files of a log's tail, day after day."""
    return sorted((folder / str(log)).glob("*.jsonl"))


def logs(folder: Path) -> list[UUID]:
    """Give the logs a tail knows."""
    return sorted(UUID(inside.name) for inside in folder.iterdir() if inside.is_dir()) if folder.exists() else []


def read(folder: Path, log: UUID, *, key: X25519PrivateKey) -> Iterator[Line]:
    """Read a log's tail, line by line in the order it was written."""
    for file in files(folder, log):
        yield from (line for line in _lines(file, key) if line.entries)


Told = tuple[int, str, str]  # one entry: its number, what was said, and how it was filed


def backwards(folder: Path, log: UUID) -> Iterator[list[Told]]:
    """Read what a log's tail says in the open, from its last line back to its first; no key is needed."""
    for file in reversed(files(folder, log)):
        for text in reversed(file.read_bytes().splitlines()):
            try:
                entries = orjson.loads(text)["entries"]
            except orjson.JSONDecodeError:  # cut short by a crash
                continue
            if entries:
                yield [tuple(entry) for entry in entries]


def forget(log: UUID, digests: set[str]) -> int:
    """Take erased words out of a log's tail, and tell how many were there. Entries stay: they hold no words."""
    home, taken = settings.CONCERTO_HOME, 0
    key = boxes.operator_key(home)
    for file in files(settings.CONCERTO_TAIL, log):
        with appending.alone_with(file):
            held = sum(_held(line, digests) for line in _lines(file, key))
            if held:
                appending.replace_whole(file, (_write(_without(line, digests), home) for line in _lines(file, key)))
            taken += held
    return taken


def _lines(file: Path, key: X25519PrivateKey) -> Iterator[Line]:
    with file.open("rb") as lines:
        yield from (line for text in lines if text.strip() and (line := _read(text, key)) is not None)


def _held(line: Line, digests: set[str]) -> int:
    return sum(part[2] in digests for part in line.sealed)


def _without(line: Line, digests: set[str]) -> Line:
    return line._replace(sealed=[part for part in line.sealed if part[2] not in digests])
