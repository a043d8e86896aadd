"""The schema of the visit ledger; its lines are written by the fold alone."""

from typing import ClassVar, Self

from django.db import models

from concerto.journal.models import LedgerRow
from concerto.places.sight import Role, Sight


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


class VillageFactQuerySet(models.QuerySet["VillageFact"]):
    """Words to ask for what is known of villages."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the villages in sight; who only counts sees the township's, since no fact is about a person."""
        if sight.log is None:
            return self.none()
        here = self.filter(log=sight.log, source_withdrawn=False)
        return here if sight.has(Role.COUNTY_VIEWER) else here.filter(village__in=sight.units)


class VillageFact(models.Model):
    """A fact about a village as it was on a day, and when it was last found to be still so.

    `wording` is what a confirmation of it must have seen.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    village = models.UUIDField()
    what = models.CharField(max_length=20)
    number = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=12)
    words = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    as_of = models.DateField()
    source = models.CharField(max_length=12)
    paper = models.CharField(max_length=64)
    told_as = models.CharField(max_length=16)
    confirmed_on = models.DateField(null=True)
    seq = models.BigIntegerField()
    source_withdrawn = models.BooleanField()
    wording = models.UUIDField()

    objects: ClassVar = VillageFactQuerySet.as_manager()

    class Meta:
        db_table = "village_fact"
        indexes: ClassVar = [models.Index(fields=["log", "village", "as_of"], name="fact_of_village")]
