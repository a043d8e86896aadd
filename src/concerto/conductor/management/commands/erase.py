"""`concerto erase ID --basis TEXT`: erases every part about a person or household; lists what needs a decision."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor import reach
from concerto.conductor.erasing import Done, erase
from concerto.conductor.seeking import Found, held
from concerto.groundwork import clock
from concerto.places.models import Account


class Command(BaseCommand):
    """Erase; the answer is JSON and holds ids, kinds and dates, never a word of what it was."""

    help = gettext_noop(
        "Erases every sealed part about a person or household, and lists the parts that need a decision."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help=_("the id of a resident or household"))
        parser.add_argument("--basis", default="", help=_("why: kept for ever, so without the person's name"))
        parser.add_argument("--also", nargs="+", default=[], metavar="DIGEST", help=_("listed parts that go too"))
        parser.add_argument("--all-listed", action="store_true", help=_("all listed parts go too"))
        parser.add_argument("--list", action="store_true", help=_("only say what there is, and erase nothing"))
        parser.add_argument(
            "--as", dest="author", default="", metavar="USER", help=_("the privacy officer who decides")
        )

    def handle(self, *args: Any, **given: Any) -> None:
        if given["list"]:
            found = held(given["id"])
            self._answer({"id": str(found.thing), "own": _lines(found.own), "listed": _lines(found.listed)})
            return
        if not given["basis"].strip():
            raise CommandError(_("--basis is missing: say why, without the person's name"))
        done = erase(
            given["id"],
            basis=given["basis"],
            also=given["also"],
            everything=given["all_listed"],
            by=_author(given["author"]),
            at=clock.now(),
        )
        self._answer(_said(done))

    def _answer(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _author(name: str) -> Account | None:
    if not name:
        return None
    account = Account.objects.filter(name=name, is_active=True).first()
    if account is None or not account.is_privacy_officer:
        raise CommandError(_("%(name)s is not a privacy officer here") % {"name": name})
    return account


def _said(done: Done) -> dict[str, Any]:
    return {
        "id": str(done.person),
        "erased": done.erased,
        "entries": [{"id": str(r.id), "log": r.head.get("log"), "seq": r.seq} for r in done.entries],
        "reached": done.reached,
        "engine_clean": done.engine_clean,
        "listed": _lines(done.left),
        "beyond_reach": list(reach.BEYOND),
    }


def _lines(parts: Any) -> list[dict[str, str]]:
    return [_line(part) for part in parts]


def _line(part: Found) -> dict[str, str]:
    return {
        "digest": part.digest,
        "log": str(part.log),
        "entry": str(part.entry),
        "kind": part.kind,
        "on": part.on.isoformat(),
        "about": part.sort,
        "audience": part.audience,
        "why": part.why,
    }
