"""`concerto import roster FILE --township CODE`: takes a village roster in, or says what would come of it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from concerto.conductor.roster import township
from concerto.conductor.roster.importing import Import, alone
from concerto.groundwork import clock, keyed
from concerto.groundwork.files import why_not
from concerto.papers.rosters import Looked, compared, read_for
from concerto.places.accounts import sign_in_name
from concerto.places.models import Account

COLUMNS = ("unit", "households", "people", "members", "probationary", "helped", "added", "known", "changed")
LOST_KEY = gettext_lazy("the key of identity hashes is not here: people are matched by village, name and birth date")


class Command(BaseCommand):
    """Reads, compares, writes in transactions of some fifty entries, and answers with a report."""

    help = gettext_noop(
        "Take a roster in (.xlsx or .xls). Run again it adds nobody; killed half-way it is simply run again. "
        "The township's log and village units are opened when missing; its divisions are imported first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the workbook and its township, and what to write beside."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--township", required=True, metavar="CODE", help=_("the township's code, 9 digits"))
        parser.add_argument("--dry-run", action="store_true", help=_("say what would come of it, and write nothing"))
        parser.add_argument("--report", type=Path, metavar="OUT.json", help=_("write the report there too"))
        parser.add_argument("--annotated", type=Path, metavar="OUT.xlsx", help=_("your own file, with cells marked"))
        parser.add_argument("--as", dest="author", metavar="USER", help=_("whose entries they are; else the home's"))
        parser.add_argument("--json", action="store_true", help=_("answer with the report, on one line"))

    def handle(self, *, file: Path, author: str | None, **options: Any) -> None:
        """Take the roster in and answer with what became of it."""
        data, by, day = _bytes_of(file), _account(author), clock.today()
        is_dry, home = bool(options["dry_run"]), settings.CONCERTO_HOME
        if not keyed.finds_older(home):
            self.stderr.write(str(LOST_KEY))
        town = township.find(options["township"], day)
        roster = read_for(data, town)
        if is_dry:
            looked = compared(roster, data, town, home=home, day=day)
            self._answer(looked, looked.report(), options)
            return
        keyed.identity_key(home)
        town = township.opened(options["township"], day)
        with alone(town.log):
            looked = compared(roster, data, town, home=home, day=day)
            self._answer(looked, self._take(looked, by), options)

    def _answer(self, looked: Looked, report: dict[str, Any], options: dict[str, Any]) -> None:
        self._write_beside(looked, report, options)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else _as_words(report))
        self._tell_the_rest(report)

    def _take(self, looked: Looked, by: Account | None) -> dict[str, Any]:
        run = Import(looked.plan, by, uuid4(), clock.now)
        run.check()
        todo = len(looked.plan.works)
        for done in run.run():
            self.stderr.write(_("%(done)s of %(all)s households") % {"done": f"{done:,}", "all": f"{todo:,}"})
        return looked.report(run.refused)

    def _write_beside(self, looked: Looked, report: dict[str, Any], options: dict[str, Any]) -> None:
        if options["report"]:
            options["report"].write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if options["annotated"]:
            options["annotated"].write_bytes(looked.annotated())

    def _tell_the_rest(self, report: dict[str, Any]) -> None:
        for table in report["refused_tables"]:
            told = f"{table['sheet']} {table['village']}".strip()
            left = _("left out: %(table)s, %(rows)d rows: %(why)s") % {
                "table": told,
                "rows": table["rows"],
                "why": table["why"],
            }
            self.stderr.write(f"{left} [{table['code']}]")
        for words, name in (
            (_("not kept"), "not_kept"),
            (_("heading not understood, left out"), "unmapped"),
            (_("branch made for its members"), "branches_added"),
        ):
            for told in report[name]:
                self.stderr.write(f"{words}: {' '.join(told.split())}")


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise CommandError(_("%(file)s cannot be read: %(why)s") % {"file": file, "why": why_not(wrong)}) from None


def _account(name: str | None) -> Account | None:
    if name is None:
        return None
    found = Account.objects.filter(name=sign_in_name(name), is_active=True).first()
    if found is None:
        raise CommandError(_("--as %(name)s: nobody signs in by this name") % {"name": name})
    return found


def _as_words(report: dict[str, Any]) -> str:
    rows = [["sheet", *COLUMNS, "flagged", "refused"]]
    for table in report["tables"]:
        counted = [str(len(table[name])) for name in ("flagged", "refused")]
        rows.append([table["sheet"], *(str(table[name]) for name in COLUMNS), *counted])
    return "\n".join("\t".join(row) for row in rows)
