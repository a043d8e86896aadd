"""Makes ledgers again from the journal: after a release that folds otherwise (`--due`), or all of them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.rebuild import logs_due, rebuild
from concerto.conductor.verify import all_logs


class Command(BaseCommand):
    """Rebuild the touches and ledgers of each log, one transaction a log."""

    help = gettext_noop("make every ledger again from the journal")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what may be asked."""
        parser.add_argument("--due", action="store_true", help=_("only where another release made them"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Rebuild one log after the other."""
        for log in logs_due() if options["due"] else all_logs():
            self.stderr.write(f"{log}: {rebuild(log)} entries, ledgers made again")
