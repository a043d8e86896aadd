"""`concerto verify`: whether every log and every ledger of this home holds."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.conductor.heads import Lost, read_heads
from concerto.conductor.verify import NOT_FOUND_AT_ALL, NOT_FOUND_WITHOUT_HEADS, Verified, verify
from concerto.groundwork import canonical
from concerto.groundwork.files import why_not


class Command(BaseCommand):
    """Exit 0 when everything holds, 1 with the first difference."""

    help = gettext_noop("fold the journal again and compare: every log, every ledger")

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what may be asked."""
        parser.add_argument("--heads", metavar="FILE", help=_("heads kept elsewhere: what `concerto heads` printed"))
        parser.add_argument("--json", action="store_true", help=_("answer on one line of JSON"))

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Verify, answer, and leave with the exit code that says which."""
        kept = []
        if options["heads"]:
            with _opened(options["heads"]) as lines:
                kept = list(read_heads(lines))
        found = verify(kept)
        with_heads = bool(options["heads"])
        self.stdout.write(_json(found, with_heads) if options["json"] else _words(found, with_heads))
        if found.difference is not None:
            self.stdout.flush()
            sys.exit(1)


def _opened(path: str) -> Any:
    try:
        return Path(path).open(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {why_not(error)}") from None


def _words(found: Verified, with_heads: bool) -> str:  # noqa: FBT001  (private)
    if found.difference is not None:
        return str(found.difference)
    counts = {"logs": found.logs, "entries": found.entries}
    lines = [_("Every log and every ledger holds: %(logs)d logs, %(entries)d entries.") % counts]
    lines += [_lost_line(lost) for lost in found.lost]
    lines += _not_found(with_heads)
    return "\n".join(lines)


def _lost_line(lost: Lost) -> str:
    facts = {"log": lost.log, "first": lost.after + 1, "last": lost.until, "at": lost.restored_at}
    return _("%(log)s: entries %(first)d to %(last)d were lost in the restore of %(at)s") % facts


def _not_found(with_heads: bool) -> list[str]:  # noqa: FBT001  (private)
    return [str(NOT_FOUND_AT_ALL)] if with_heads else [str(NOT_FOUND_WITHOUT_HEADS), str(NOT_FOUND_AT_ALL)]


def _json(found: Verified, with_heads: bool) -> str:  # noqa: FBT001  (private)
    return canonical.write(
        {
            "holds": found.difference is None,
            "logs": found.logs,
            "entries": found.entries,
            "difference": found.difference.as_facts() if found.difference else None,
            "lost": [{**lost._asdict(), "log": str(lost.log)} for lost in found.lost],
            "cannot_find": _not_found(with_heads),
        }
    )
