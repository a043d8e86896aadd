"""The schema of the dispute ledger; its lines are written by the fold alone."""

from datetime import date, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from concerto.journal.kinds.cases import category_of
from concerto.journal.kinds.protected import SUSPECTED_OF
from concerto.journal.models import LedgerRow
from concerto.places.sight import Role, Sight
from concerto.register.holding import STANDS_IN
from concerto.register.panel import PanelMember

ALIKE_DAYS = 90


class Lead(LedgerRow):
    """A line of the dispute ledger: a lead, seen by its author and the desk alone; or a screening of a village.

    A lead is no case. A screening has a way, the sorts that were asked about and a number found; no household.
    """

    words = models.CharField(max_length=64)
    source_withdrawn = models.BooleanField()
    way = models.CharField(max_length=16)
    sorts = models.CharField(max_length=120)
    found = models.SmallIntegerField(null=True)

    class Meta(LedgerRow.Meta):
        db_table = "dispute_line"


class CaseQuerySet(models.QuerySet["Case"]):
    """Words to ask for cases. Whoever is named in none of these sees counts alone."""

    def seen_by(self, sight: Sight) -> Self:
        """Those that open to this reader: as a desk that has it or was asked, its mediator, or who took it over."""
        return self._of(sight, opens=True)

    def followed_by(self, sight: Sight) -> Self:
        """Those of which this reader sees that they go on, and not what is said: who brought one, or handed it on."""
        followed = self._of(sight, opens=False)
        return followed.exclude(id__in=self.seen_by(sight).values("id"))

    def _of(self, sight: Sight, *, opens: bool) -> Self:
        if sight.log is None:
            return self.none()
        return self.filter(log=sight.log, id__in=CaseReader.objects.of(sight).filter(opens=opens).values("id"))

    def counted_by(self, sight: Sight) -> Self:
        """Those of the units this reader sees, to be counted and never listed: small numbers are hidden by the page.

        A county's viewer sees no unit, and is told the counts of the township they are posted to.
        """
        standing = self.filter(log=sight.log, source_withdrawn=False)
        if sight.log is not None and sight.has(Role.COUNTY_VIEWER):
            return standing
        return standing.filter(unit__in=sight.units) if sight.log is not None and sight.units else self.none()

    def standing(self) -> Self:
        """Those whose source was not taken back."""
        return self.filter(source_withdrawn=False)

    def alike(self, *, unit: UUID, sort: str, day: date) -> Self:
        """Open ones of the same place and kind since 90 days: perhaps the same matter. Never asked for by name."""
        since = day - timedelta(days=ALIKE_DAYS)
        mine = self.filter(unit=unit, category=category_of(sort), opened_on__gte=since, opened_on__lte=day)
        return mine.filter(Q(state="open") | Q(stage="brought")).order_by("-opened_on", "id")


