"""`concerto ledger PART`: prints a ledger as ids and codes, never with a name."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.groundwork import clock
from concerto.groundwork.files import why_not
from concerto.papers.cases.plain import plain_cases
from concerto.papers.ledgers import Asked
from concerto.papers.plain import headings, plain
from concerto.papers.tables import as_csv, as_xlsx
from concerto.places.models import Log, Unit, UnitKind
from concerto.places.sight import Part, Sight
from concerto.register.access import covered_units, sight_of, sight_of_home

from .record import account_named


class Command(BaseCommand):
    """What it shows is what its reader may see; without a reader it is read from above, as the home's own keeper."""

    help = gettext_noop("print one of the five ledgers: ids and codes, never names")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the ledger, what it is narrowed to, and how it is written."""
        parser.add_argument("part", choices=[part.value for part in Part])
        parser.add_argument("--unit", default="", metavar="CODE", help=_("a village with its branches, or a township"))
        parser.add_argument("--from", dest="since", type=date.fromisoformat, default=None, metavar="D")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, default=None, metavar="D")
        parser.add_argument("--format", choices=["json", "csv", "xlsx"], default="json")
        parser.add_argument("-o", dest="file", default="", metavar="FILE")
        parser.add_argument("--as", dest="reader", default="", metavar="USER", help=_("what this person may see"))
        parser.add_argument("--json", action="store_true", help=_("the answer is on one line anyway"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Gather and fill."""
        part = Part(options["part"])
        made = fill(part, self._lines(part, options), options["format"])
        if part is Part.DISPUTES and options["format"] != "json":
            self.stderr.write(_("Cases are not in this table: --format json has those that open to its reader."))
        if options["file"]:
            _write(Path(options["file"]), made)
        elif options["format"] == "xlsx":
            sys.stdout.buffer.writelines(made)
        else:
            for piece in made:
                self.stdout.write(piece.decode(), ending="")

    def _lines(self, part: Part, options: dict[str, Any]) -> Iterator[dict[str, Any]]:
        asked_units = units_of_code(options["unit"]) if options["unit"] else None
        for sight in _sights(options["reader"]):
            units = dict(Unit.objects.seen_by(sight).values_list("id", "code"))
            asked = Asked(units=asked_units, since=options["since"], until=options["until"])
            yield from plain(part, sight, asked, units)
            if part is Part.DISPUTES and options["format"] == "json":  # a table has one sort of line
                yield from plain_cases(sight, asked, units)


def _sights(reader: str) -> Iterator[Sight]:
    today = clock.today()
    if reader:
        yield sight_of(account_named(reader), today)
        return
    for log in Log.objects.order_by("id").values_list("id", flat=True):
        yield sight_of_home(log, today)


def units_of_code(code: str) -> frozenset[UUID]:
    """Find what a code stands for: a township with all in it, a village with its branches, a branch."""
    found: set[UUID] = set()
    for unit in Unit.objects.filter(code=code):
        if unit.kind == UnitKind.TOWNSHIP:
            found |= set(Unit.objects.filter(log=unit.log).values_list("id", flat=True))
        elif unit.kind == UnitKind.VILLAGE:
            found |= covered_units(unit.log, [unit.id])[unit.id]
        else:
            found.add(unit.id)
    if not found:
        raise CommandError(_("--unit %(code)s: there is no unit with this code") % {"code": code})
    return frozenset(found)


def fill(part: Part, lines: Iterable[dict[str, Any]], kind: str) -> Iterator[bytes]:
    """Write lines as JSON on one line, CSV or XLSX, piece by piece."""
    if kind == "json":
        yield from _json(lines)
        return
    names = headings(part)
    rows = ([_cell(line.get(name)) for name in names] for line in lines)
    if kind == "csv":
        yield from (text.encode() for text in as_csv(names, rows))
    else:
        yield as_xlsx(names, rows, title=part.value)


def _json(lines: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    before = "["
    for line in lines:
        yield f"{before}{json.dumps(line, ensure_ascii=False)}".encode()
        before = ", "
    yield b"[]\n" if before == "[" else b"]\n"


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else value


def _write(path: Path, made: Iterable[bytes]) -> None:
    try:
        with path.open("wb") as file:
            file.writelines(made)
    except OSError as error:
        raise CommandError(f"{path}: {why_not(error)}") from None
