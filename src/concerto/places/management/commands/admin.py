"""`concerto admin NAME`: prints a one-time slip for an administrator, the first one of a home above all."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.places.accounts import add_account, sign_in_name
from concerto.places.models import Account
from concerto.places.slips import issue


class Command(BaseCommand):
    """Makes the first administrator of a home; later it only helps one who lost the slip or the password.

    Whoever may run this can read the whole home anyway, so it gives nothing away; the slip is noted like any other.
    """

    help = gettext_noop(
        "Print a one-time slip for an administrator of an empty home. In a home that has people it makes nobody new: "
        "it prints another slip for an administrator who is there already."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the administrator."""
        parser.add_argument("name", metavar="NAME", help=_("the name to sign in with; it may be a telephone number"))
        parser.add_argument(
            "--called", metavar="WORDS", default="", help=_("the name as others see it; NAME if left out")
        )

    def handle(self, *, name: str, called: str, **options: Any) -> None:
        """Find or make the administrator, and print the slip."""
        now = clock.now()
        slip = issue(self._administrator(name, called or name), by=None, at=now)
        self.stdout.write(f"Sign-in name:   {slip.account.name}")
        self.stdout.write(f"One-time slip:  {slip.secret}")
        until = slip.expires_at.astimezone(clock.SHANGHAI)
        self.stdout.write(f"Valid until:    {until:%Y-%m-%d %H:%M}, once")
        self.stdout.write("Start the house (bin/run), open /slip/ there, give both and choose a password.")

    def _administrator(self, name: str, called: str) -> Account:
        known = Account.objects.filter(name=sign_in_name(name)).first()
        if known is not None and known.is_administrator:
            return known
        if Account.objects.exists():
            raise Refused("not_an_empty_home")
        return add_account(name, called, at=clock.now(), log=None, is_administrator=True)
