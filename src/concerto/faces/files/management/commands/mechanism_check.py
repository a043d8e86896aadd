"""`concerto mechanism check [DIR]`: whether every duty makes sense, and what they cost."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.groundwork import clock
from concerto.papers.mechanism import begins_lines, burden_lines, nonsense_line
from concerto.rulebook.burden import TYPICAL, burden, not_counted, read_village
from concerto.rulebook.mechanism import DUTIES, read_folder


class Command(BaseCommand):
    """Exit 1 with file and line at the first nonsense; print the burden otherwise."""

    help = gettext_noop("read the duties of a folder: the first nonsense with file and line, or what they cost")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what may be asked."""
        parser.add_argument("dir", nargs="?", metavar="DIR", help=_("a folder of duties, or one with duties/ in it"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Check, answer, and leave with the exit code that says which."""
        folder = Path(options["dir"]) if options["dir"] else DUTIES
        if not folder.is_dir():
            raise CommandError(_("%(folder)s is not a folder") % {"folder": folder})
        mechanism, found = read_folder(folder)
        if found:
            self.stdout.write(nonsense_line(found[0]))
            self.stdout.flush()
            sys.exit(1)
        own = folder / TYPICAL.name
        village, today = read_village(own if own.is_file() else TYPICAL), clock.today()
        costs, left_out = burden(mechanism, village, on=today), not_counted(mechanism, on=today)
        for line in begins_lines(mechanism):
            self.stdout.write(line)
        self.stdout.write("\n".join(burden_lines(mechanism, village, costs, left_out, today)))
