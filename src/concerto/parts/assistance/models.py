"""The schema of the assistance ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class AssistanceLine(LedgerRow):
    """A need, or what changed (or did not) in a helped household."""

    sort = models.CharField(max_length=20)
    words = models.CharField(max_length=64, blank=True)
    source_withdrawn = models.BooleanField()

    class Meta(LedgerRow.Meta):
        db_table = "assistance_line"