class Case(models.Model):
    """A case as it stands: `stage` is where it is, `state` what is counted once it was accepted, `outcome` its end.

    `desk` has it, `sent_to` has still to answer, `office` is one without a desk here; `mediator` is a line of the panel
    and `account` theirs, if they sign in; `linked` the other cases it is handled with, by commas. A decision must have
    seen `wordings`.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    entry = models.UUIDField()
    unit = models.UUIDField()
    number = models.CharField(max_length=40)
    sort = models.CharField(max_length=24)
    category = models.CharField(max_length=24)
    source = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)
    level = models.CharField(max_length=8)
    difficulty = models.CharField(max_length=8)
    difficulty_until = models.DateField(null=True)
    procedure = models.CharField(max_length=16)
    stage = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    outcome = models.CharField(max_length=20)
    desk = models.UUIDField()
    desk_state = models.CharField(max_length=12)
    sent_to = models.UUIDField(null=True)
    office = models.CharField(max_length=24)
    sent_on = models.DateField(null=True)
    mediator = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    brought_by = models.UUIDField()
    lead = models.UUIDField(null=True)
    opened_on = models.DateField()
    accepted_on = models.DateField(null=True)
    effect_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    extended_to = models.DateField(null=True)
    next_on = models.DateField(null=True)
    last_due = models.DateField(null=True)
    court = models.CharField(max_length=16)
    parties = models.SmallIntegerField()
    items = models.SmallIntegerField()
    items_open = models.SmallIntegerField()
    steps = models.SmallIntegerField()
    last_on = models.DateField()
    summary = models.CharField(max_length=64)
    linked = models.TextField()
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        db_table = "dispute_case"
        indexes: ClassVar = [
            models.Index(fields=["log", "state", "unit", "opened_on"], name="case_of_unit"),
            models.Index(fields=["log", "unit", "category", "opened_on"], name="case_alike"),
            models.Index(fields=["log", "desk", "stage", "opened_on"], name="case_of_desk"),
            models.Index(fields=["log", "last_on"], name="case_by_last_day"),
            models.Index(fields=["log", "accepted_on"], name="case_by_first_day"),
        ]


class CaseStep(models.Model):
    """One step of a case's path, in the order of `n`.

    `detail` is by its kind what was told, asked, agreed or signed, `says` the answer, `of` the agreement, the item or
    the mediator, `holder` where it was sent, `desk` for which unit it was recorded.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=20)
    on = models.DateField()
    by = models.UUIDField()
    desk = models.UUIDField()
    party = models.UUIDField(null=True)
    detail = models.CharField(max_length=24)
    says = models.CharField(max_length=8)
    names_day = models.DateField(null=True)
    holder = models.UUIDField(null=True)
    office = models.CharField(max_length=24)
    of = models.UUIDField(null=True)
    words = models.CharField(max_length=64)

    class Meta:
        db_table = "case_step"
        indexes: ClassVar = [
            models.Index(fields=["log", "id"], condition=models.Q(kind="return_visit"), name="case_step_visited")
        ]


class CaseParty(models.Model):
    """A party of one case, on its side; `willing` is what it said to mediation. Of nothing but this case.

    Since `called_on` it waits to be called, as it asked by its slip.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    party = models.UUIDField()
    side = models.CharField(max_length=8)
    sort = models.CharField(max_length=12)
    minor = models.BooleanField()
    willing = models.CharField(max_length=8)
    name = models.CharField(max_length=64)
    represented_by = models.CharField(max_length=64)
    phone = models.CharField(max_length=64)
    called_on = models.DateField(null=True)

    class Meta:
        db_table = "case_party"
        indexes: ClassVar = [
            models.Index(fields=["log"], condition=models.Q(called_on__isnull=False), name="case_party_call")
        ]


class CaseItem(models.Model):
    """One thing that was agreed in a case, by when, and how it was kept when it was last asked."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    item = models.UUIDField()
    who = models.UUIDField(null=True)
    by = models.DateField(null=True)
    amount = models.BigIntegerField(null=True)
    how = models.CharField(max_length=8)
    asked_on = models.DateField(null=True)
    words = models.CharField(max_length=64)

    class Meta:
        db_table = "case_item"
        indexes: ClassVar = [models.Index(fields=["log", "by"], name="case_item_due")]


class CaseReaderQuerySet(models.QuerySet["CaseReader"]):
    """Words to ask whom cases open to."""

    def of(self, sight: Sight) -> Self:
        """Those that name this reader today: a mediator while their line of the panel runs, whoever took a case over
        while they are posted to where that is done; a desk of theirs, unless they are tied to a side."""
        if sight.log is None:
            return self.none()
        runs = PanelMember.objects.on(sight.day).filter(log=sight.log, account=sight.account)
        mine = Q(because="brought") | Q(because="mediator", line__in=runs.values("id"))
        if sight.has(*STANDS_IN):
            mine |= Q(because="taken_over")
        tied = self.model.objects.filter(log=sight.log, account=sight.account, opens=False, because="conflict")
        theirs = Q(desk__in=sight.desks) & ~Q(id__in=tied.values("id"))
        return self.filter(Q(account=sight.account) & mine | theirs, log=sight.log)


