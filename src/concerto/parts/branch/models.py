"""The schema of the branch ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class Matter(LedgerRow):
    """A meeting or one thing it held, a decision it took, or a pledge or branch matter that a visit served.

    Of a meeting `base` and `present` say how many should have been there and how many of them were.
    """

    member = models.UUIDField(null=True)
    words = models.CharField(max_length=64, blank=True)
    source_withdrawn = models.BooleanField()
    base = models.SmallIntegerField(null=True)
    present = models.SmallIntegerField(null=True)
    due = models.DateField(null=True)

    class Meta(LedgerRow.Meta):
        db_table = "branch_line"
