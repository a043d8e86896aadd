"""The schema of the study ledger; its lines are written by the fold alone."""

from django.db import models

from concerto.journal.models import LedgerRow


class Talk(LedgerRow):
    """A talk on policy, or a lesson at home, that a visit held."""

    topics = models.TextField()
    minutes = models.IntegerField()
    households = models.SmallIntegerField()

    class Meta(LedgerRow.Meta):
        db_table = "study_line"
