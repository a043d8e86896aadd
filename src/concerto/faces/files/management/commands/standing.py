"""`concerto standing`: what is owed, by whom, how it stands and why. Ids and codes, never names."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.groundwork import clock, database
from concerto.papers.standing.asking import Township
from concerto.papers.standing.words import plain, text_lines
from concerto.places.accounts import sign_in_name
from concerto.places.models import Account, Log, Unit
from concerto.register.models import Member
from concerto.rulebook.standing import Line

from .ledger import units_of_code


class Command(BaseCommand):
    """What is its person's alone is told with `--by` that person, and in no other answer."""

    help = gettext_noop("say how everything owed stands: ids and codes, never names")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what it is narrowed to, as of when, and how it is written."""
        parser.add_argument("--unit", default="", metavar="CODE", help=_("a village with its branches, or a township"))
        parser.add_argument(
            "--by", default="", metavar="USER", help=_("what this person has to do; or a member, by id")
        )
        parser.add_argument("--asof", type=date.fromisoformat, default=None, metavar="D", help=_("the day of looking"))
        parser.add_argument("--known", type=int, default=None, metavar="N", help=_("by the entries up to this number"))
        parser.add_argument("--format", choices=["json", "text"], default="json")
        parser.add_argument("--json", action="store_true", help=_("the answer is JSON anyway"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Gather, judge, write."""
        asof = options["asof"] or clock.today()
        if options["known"] is not None and options["known"] < 0:
            raise CommandError(_("--known is the number of an entry: 0, or more"))
        with database.one_view():
            answers = list(_answers(options, asof))
        if options["format"] == "text":
            for town, lines in answers:
                self.stdout.write("\n".join(text_lines(lines, town.mechanism, asof)))
            return
        told = [plain(line) for _, lines in answers for line in lines]
        self.stdout.write(json.dumps(told, ensure_ascii=False))


def _answers(options: dict[str, Any], asof: date) -> Iterator[tuple[Township, list[Line]]]:
    units = units_of_code(options["unit"]) if options["unit"] else None
    if options["by"]:
        log, person, is_member = _person(options["by"])
        town = Township(log, asof, options["known"])
        lines = town.lines_of_member(person) if is_member else town.lines_of(person)
        yield town, lines if units is None else [line for line in lines if line.unit in units and not line.private]
        return
    logs = set(Unit.objects.filter(id__in=units).values_list("log", flat=True)) if units is not None else None
    named = Log.objects.order_by("id") if logs is None else Log.objects.filter(id__in=logs).order_by("id")
    found = list(named.values_list("id", flat=True))
    if options["known"] is not None and len(found) > 1:
        raise CommandError(_("--known counts the entries of one township: say --unit or --by as well"))
    for log in found:
        town = Township(log, asof, options["known"])
        yield town, town.lines(units)


def _person(name: str) -> tuple[UUID, UUID, bool]:
    """Find whom a sign-in name, or a member's id, stands for: log, id, and whether it is a member."""
    account = Account.objects.filter(name=sign_in_name(name)).first()
    if account is not None and account.log is not None:
        return account.log, account.id, False
    try:
        member = Member.objects.filter(id=UUID(name)).first()
    except ValueError:
        member = None
    if member is None:
        raise CommandError(_("--by %(name)s: nobody in a township signs in by this name") % {"name": name})
    return member.log, member.id, True
