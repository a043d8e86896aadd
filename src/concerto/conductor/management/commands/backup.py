"""`concerto backup FILE`: everything of this home in one file under a passphrase, while the server runs."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_noop

from concerto.conductor.backup import write_backup
from concerto.groundwork import clock

from ._asking import passphrase, speaker


class Command(BaseCommand):
    """Back up; the answer is JSON, progress goes to stderr."""

    help = gettext_noop("Writes a backup under a passphrase (CONCERTO_PASSPHRASE, else asked).")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **given: Any) -> None:
        content = write_backup(file, passphrase(twice=True), at=clock.now(), say=speaker(self.stderr))
        answer = {"file": str(file), "made_at": content.made_at, "entries": content.entries, "rows": content.rows}
        self.stdout.write(json.dumps({**answer, "files": content.files}))
