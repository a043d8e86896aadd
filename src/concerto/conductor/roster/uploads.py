"""Workbooks that were sent and wait to be taken in: files of the home for a day at most, where an erasure reaches them.

A workbook holds identity numbers: it lies here alone, is read anew each time, and goes when it was taken in.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

FOLDER = "uploads"
KEPT = timedelta(days=1)
LONGEST = 120


def keep(home: Path, batch: UUID, data: bytes, called: str) -> None:
    """Keep a workbook and what its file was called, readable by the home's owner alone."""
    (home / FOLDER).mkdir(mode=0o700, exist_ok=True)
    _write(_book(home, batch), data)
    _write(_name(home, batch), Path(called).name[-LONGEST:].encode())


def read(home: Path, batch: UUID, at: datetime) -> bytes | None:
    """Give a workbook, unless it is gone or older than a day: then it goes now."""
    try:
        return _book(home, batch).read_bytes() if is_here(home, batch, at) else None
    except FileNotFoundError:
        return None


def is_here(home: Path, batch: UUID, at: datetime) -> bool:
    """Tell whether a workbook is still here; one older than a day goes now."""
    try:
        is_old = _book(home, batch).stat().st_mtime < (at - KEPT).timestamp()
    except FileNotFoundError:
        return False
    if is_old:
        drop(home, batch)
    return not is_old


def name(home: Path, batch: UUID) -> str:
    """Give what the file was called, empty when that is gone."""
    try:
        return _name(home, batch).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def drop(home: Path, batch: UUID) -> None:
    """Delete a workbook."""
    _book(home, batch).unlink(missing_ok=True)
    _name(home, batch).unlink(missing_ok=True)


def _book(home: Path, batch: UUID) -> Path:
    return home / FOLDER / f"{batch}.book"


def _name(home: Path, batch: UUID) -> Path:
    return home / FOLDER / f"{batch}.name"


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as new:
        new.write(content)
