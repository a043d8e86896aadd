"""The schema of the dispute ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class Lead(LedgerRow):
    """A lead to a dispute: not a case. Seen by its author and the desk alone."""

    words = models.CharField(max_length=64)
    source_withdrawn = models.BooleanField()

    class Meta(LedgerRow.Meta):
        db_table = "dispute_line"
