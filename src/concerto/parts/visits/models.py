"""The schema of the visit ledger; its lines are written by the fold alone."""

from typing import ClassVar, Self

from django.db import models

from concerto.journal.models import LedgerRow
from concerto.places.sight import Sight


class Visit(LedgerRow):
    """One household that a visit, a call or a gathering called on."""

    met = models.SmallIntegerField()
    told_by = models.CharField(max_length=12)
    change = models.CharField(max_length=12)
    change_words = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=64, blank=True)

    class Meta(LedgerRow.Meta):
        db_table = "visit_line"


class RoundQuerySet(models.QuerySet["Round"]):
    """Words to ask for rounds."""

    def seen_by(self, sight: Sight) -> Self:
        """Those that cover a village in sight, as far as they do."""
        if sight.log is None or not sight.units:
            return self.none()
        return self.filter(log=sight.log, village__in=sight.units, source_withdrawn=False)


class Round(models.Model):
    """A round as it covers one village: from a day to a day every household there is met once, unless it was stopped.

    `wording` is what a decision on it must have seen.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    village = models.UUIDField()
    since = models.DateField()
    until = models.DateField()
    stopped_on = models.DateField(null=True)
    entry = models.UUIDField()
    stop = models.UUIDField(null=True)
    campaign = models.CharField(max_length=64)
    source_withdrawn = models.BooleanField()
    wording = models.UUIDField()

    objects: ClassVar = RoundQuerySet.as_manager()

    class Meta:
        db_table = "visit_round"
        indexes: ClassVar = [models.Index(fields=["log", "village", "until"], name="round_of_village")]


class WishQuerySet(models.QuerySet["VisitWish"]):
    """Words to ask for wishes."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of a township; whose they are, is asked by whom one knows: above the village nobody is."""
        return self.none() if sight.log is None or not sight.near else self.filter(log=sight.log)


class VisitWish(models.Model):
    """How often a household wishes to be visited from a day on, until it says so again."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    household = models.UUIDField()
    often = models.CharField(max_length=12)
    on = models.DateField()
    seq = models.BigIntegerField()

    objects: ClassVar = WishQuerySet.as_manager()

    class Meta:
        db_table = "visit_wish"
        indexes: ClassVar = [models.Index(fields=["log", "household"], name="wish_of_household")]
