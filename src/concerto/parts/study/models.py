"""The schema of the study ledger; its lines are written by the fold alone."""

from typing import ClassVar

from django.db import models

from concerto.journal.models import LedgerRow


class Talk(LedgerRow):
    """A talk on policy, a lesson at home, a training, or the study before and in a meeting."""

    topics = models.TextField()
    minutes = models.IntegerField()
    households = models.SmallIntegerField()

    class Meta(LedgerRow.Meta):
        db_table = "study_line"


class StudyTime(models.Model):
    """How long one member studied at something. It is no line of a ledger: nobody is listed or compared by it.

    From–to in minutes since midnight where it is known, or a length alone; `hours.py` says what a day comes to.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=24)
    person = models.UUIDField()
    on = models.DateField()
    begins = models.SmallIntegerField(null=True)
    ends = models.SmallIntegerField(null=True)
    minutes = models.SmallIntegerField()

    class Meta:
        db_table = "study_time"
        indexes: ClassVar = [models.Index(fields=["log", "person", "on"], name="study_time_of_person")]
