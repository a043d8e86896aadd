"""`concerto demo`: fills an empty home with the demo world, in which everybody is invented."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.faces.files.demo.township import PASSWORD
from concerto.faces.files.demo.world import make_world, who_signs_in
from concerto.journal.models import Entry
from concerto.places.models import Account

AS_OF = date(2026, 9, 18)
WHO_SIGNS_IN = "who-signs-in.txt"


class Command(BaseCommand):
    """Make the world once, and say who can sign in."""

    help = gettext_noop("fill an empty home with the demo world")

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask as of which day."""
        parser.add_argument(
            "--asof",
            type=date.fromisoformat,
            metavar="DATE",
            help=_("the last day of the demo year; %(day)s if not said") % {"day": AS_OF},
        )

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Refuse a home in use; else make the world and write down who signs in."""
        if Account.objects.exists() or Entry.objects.exists():
            raise CommandError(_("This home is in use; the demo world is made in an empty one."))
        make_world(options["asof"] or AS_OF, lambda what: self.stderr.write(f"demo: {what}"))
        people = who_signs_in(PASSWORD)
        (settings.CONCERTO_HOME / WHO_SIGNS_IN).write_text(f"{people}\n", encoding="utf-8")
        self.stdout.write(people)
