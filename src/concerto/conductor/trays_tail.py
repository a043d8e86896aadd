"""The tail of the trays: what came and is not filed lies outside the database too, before any answer leaves.

A phone that hands over and forgets, because its person is posted no more, has nothing left to offer after a restore.
`tray/` beside the files of `tail.py`, a file per day, a line per transaction, the rows encrypted to the operator's
key. The last line that speaks of an entry counts; one that names it as gone takes it out again.
"""

import base64
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from concerto.groundwork import appending, boxes, database
from concerto.groundwork.refusals import Refused
from concerto.journal.said import How

from . import tail
from .drafts import read_item
from .rows import TrayRow

FOLDER = "tray"
EMPTIED = {"item": "", "facts": "{}", "outcome": "refused", "code": "erased_thing"}
Row = dict[str, Any]


def keep(log: UUID, rows: Sequence[TrayRow], gone: Iterable[UUID], *, day: str) -> appending.Grown:
    """Append what one transaction laid into a tray, and what it took out; the caller sees it onto the disk."""
    return _lay_down(log, [_plain(row) for row in rows], [str(one) for one in gone], day)


def read_all(folder: Path, key: X25519PrivateKey) -> dict[UUID, dict[UUID, Row]]:
    """Read what every log's lines leave lying, and touch nothing: they open with this key."""
    try:
        return {log: _read(folder, log, key) for log in tail.logs(folder)}
    except (InvalidTag, ValueError, KeyError):
        raise Refused("tail_does_not_open") from None


def _read(folder: Path, log: UUID, key: X25519PrivateKey) -> dict[UUID, Row]:
    """Give each row as the last line left it. A line that a crash cut short was never answered."""
    there: dict[UUID, Row] = {}
    for file in _files(folder, log):
        for rows, gone in _lines(file, key):
            there |= {UUID(row["id"]): row for row in rows}
            for one in gone:
                there.pop(UUID(one), None)
    return there


def lay_back(folder: Path, lying: dict[UUID, dict[UUID, Row]]) -> int:
    """Lay into the trays what a restored database lacks of them, and tell how much that was.

    What is filed by now, or lies there, is left alone; `mark_settled` is to follow once the journal is folded.
    """
    return sum(_lay_back(folder, log, rows) for log, rows in lying.items())


def mark_settled() -> None:
    """Mark as settled whatever lies in a tray and was closed by an entry of the journal."""
    sql = (
        "UPDATE tray SET outcome = 'settled' WHERE outcome <> 'settled' AND EXISTS "
        "(SELECT 1 FROM touch WHERE touch.log = tray.log AND touch.thing = tray.id AND touch.how = %s)"
    )
    with database.writing(settings.CONCERTO_HOME):
        database.run(sql, [int(How.CLOSES)])


def forget(log: UUID, digests: Collection[str]) -> int:
    """Take erased words out of a log's lines, and tell in how many rows they stood."""
    home, taken = settings.CONCERTO_HOME, 0
    key = boxes.operator_key(home)
    for file in _files(settings.CONCERTO_TAIL, log):
        with appending.alone_with(file):
            held = sum(_holds(row, digests) for rows, _ in _lines(file, key) for row in rows)
            if held:
                appending.replace_whole(
                    file, (_write(_emptied(rows, digests), gone) for rows, gone in _lines(file, key))
                )
            taken += held
    return taken


def _lay_back(folder: Path, log: UUID, rows: dict[UUID, Row]) -> int:
    there: set[UUID] = set()
    for sql in (
        "SELECT id FROM entry WHERE log = %s AND id IN (%in)",
        "SELECT id FROM tray WHERE log = %s AND id IN (%in)",
    ):
        there |= {database.to_uuid(one) for (one,) in database.fetch_in(sql, [log], rows)}
    lacking = [row for one, row in rows.items() if one not in there]
    if lacking:
        with database.writing(settings.CONCERTO_HOME):
            database.insert(TrayRow, [_row(row) for row in lacking])
        if folder.resolve() != settings.CONCERTO_TAIL.resolve():
            appending.see_on_disk(_lay_down(log, lacking, [], max(row["came_at"][:10] for row in lacking)))
    return len(lacking)


def _lay_down(log: UUID, rows: list[Row], gone: list[str], day: str) -> appending.Grown:
    return tail.write_of_day(settings.CONCERTO_TAIL / str(log) / FOLDER, day, _write(rows, gone))


def _files(folder: Path, log: UUID) -> list[Path]:
    return sorted((folder / str(log) / FOLDER).glob("*.jsonl"))


def _write(rows: list[Row], gone: list[str]) -> bytes:
    box = boxes.seal(orjson.dumps(rows), boxes.operator_public(settings.CONCERTO_HOME)) if rows else b""
    return orjson.dumps({"gone": gone, "rows": base64.b64encode(box).decode()})


def _lines(file: Path, key: X25519PrivateKey) -> Iterator[tuple[list[Row], list[str]]]:
    with file.open("rb") as lines:
        for text in lines:
            try:
                told = orjson.loads(text)
            except orjson.JSONDecodeError:
                continue
            box = base64.b64decode(told["rows"])
            yield (orjson.loads(boxes.unseal(box, key)) if box else []), told["gone"]


def _holds(row: Row, digests: Collection[str]) -> bool:
    return bool(row["item"]) and any(part.digest in digests for part in read_item(row["item"]).sealed)


def _emptied(rows: list[Row], digests: Collection[str]) -> list[Row]:
    return [row | EMPTIED if _holds(row, digests) else row for row in rows]


def _plain(row: TrayRow) -> Row:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in row._asdict().items()}


def _row(told: Row) -> TrayRow:
    ids = {
        name: UUID(told[name]) if told[name] else None
        for name in ("log", "id", "author", "device", "unit", "brought_by")
    }
    return TrayRow(**(told | ids))
