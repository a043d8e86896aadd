"""`concerto record FILE.json --as USER`: brings entries written elsewhere to the one door."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.receive import Receipt, receive
from concerto.groundwork import clock
from concerto.groundwork.files import why_not
from concerto.groundwork.refusals import Refused
from concerto.journal.said import Item
from concerto.places.accounts import sign_in_name
from concerto.places.models import Account

AT_ONCE = 200


class Command(BaseCommand):
    """Answers every entry by itself and ends with 0 when all are answered, whatever the answers are."""

    help = gettext_noop('bring a list of {"said": TEXT, "sealed": [...]} to the door, or one such item')

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, and who brings it."""
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument("--as", dest="author", default="", metavar="USER", help=_("whose entries they are"))
        parser.add_argument("--json", action="store_true", help=_("answer on one line"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Read, receive, answer."""
        given = read_file(Path(options["file"]))
        account = account_named(options["author"]) if options["author"] else None
        answers = [answer(receipt) for receipt in received(given, account)]
        self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=None if options["json"] else 2))


def read_file(path: Path) -> list[Any]:
    """Read the list of a file; a single item is a list of one."""
    try:
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path}: {why_not(error)}") from None
    except orjson.JSONDecodeError as error:
        raise CommandError(_("%(path)s is not JSON, line %(line)d") % {"path": path, "line": error.lineno}) from None
    if isinstance(found, dict):
        return [found]
    if not isinstance(found, list):
        raise CommandError(_("%(path)s: neither an item nor a list of items") % {"path": path})
    return found


def account_named(name: str) -> Account:
    """Find an account by the name it signs in with; a closed one brings nothing."""
    account = Account.objects.filter(name=sign_in_name(name), is_active=True).first()
    if account is None:
        raise CommandError(_("--as %(name)s: nobody signs in by this name") % {"name": name})
    return account


def received(given: Sequence[Any], account: Account | None) -> Iterator[Receipt]:
    """Bring items to the door in their order; what is no item is refused by itself."""
    for start in range(0, len(given), AT_ONCE):
        read = [_item(one) for one in given[start : start + AT_ONCE]]
        receipts = iter(receive([item for item in read if isinstance(item, Item)], brought_by=account, at=clock.now()))
        for item in read:
            yield next(receipts) if isinstance(item, Item) else item


def _item(given: Any) -> Item | Receipt:
    try:
        return msgspec.convert(given, Item)
    except msgspec.ValidationError as wrong:
        refusal = Refused("not_understood", what=str(wrong))
        return Receipt(None, "refused", refusal.code, refusal.facts)


def answer(receipt: Receipt) -> dict[str, Any]:
    """Say a receipt as other tools read it."""
    return {
        "id": str(receipt.id) if receipt.id else None,
        "outcome": receipt.outcome,
        "code": receipt.code,
        "why": receipt.why,
        "posted": receipt.posted,
        "head": receipt.head,
    }
