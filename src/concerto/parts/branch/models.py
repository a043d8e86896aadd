"""The schema of the branch ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class Matter(LedgerRow):
    """A pledge or branch matter that was served."""

    member = models.UUIDField(null=True)
    words = models.CharField(max_length=64, blank=True)
    source_withdrawn = models.BooleanField()

    class Meta(LedgerRow.Meta):
        db_table = "branch_line"
