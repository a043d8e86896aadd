"""Files that only grow, line by line: a line is on the disk before whoever wrote it goes on."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


@contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Let one at a time write to a file, processes and threads alike; the latch lies beside it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("a") as latch:
        fcntl.flock(latch, fcntl.LOCK_EX)
        yield


class Grown(NamedTuple):
    """Where a file ended once a line was written, and which file that was: one written anew has another number."""

    file: Path
    inode: int
    end: int


def append(file: Path, line: bytes) -> None:
    """Append one line to a file, made with mode 600 where it is missing, and see it onto the disk."""
    see_on_disk(write_line(file, line))


def write_line(file: Path, line: bytes) -> Grown:
    """Append one line; it is read by others from now on, and lies on the disk after `see_on_disk`.

    A line that a crash cut short is ended first, so that it harms no other.
    """
    is_new = not file.exists()
    with os.fdopen(os.open(file, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600), "ab") as grown:
        grown.write((b"" if _ends_well(grown.fileno()) else b"\n") + line + b"\n")
        grown.flush()
        state = os.fstat(grown.fileno())
    if is_new:
        sync_folder(file.parent)
    return Grown(file, state.st_ino, state.st_size)


def see_on_disk(grown: Grown) -> None:
    """Wait until a line lies on the disk. Whoever comes first sees the lines of all who wait behind them there too."""
    seen = os.open(grown.file.with_name(f".{grown.file.name}.seen"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(seen, fcntl.LOCK_EX)
        until = os.pread(seen, 64, 0).split()
        if len(until) == 2 and int(until[0]) == grown.inode and int(until[1]) >= grown.end:
            return
        # Written over in place: some file systems flush a file that was cut to nothing when it is closed.
        os.pwrite(seen, b"%20d %20d" % (grown.inode, _sync(grown)), 0)
    finally:
        os.close(seen)


def _sync(grown: Grown) -> int:
    """Sync a file and say how far it reached; one written anew meanwhile was seen onto the disk by its writer."""
    handle = os.open(grown.file, os.O_RDWR)
    try:
        state = os.fstat(handle)
        os.fsync(handle)
    finally:
        os.close(handle)
    return state.st_size if state.st_ino == grown.inode else grown.end


def _ends_well(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def replace_whole(file: Path, lines: Iterator[bytes]) -> None:
    """Write a file anew and put it in the old one's place in one step: a crash leaves one or the other."""
    fresh = file.with_name(f".{file.name}.new")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as new:
        for line in lines:
            new.write(line + b"\n")
        new.flush()
        os.fsync(new.fileno())
    fresh.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """See the names in a folder onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
