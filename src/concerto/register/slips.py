"""The register's ledger of matter slips, and the ways to one: by its code, by its serial, by its matter."""

from collections.abc import Collection
from typing import ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models

from concerto.groundwork import keyed
from concerto.places.sight import Sight


class MatterSlipQuerySet(models.QuerySet["MatterSlip"]):
    """Words to ask for slips."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the reader's township. What a slip was given for is seen by whoever sees that."""
        return self.filter(log=sight.log) if sight.log else self.none()

    def given(self) -> Self:
        """Those that somebody has in hand and that still open something."""
        return self.filter(matter__isnull=False, void=False)

    def to_give(self) -> Self:
        """Those that are printed and nobody's yet."""
        return self.filter(matter__isnull=True, void=False, source_withdrawn=False)

    def of(self, log: UUID, matters: Collection[UUID]) -> Self:
        """Those given for these matters."""
        return self.filter(log=log, matter__in=matters).order_by("given_on", "id")


class MatterSlip(models.Model):
    """A printed slip as it stands: nobody's, given for a matter, or void. `code` is a keyed hash, never the code.

    One of a need is its household's, one of a case its `party`'s, and no household's.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    serial = models.CharField(max_length=9)
    code = models.CharField(max_length=64)
    matter = models.UUIDField(null=True)
    what = models.CharField(max_length=16)
    household = models.UUIDField(null=True)
    party = models.UUIDField(null=True)
    given_on = models.DateField(null=True)
    given_by = models.UUIDField(null=True)
    void = models.BooleanField()
    call_asked_on = models.DateField(null=True)
    call_seq = models.BigIntegerField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = MatterSlipQuerySet.as_manager()

    class Meta:
        db_table = "matter_slip"
        indexes: ClassVar = [
            models.Index(fields=["code"], name="matter_slip_code"),
            models.Index(fields=["log", "serial"], name="matter_slip_serial"),
            models.Index(fields=["log", "household"], name="matter_slip_of_household"),
            models.Index(fields=["log", "matter"], name="matter_slip_of_matter"),
            models.Index(fields=["log"], condition=models.Q(call_asked_on__isnull=False), name="matter_slip_call"),
        ]


def by_code(code: str) -> MatterSlip | None:
    """Find the slip that bears a code, in whatever township; one that is void is not there."""
    kept = keyed.code_hash(code, settings.CONCERTO_HOME)
    found: MatterSlip | None = MatterSlip.objects.filter(code=kept, void=False).first()
    return found if found and (found.matter or not found.source_withdrawn) else None


def last_serial(log: UUID) -> str:
    """Give the last serial printed in a township; nothing where none was."""
    return str(MatterSlip.objects.filter(log=log).order_by("-serial").values_list("serial", flat=True).first() or "")


def serials_of(log: UUID, matters: Collection[UUID]) -> dict[UUID, list[str]]:
    """Give the serials of the slips that are in hand for these matters."""
    found: dict[UUID, list[str]] = {}
    if matters:
        given = MatterSlip.objects.of(log, matters).filter(void=False)
        for slip in given:
            if slip.matter:
                found.setdefault(slip.matter, []).append(slip.serial)
    return found
