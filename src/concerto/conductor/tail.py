"""The tail: what was filed lies outside the database too, before any answer leaves, until a copy off the machine
holds it. Sealed parts are encrypted there to the operator's key."""

import base64
import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings

from concerto.groundwork import boxes


def keep(log: UUID, epoch: int, entries: Sequence[Any], sealed: Sequence[Any]) -> None:
    """Append what one transaction files as one line of its log's tail, and see it onto the disk.

    Written just before the commit: a line whose commit failed is followed by another with the same numbers, and
    `restore` takes the last.
    """
    line = {
        "log": str(log),
        "epoch": epoch,
        "entries": [[e.seq, e.said, e.filed] for e in entries],
        "sealed": _box([[s.seq, s.n, s.digest, str(s.about), s.audience, s.salt, s.text] for s in sealed]),
    }
    folder = settings.CONCERTO_TAIL
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / f"{log}.jsonl").open("ab") as file:
        file.write(orjson.dumps(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _box(parts: list[list[Any]]) -> str:
    if not parts:
        return ""
    return base64.b64encode(boxes.seal(orjson.dumps(parts), boxes.operator_public(settings.CONCERTO_HOME))).decode()
