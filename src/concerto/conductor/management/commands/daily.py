"""`concerto daily`: what a day brings to its end, and the file of heads that should leave the machine."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.daily import write_daily
from concerto.conductor.retiring import retire
from concerto.groundwork import clock


class Command(BaseCommand):
    """Run it once a day, then copy the file it names off the machine."""

    help = gettext_noop(
        "Retires what has lapsed and writes the day's heads and erasures into heads/<day>.jsonl of the home."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--asof", type=date.fromisoformat, default=None, metavar="DATE", help=_("as of this day"))

    def handle(self, *args: Any, asof: date | None, **given: Any) -> None:
        day = asof or clock.today()
        retired = retire(day, clock.now())
        file = write_daily(day)
        self.stdout.write(json.dumps({"file": str(file), "leads": retired.leads, "uploads": retired.uploads}))