class CaseReader(models.Model):
    """A desk or an account that a case opens to, or that only sees that it goes on, and why.

    `line` is that of the panel by which a mediator reads; `conflict` says to whom it opens by no desk. Whom a row names
    reads only as `of` says.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    desk = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    because = models.CharField(max_length=12)
    opens = models.BooleanField()
    line = models.UUIDField(null=True)

    objects: ClassVar = CaseReaderQuerySet.as_manager()

    class Meta:
        db_table = "case_reader"
        indexes: ClassVar = [
            models.Index(fields=["log", "desk", "opens", "id"], name="case_reader_desk"),
            models.Index(fields=["log", "account", "opens", "id"], name="case_reader_account"),
        ]


class CaseNumber(models.Model):
    """A number that was given, once and for ever: of a case that was taken back, too."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    number = models.CharField(max_length=40)

    class Meta:
        db_table = "case_number"
        indexes: ClassVar = [models.Index(fields=["log", "year", "-serial"], name="case_number_last")]


class ProtectedQuerySet(models.QuerySet["Protected"]):
    """Words to ask for what is noted of somebody hurt or afraid."""

    def seen_by(self, sight: Sight) -> Self:
        """Those that open to this reader: the township's centre, who is named, a county's desk that has it."""
        if sight.log is None or not sight.roles:
            return self.none()
        mine = Q(account=sight.account) | Q(desk__in=sight.desks)
        return self.filter(log=sight.log, id__in=ProtectedReader.objects.filter(mine, log=sight.log).values("id"))

    def to_report(self) -> Self:
        """Those of which the law asks for a report on the same day that nobody noted yet."""
        return self.filter(stage="open", who__in=SUSPECTED_OF, reported_on=None)

    def untouched(self) -> Self:
        """Those for whom nothing was done yet."""
        done = ProtectedStep.objects.filter(log=models.OuterRef("log"), id=models.OuterRef("id"), n=1)
        return self.filter(~models.Exists(done), stage="open")


class Protected(models.Model):
    """What is noted of somebody hurt or afraid, as it stands. No case, in no number and on no list but its readers'."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    entry = models.UUIDField()
    who = models.CharField(max_length=12)
    crime = models.BooleanField()
    contact = models.CharField(max_length=8)
    stage = models.CharField(max_length=8)
    wants = models.CharField(max_length=16)
    reported_on = models.DateField(null=True)
    opened_on = models.DateField()
    last_on = models.DateField()
    summary = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    how = models.CharField(max_length=64)
    phone = models.CharField(max_length=64)

    objects: ClassVar = ProtectedQuerySet.as_manager()

    class Meta:
        db_table = "protected_case"
        indexes: ClassVar = [models.Index(fields=["log", "stage", "-opened_on"], name="protected_by_stage")]


class ProtectedStep(models.Model):
    """One step of it, in the order of `n`; `detail` is by its kind what was told, to whom, or what was wished."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=12)
    on = models.DateField()
    by = models.UUIDField()
    detail = models.CharField(max_length=120)
    account = models.UUIDField(null=True)
    desk = models.UUIDField(null=True)
    words = models.CharField(max_length=64)

    class Meta:
        db_table = "protected_step"


class ProtectedReader(models.Model):
    """A desk or an account that it opens to."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    desk = models.UUIDField(null=True)
    account = models.UUIDField(null=True)

    class Meta:
        db_table = "protected_reader"
        indexes: ClassVar = [
            models.Index(fields=["log", "desk", "id"], name="protected_reader_desk"),
            models.Index(fields=["log", "account", "id"], name="protected_reader_account"),
        ]
