"""The register's ledger: written by folds alone, read through sights."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from concerto.places.models import in_force
from concerto.places.sight import Sight

from .amendments import LocalDays as LocalDays
from .amendments import LocalEdition as LocalEdition
from .amendments import Waiver as Waiver
from .consents import Consent as Consent
from .panel import PanelMember as PanelMember
from .seats import DatedQuerySet
from .seats import Grouping as Grouping
from .seats import Seat as Seat
from .seats import Suspension as Suspension
from .slips import MatterSlip as MatterSlip
from .wordings import several_wordings

CHANGED = models.Q(several_wordings("wordings"))  # few again, and every board looks for those that moved
MERGED = models.Q(called__isnull=False)  # few of a log, and every page asks for them


class HouseholdQuerySet(models.QuerySet["Household"]):
    """Words to ask for households."""

    def seen_by(self, sight: Sight) -> Self:
        """Those whose card this reader may open: of the villages they work in now."""
        if sight.log is None or not (sight.cards or sight.things):
            return self.none()
        return self.filter(models.Q(village__in=sight.cards) | models.Q(id__in=sight.things), log=sight.log)

    def here(self) -> Self:
        """Those that are still here under their own name."""
        return self.filter(called__isnull=True, left_on__isnull=True, source_withdrawn=False)


class Household(models.Model):
    """A household as it stands now. `called` names the one it was merged into; reading goes through `current`."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    village = models.UUIDField()
    number = models.CharField(max_length=20)
    group = models.CharField(max_length=20)
    head = models.UUIDField(null=True)
    places = models.TextField()
    reached_by = models.CharField(max_length=40)
    best_months = models.CharField(max_length=40)
    left_on = models.DateField(null=True)
    called = models.UUIDField(null=True)
    erased = models.BooleanField()
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = HouseholdQuerySet.as_manager()

    class Meta:
        db_table = "household"
        indexes: ClassVar = [
            models.Index(fields=["log", "village", "number", "id"], name="household_of_village"),
            models.Index(fields=["log", "id"], condition=MERGED, name="household_merged"),
            models.Index(fields=["log", "id"], condition=CHANGED, name="household_changed"),
        ]


class ResidentQuerySet(models.QuerySet["Resident"]):
    """Words to ask for residents."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the households this reader may open."""
        seen = Household.objects.seen_by(sight).values("id")
        return self.none() if sight.log is None else self.filter(log=sight.log, household__in=seen)

    def here(self) -> Self:
        """Those that are still here under their own name."""
        return self.filter(called__isnull=True, left_on__isnull=True, source_withdrawn=False, erased=False)


class Resident(models.Model):
    """Somebody as they stand now. Names, phones, birth date and keyed hash are copies of sealed parts."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    household = models.UUIDField()
    relation = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    aliases = models.TextField()
    phones = models.TextField()
    born = models.CharField(max_length=10)
    identity = models.CharField(max_length=64)
    search = models.TextField()
    left_on = models.DateField(null=True)
    called = models.UUIDField(null=True)
    erased = models.BooleanField()
    restricted = models.BooleanField()
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = ResidentQuerySet.as_manager()

    class Meta:
        db_table = "resident"
        indexes: ClassVar = [
            models.Index(fields=["log", "household", "id"], name="resident_of_household"),
            models.Index(fields=["log", "identity"], name="resident_identity"),
            models.Index(fields=["log", "id"], condition=MERGED, name="resident_merged"),
        ]


class Membership(models.Model):
    """Which household somebody belonged to, from a day to a day."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    household = models.UUIDField()
    relation = models.CharField(max_length=12)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    entry = models.UUIDField()

    class Meta:
        db_table = "membership"
        indexes: ClassVar = [models.Index(fields=["log", "household"], name="membership_of_household")]


class Member(models.Model):
    """A party member of a branch as they stand now. Why somebody is exempt or away is not here."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    resident = models.UUIDField()
    branch = models.UUIDField()
    group = models.UUIDField(null=True)
    standing = models.CharField(max_length=12)
    exempt = models.BooleanField()
    floating = models.BooleanField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    class Meta:
        db_table = "member"
        indexes: ClassVar = [
            models.Index(fields=["log", "branch", "id"], name="member_of_branch"),
            models.Index(fields=["log", "resident"], name="member_resident"),
        ]


TO_ASK = models.Q(helps=False, agreement="not_asked")  # few of a log


class HelperLinkQuerySet(models.QuerySet["HelperLink"]):
    """Words to ask for helper links."""

    def on(self, day: date) -> Self:
        """Those under which a household is helped on a day."""
        return self.filter(in_force(day, since="helps_from"), source_withdrawn=False, helps=True)

    def named_on(self, day: date) -> Self:
        """Those in force on a day, also where the household is still to be asked; not where it does not want one."""
        return self.filter(in_force(day), source_withdrawn=False).exclude(agreement="declined")

    def to_ask(self, day: date) -> Self:
        """Those that follow somebody else's, of which the household is still to be asked whether it agrees."""
        asked = models.Q(until__isnull=True) | models.Q(until__gte=day)
        return self.filter(TO_ASK, asked, source_withdrawn=False)


class HelperLink(models.Model):
    """Household and helper, with the household's agreement; from when on the one counts as helped by it, if it does."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    household = models.UUIDField()
    helper = models.UUIDField(null=True)
    agreement = models.CharField(max_length=12)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    helps = models.BooleanField()
    helps_from = models.DateField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = HelperLinkQuerySet.as_manager()

    class Meta:
        db_table = "helper_link"
        indexes: ClassVar = [
            models.Index(fields=["log", "household"], name="helper_link_of_household"),
            models.Index(fields=["log", "helper"], condition=TO_ASK, name="helper_link_to_ask"),
        ]


class Posting(models.Model):
    """Who serves which unit as what. `absences` lists days away and deputies; why is never asked."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    account = models.UUIDField()
    unit = models.UUIDField()
    role = models.CharField(max_length=20)
    parts = models.CharField(max_length=60)
    letter = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    absences = models.TextField()
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        db_table = "posting"
        indexes: ClassVar = [
            models.Index(fields=["log", "account"], name="posting_of_account"),
            models.Index(fields=["log", "unit"], name="posting_of_unit"),
        ]


class HandedOver(models.Model):
    """A desk that a matter is with: it may read it until it has returned it."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    desk = models.UUIDField()

    class Meta:
        db_table = "handed_over"
        indexes: ClassVar = [models.Index(fields=["log", "desk"], name="handed_over_to_desk")]


class ErasureRow(models.Model):
    """That something was erased: when, how much, about whom by id. Never what it was."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    on = models.DateField()
    person = models.UUIDField(null=True)
    parts = models.IntegerField()

    class Meta:
        db_table = "erasure"
