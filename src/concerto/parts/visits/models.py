"""The schema of the visit ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class Visit(LedgerRow):
    """One household that a visit, a call or a gathering called on."""

    met = models.SmallIntegerField()
    told_by = models.CharField(max_length=12)
    change = models.CharField(max_length=12)
    change_words = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=64, blank=True)

    class Meta(LedgerRow.Meta):
        db_table = "visit_line"
