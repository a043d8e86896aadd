"""The register's ledger of what a township lets go or changes of the mechanism; written by folds alone."""

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from concerto.places.sight import Sight


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Words to ask for waivers."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the units this reader works with."""
        return self.filter(log=sight.log, unit__in=sight.units) if sight.log else self.none()

    def of_turn(self, log: UUID, *, duty: str, period: str, owed_by: UUID | str, about: UUID | None) -> Self:
        """Those that stand and ask for this very turn, or for all that its owner owes in it."""
        named = models.Q(about=None) | models.Q(about=about)
        return self.filter(named, log=log, duty=duty, period=period, owed_by=owed_by, source_withdrawn=False)


class Waiver(models.Model):
    """That a duty was asked to be let go for a period, and what was answered; `owed_by` is never who answers."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    unit = models.UUIDField()
    duty = models.CharField(max_length=40)
    owed_by = models.UUIDField()
    about = models.UUIDField(null=True)
    period = models.CharField(max_length=24)
    reason = models.CharField(max_length=16)
    state = models.CharField(max_length=8)
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = WaiverQuerySet.as_manager()

    class Meta:
        db_table = "waiver"
        indexes: ClassVar = [models.Index(fields=["log", "duty", "period"], name="waiver_of_duty")]


class OfLogQuerySet(models.QuerySet[Any]):
    """Words to ask for what is everybody's of a township."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the reader's township: what the mechanism asks is no secret."""
        return self.filter(log=sight.log) if sight.log else self.none()


class LocalEdition(models.Model):
    """An edition of a duty that a township proposed for itself; `told` tells it as a duty's file does."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    duty = models.CharField(max_length=40)
    since = models.DateField()
    told = models.TextField()
    state = models.CharField(max_length=8)
    proposed_by = models.UUIDField()
    proposed_on = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = OfLogQuerySet.as_manager()

    class Meta:
        db_table = "local_edition"


class LocalDays(models.Model):
    """A year's days off and weekend days worked, as the township took them from a notice."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    year = models.SmallIntegerField()
    source = models.CharField(max_length=80)
    off = models.TextField()
    worked = models.TextField()

    objects: ClassVar = OfLogQuerySet.as_manager()

    class Meta:
        db_table = "day_table"
