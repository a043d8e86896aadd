"""`concerto import divisions DIR`: takes the public lists of administrative divisions in."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.groundwork import clock
from concerto.places.gazetteer import Taken, take_lists

MOST_SHOWN = 1_000
WHY = {
    "column_missing": "a column is missing: {given}",
    "columns_differ": "it has {given} cells, other than the heading",
    "code_not_digits": "the code is not made of digits: {given}",
    "code_length": "the code has another length than this list's codes: {given}",
    "name_missing": "{given} has no name",
    "name_too_long": "the name of {given} is longer than 120 letters",
    "code_twice": "the code stands in this list twice: {given}",
    "parent_unknown": "nothing is known of what it lies in: {given}",
    "not_csv": "from here on the file is no CSV; the rest was not read",
}


class Command(BaseCommand):
    """Reads, compares, writes, and says what it refused by file and line."""

    help = gettext_noop(
        "Take provinces.csv, cities.csv, areas.csv, streets.csv and villages.csv of a folder in, as many as are there. "
        "Run again it adds what is new; a changed name is dated. Bad rows are refused one by one, on stderr."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the folder, and from which day its names count."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument(
            "--asof", type=date.fromisoformat, metavar="DATE", help=_("the day the lists speak of; today")
        )
        parser.add_argument("--json", action="store_true", help='{"read": n, "added": n, "changed": n, "refused": n}')

    def handle(self, *, folder: Path, asof: date | None, json: bool, **options: Any) -> None:
        """Take the lists in and answer with what became of them."""
        now = clock.now()
        day = asof or clock.day_of(now)
        taken = take_lists(folder, asof=day, at=now, home=settings.CONCERTO_HOME, tell=self._tell)
        self._say_refused(taken)
        self.stdout.write(_as_json(taken) if json else _as_words(taken))

    def _tell(self, file: str, read: int) -> None:
        self.stderr.write(f"{file}: {read:,} rows")

    def _say_refused(self, taken: Taken) -> None:
        for bad in taken.refused[:MOST_SHOWN]:
            self.stderr.write(f"{bad.file}:{bad.line}: {WHY[bad.why].format(given=bad.given)} [{bad.why}]")
        if len(taken.refused) > MOST_SHOWN:
            self.stderr.write(f"and {len(taken.refused) - MOST_SHOWN:,} more")


def _as_json(taken: Taken) -> str:
    counts = {"read": taken.read, "added": taken.added, "changed": taken.changed, "refused": len(taken.refused)}
    return json.dumps(counts)


def _as_words(taken: Taken) -> str:
    return f"{taken.read:,} read, {taken.added:,} added, {taken.changed:,} changed, {len(taken.refused):,} refused"
