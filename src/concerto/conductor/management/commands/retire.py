"""`concerto retire [--asof DATE]`: erases the words of leads that lapsed and removes uploads nobody imported."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.retiring import retire
from concerto.groundwork import clock


class Command(BaseCommand):
    """Run it once a day; run again, it does nothing."""

    help = gettext_noop("Erases the words of leads older than 30 days and removes uploads older than a day.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--asof", type=date.fromisoformat, default=None, metavar="DATE", help=_("as of this day"))

    def handle(self, *args: Any, asof: date | None, **given: Any) -> None:
        retired = retire(asof or clock.today(), clock.now())
        self.stdout.write(json.dumps({"leads": retired.leads, "uploads": retired.uploads}))
