"""`concerto copied FILE`: this backup has left the machine; phones may let go of what it holds."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.copied import heads_in, note_copied
from concerto.conductor.heads import read_heads
from concerto.groundwork.refusals import refuse

from ._asking import passphrase


class Command(BaseCommand):
    """Note it; the answer is JSON. Done again it changes nothing."""

    help = gettext_noop("Says that a backup has left the machine (passphrase as for backup), or a copy up to a head.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help=_("the backup, or a copy of it"))
        parser.add_argument("--head", action="append", default=[], metavar="LOG:EPOCH:NUMBER:DIGEST")

    def handle(self, *args: Any, file: Path | None, head: list[str], **given: Any) -> None:
        refuse(file is None and not head, "no_such_backup", file="")
        heads, answer = list(read_heads(one.replace(":", " ") for one in head)), {}
        if file is not None:
            made_at, found = heads_in(file, passphrase())
            heads, answer = [*heads, *found], {"file": str(file), "made_at": made_at}
        noted = note_copied(heads)
        logs = {str(one.log): {"epoch": one.epoch, "seq": one.seq, "news": one.is_news} for one in noted}
        self.stdout.write(json.dumps({**answer, "copied": logs}))
