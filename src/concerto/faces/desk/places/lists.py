"""The lists of divisions, sent by an administrator's browser: a first day needs no shell."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.places.gazetteer import Taken, take_lists
from concerto.places.lists import LISTS
from concerto.places.models import Account

MOST_BYTES = 16 * 1024 * 1024  # a province; the nation takes minutes, and comes in by the command
NAMES = tuple(of.file for of in LISTS)


def take_sent(sent: Sequence[UploadedFile[Any]], by: Account) -> Taken:
    """Take in the lists among these files, told by their names; nothing is kept of the files."""
    if sum(one.size or 0 for one in sent) > MOST_BYTES:
        raise Refused("lists_too_big", most="16 MB")
    now = clock.now()
    with TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        for one in sent:
            if one.name in NAMES:
                Path(folder, one.name).write_bytes(one.read())
        try:
            return take_lists(Path(folder), asof=clock.day_of(now), at=now, home=settings.CONCERTO_HOME, by=by)
        except Refused as wrong:
            if wrong.code == "no_such_files":
                raise Refused("no_such_lists", names=", ".join(NAMES)) from wrong
            raise


def in_words(taken: Taken) -> str:
    """Say in numbers what came of it."""
    said = gettext("{read} rows read, {added} places new, {changed} changed, {refused} rows not taken.")
    return said.format(read=taken.read, added=taken.added, changed=taken.changed, refused=len(taken.refused))
