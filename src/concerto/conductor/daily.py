"""The daily file: where every log stands, and everything that was erased. Kept off the machine, it lets `verify` find
what was taken away, and `restore` leave out what was erased."""

from datetime import date
from pathlib import Path

import msgspec
from django.conf import settings

from concerto.groundwork import appending

from .erasures import own_list
from .heads import heads

FOLDER = "heads"


def write_daily(day: date) -> Path:
    """Write the file of a day, or write it anew, and return where it lies."""
    file: Path = settings.CONCERTO_HOME / FOLDER / f"{day.isoformat()}.jsonl"
    lines = [msgspec.json.encode({"day": day.isoformat()})]
    lines += [head.line().encode() for head in heads()]
    lines += [msgspec.json.encode({"erasure": dropped}) for dropped in own_list()]
    with appending.alone_with(file):
        appending.replace_whole(file, iter(lines))
    return file
