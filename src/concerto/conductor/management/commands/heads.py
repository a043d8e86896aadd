"""`concerto heads`: a line for each log; kept outside the house, they let `verify --heads` find what was taken away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext_noop

from concerto.conductor.heads import heads


class Command(BaseCommand):
    """Print where every log stands."""

    help = gettext_noop("print a line per log, for `verify --heads`")

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Print the lines, in a fixed order."""
        for head in heads():
            self.stdout.write(head.line())
