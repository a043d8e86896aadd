"""`concerto restore FILE`: brings a backup back into a home without account and entry."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.restore import Restored, restore
from concerto.groundwork import clock

from ._asking import passphrase, speaker


class Command(BaseCommand):
    """Restore; the answer is JSON, what a person should know goes to stderr."""

    help = gettext_noop("Brings a backup back into an empty home, with the tail and without what was erased since.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--erasures", type=Path, metavar="LIST", help=_("the home's list of erasures, or a daily file")
        )
        parser.add_argument("--tail", type=Path, metavar="DIR", help=_("files again what came after the backup"))

    def handle(self, *args: Any, file: Path, erasures: Path | None, tail: Path | None, **given: Any) -> None:
        say = speaker(self.stderr)
        restored = restore(file, passphrase(), erased=erasures, tail=tail, at=clock.now(), say=say)
        for words in _to_know(restored, tail):
            say(words)
        self.stdout.write(json.dumps(_said(restored)))


def _said(restored: Restored) -> dict[str, Any]:
    return {
        "made_at": restored.content.made_at,
        "entries": restored.content.entries + restored.from_tail,
        "from_tail": restored.from_tail,
        "epochs": {str(log): epoch for log, epoch in restored.epochs.items()},
        "dropped": restored.dropped,
        "unanswered_since": restored.unanswered_since or None,
        "identity_key": restored.finds_older,
        "unread": restored.unread,
    }


def _to_know(restored: Restored, tail: Path | None) -> list[str]:
    words = [
        "restart the server if it is running: its keys came back too",
        "everybody signs in anew; slips and second factors are as they were at the backup",
    ]
    if restored.unanswered_since:
        words.append(f"what was erased since {restored.unanswered_since} is not known here: it may have come back")
    if tail is None:
        words.append("without --tail, what was filed after the backup is not here")
    else:
        words.append("accounts, units and requests made after the backup are in no tail: make them again")
    if restored.unread:
        words.append(
            f"{len(restored.unread)} attached files of the tail can't be read and are not here (see `unread`): "
            "take them from another copy of the tail, or attach them anew"
        )
    if not restored.finds_older:
        words.append("the key of identity hashes is not here: an import matches by village, name and birth date")
    return words
