"""The register's ledger of a branch: its committee's seats, votes that rest, and groups; written by folds alone."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from concerto.places.models import in_force


class DatedQuerySet(models.QuerySet[Any]):
    """Words to ask for what holds from a day to a day."""

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(in_force(day), source_withdrawn=False)


class Seat(models.Model):
    """Who sits on the committee of a branch, as what, from a day to a day."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    branch = models.UUIDField()
    member = models.UUIDField()
    post = models.CharField(max_length=12)
    since = models.DateField()
    until = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        db_table = "seat"
        indexes: ClassVar = [models.Index(fields=["log", "branch"], name="seat_of_branch")]


class Suspension(models.Model):
    """That somebody's vote rests, from a day to a day. Why is nowhere."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    member = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        db_table = "suspension"
        indexes: ClassVar = [models.Index(fields=["log", "member"], name="suspension_of_member")]


class Grouping(models.Model):
    """Which group of the branch a member belonged to, from a day to a day."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    group = models.UUIDField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    entry = models.UUIDField()

    class Meta:
        db_table = "grouping"
        indexes: ClassVar = [models.Index(fields=["log", "group"], name="grouping_of_group")]
