"""A backup: one file under a passphrase, written while the server runs, the same whichever engine it comes from.

Inside are lines of JSON, compressed: what it is, then each table and its rows, each file of the home, and at the end
how much there was.
"""

import base64
import os
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from django.conf import settings

from concerto.groundwork import appending, boxes, clock, database
from concerto.groundwork.refusals import Refused, refuse
from concerto.groundwork.safe import Closing, opened

from . import erasures, kept

VERSION = 1
PART_OF_FILE = 256 * 1024
MOST_OF_A_LINE = 64 * 1024 * 1024
Say = Callable[[str], None]


class Content(NamedTuple):
    """How much a backup holds, and of when it is."""

    made_at: str
    rows: dict[str, int]
    files: int

    @property
    def entries(self) -> int:
        """The entries of all logs."""
        return self.rows.get("entry", 0)


def write_backup(file: Path, passphrase: str, *, at: datetime, say: Say) -> Content:
    """Write everything as of one moment into a file; it is there whole, or not at all."""
    refuse(not passphrase, "passphrase_missing")
    boxes.operator_key(settings.CONCERTO_HOME)
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as out:
            with Closing(out, passphrase) as safe:
                content = _write(safe, at, say)
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    appending.sync_folder(file.parent)
    return content


def _write(safe: Closing, at: datetime, say: Say) -> Content:
    press = zlib.compressobj(level=3)
    counted: Counter[str] = Counter()

    def put(line: dict[str, Any]) -> None:
        safe.write(press.compress(orjson.dumps(line) + b"\n"))

    made_at = clock.stamp(at)
    put({"concerto": VERSION, "made_at": made_at})
    with database.one_view():
        for rows in _all_rows(say):
            put({"table": rows.table, "columns": rows.columns, "rows": rows.rows})
            counted[rows.table] += len(rows.rows)
    files = 0
    for line in _all_files(settings.CONCERTO_HOME):
        put(line)
        files += line["at"] == 0
    put({"end": dict(counted), "files": files})
    safe.write(press.flush())
    return Content(made_at, dict(counted), files)


def _all_rows(say: Say) -> Iterator[kept.Rows]:
    for model in kept.tables():
        done = 0
        for rows in kept.read_rows(model):
            before, done = done, done + len(rows.rows)
            if before // 50_000 < done // 50_000:
                say(f"{rows.table}: {done:,}")
            yield rows
        say(f"{model._meta.db_table}: {done:,}")


def _all_files(home: Path) -> Iterator[dict[str, Any]]:
    with appending.alone_with(home / erasures.NAME):
        for path in kept.home_files(home):
            name, at = path.relative_to(home).as_posix(), 0
            with path.open("rb") as file:
                while (part := file.read(PART_OF_FILE)) or at == 0:
                    yield {"file": name, "at": at, "bytes": base64.b64encode(part).decode()}
                    at += max(len(part), 1)


def lines_of(file: Path, passphrase: str) -> Iterator[dict[str, Any]]:
    """Read the lines of a backup one by one; refuse what is damaged, cut short or of another release."""
    refuse(not passphrase, "passphrase_missing")
    refuse(not file.is_file(), "no_such_backup", file=file.name)
    unpress, kept_back, is_first = zlib.decompressobj(), b"", True
    for piece in opened(file, passphrase):
        given = piece
        while given:
            kept_back += _unpressed(unpress, given)
            given = unpress.unconsumed_tail
            *whole, kept_back = kept_back.split(b"\n")
            refuse(len(kept_back) > MOST_OF_A_LINE, "safe_damaged")
            for text in whole:
                line = orjson.loads(text)
                refuse(is_first and line.get("concerto") != VERSION, "backup_of_another_release")
                is_first = False
                yield line
    refuse(bool(kept_back) or not unpress.eof, "safe_damaged")


def _unpressed(unpress: Any, given: bytes) -> bytes:
    try:
        found: bytes = unpress.decompress(given, 4 * 1024 * 1024)
    except zlib.error:
        raise Refused("safe_damaged") from None
    return found


class Looked(NamedTuple):
    """What looking through a whole backup found: how much, where its logs stand and what each says last, a key, what
    was erased."""

    content: Content
    heads: dict[str, tuple[int, int]]
    digests: dict[str, str]
    lasts: dict[str, str]
    operator_key: bytes
    erasures: bytes


def look_through(file: Path, passphrase: str) -> Looked:
    """Read a whole backup and touch nothing: everything in it opens, is known here, and is counted as it says."""
    known = {model._meta.db_table: {f.attname for f in kept.columns_of(model)} for model in kept.tables()}
    counted: Counter[str] = Counter()
    heads: dict[str, tuple[int, int]] = {}
    digests: dict[str, str] = {}
    lasts: dict[str, tuple[int, str]] = {}
    wanted = {"keys/operator.key": b"", erasures.NAME: b""}
    files, made_at, end = 0, "", None
    for line in lines_of(file, passphrase):
        made_at = line.get("made_at", made_at)
        if "table" in line:
            refuse(not set(line["columns"]) <= known.get(line["table"], set()), "backup_of_another_release")
            counted[line["table"]] += len(line["rows"])
            if line["table"] == "head":
                rows = _rows_of(line)
                heads |= {row["log"]: (row["epoch"], row["seq"]) for row in rows}
                digests |= {row["log"]: row["digest"] for row in rows}
            if line["table"] == "entry":
                _note_lasts(lasts, line)
        elif "file" in line:
            files += line["at"] == 0
            if line["file"] in wanted:
                wanted[line["file"]] += base64.b64decode(line["bytes"])
        end = line
    refuse(end is None or end.get("end") != dict(counted) or end.get("files") != files, "safe_damaged")
    said = {log: text for log, (_, text) in lasts.items()}
    return Looked(Content(made_at, dict(counted), files), heads, digests, said, *wanted.values())


def _note_lasts(lasts: dict[str, tuple[int, str]], line: dict[str, Any]) -> None:
    """Keep what each log says last: its entry of the highest number."""
    log, seq, said = (line["columns"].index(name) for name in ("log", "seq", "said"))
    for row in line["rows"]:
        if row[log] not in lasts or lasts[row[log]][0] < row[seq]:
            lasts[row[log]] = (row[seq], row[said])


def _rows_of(line: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(line["columns"], row, strict=True)) for row in line["rows"]]
