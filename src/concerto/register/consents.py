"""The register's ledger of consents, read where the household lives and nowhere above."""

from collections.abc import Collection
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from concerto.places.sight import Sight


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Words to ask for consents."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of a township for who works in a village; whose they are, is asked by whom one knows."""
        return self.none() if sight.log is None or not sight.near else self.filter(log=sight.log)

    def of(self, households: Collection[UUID], people: Collection[UUID]) -> Self:
        """What these households and these people said, the latest first; who moved brings along what they said."""
        theirs = models.Q(household__in=households, resident__isnull=True) | models.Q(resident__in=people)
        return self.filter(theirs).order_by("-on", "-seq")


class Consent(models.Model):
    """What a household, or one of its people, said to one purpose on a day, and how they had been told of it."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    household = models.UUIDField()
    resident = models.UUIDField(null=True)
    purpose = models.CharField(max_length=12)
    answer = models.CharField(max_length=12)
    language = models.CharField(max_length=12)
    interpreted = models.CharField(max_length=12)
    read_aloud = models.BooleanField()
    on = models.DateField()
    seq = models.BigIntegerField()

    objects: ClassVar = ConsentQuerySet.as_manager()

    class Meta:
        db_table = "consent"
        indexes: ClassVar = [
            models.Index(fields=["log", "household"], name="consent_of_household"),
            models.Index(fields=["log", "resident"], name="consent_of_resident"),
        ]
