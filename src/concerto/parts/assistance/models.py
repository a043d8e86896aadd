"""The schema of the assistance ledger; its lines are written by the fold alone."""

from typing import ClassVar, Self

from django.db import models

from concerto.journal.models import LedgerRow
from concerto.places.sight import Role, Sight


class AssistanceLine(LedgerRow):
    """A need, or what changed (or did not) in a helped household."""

    sort = models.CharField(max_length=20)
    words = models.CharField(max_length=64, blank=True)
    source_withdrawn = models.BooleanField()

    class Meta(LedgerRow.Meta):
        db_table = "assistance_line"


UNTOUCHED = models.Q(steps=1)  # nothing is told of them but that they were heard; boards count them by day
TOUCHED = models.Q(steps__gt=1)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """Words to ask for suggestions."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the township, for its desks; who only counts sees them to count. The order tells no time."""
        if sight.log is None or not sight.has(Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK, Role.COUNTY_VIEWER):
            return self.none()
        return self.filter(log=sight.log, source_withdrawn=False).order_by("-month", "topic", "id")


class Suggestion(models.Model):
    """A suggestion of a month, and what became of it. `id` is drawn by lot; whose it was stands nowhere here."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    month = models.DateField()
    topic = models.CharField(max_length=20)
    village = models.UUIDField(null=True)
    words = models.CharField(max_length=64)
    slip = models.UUIDField(null=True)
    state = models.CharField(max_length=16)
    reply_to = models.CharField(max_length=64)
    reply = models.CharField(max_length=64)
    replied_on = models.DateField(null=True)
    reply_wording = models.UUIDField(null=True)
    source_withdrawn = models.BooleanField()

    objects: ClassVar = SuggestionQuerySet.as_manager()

    class Meta:
        db_table = "suggestion"
        indexes: ClassVar = [
            models.Index(fields=["log", "-month", "topic", "id"], name="suggestion_of_month"),
            models.Index(fields=["log", "slip"], name="suggestion_of_slip"),
        ]


class NeedQuerySet(models.QuerySet["Need"]):
    """Words to ask for needs."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the units this reader works with, and those that were sent to their desk."""
        if sight.log is None:
            return self.none()
        return self.filter(models.Q(unit__in=sight.units) | models.Q(id__in=sight.things), log=sight.log)

    def standing(self) -> Self:
        """Those whose source was not taken back."""
        return self.filter(source_withdrawn=False)


class Need(models.Model):
    """A need as it stands: its state, who owns it in the village, and which desk has it.

    Without an `owner`, an account, its unit's post owns it; without a `holder` it is in its unit's own hands. `sent_to`
    is the desk that has still to answer, `office` one without a desk here; `called` the need it was merged into,
    `askers` how many asked under it, `steps` how many its path has. A decision must have seen `wordings`.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    entry = models.UUIDField()
    unit = models.UUIDField()
    household = models.UUIDField()
    sort = models.CharField(max_length=20)
    clock = models.CharField(max_length=8)
    words = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    is_open = models.BooleanField()
    owner = models.UUIDField(null=True)
    desk_state = models.CharField(max_length=12, blank=True)
    holder = models.UUIDField(null=True)
    sent_to = models.UUIDField(null=True)
    office = models.CharField(max_length=24, blank=True)
    sent_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    opened_on = models.DateField()
    told_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    last_on = models.DateField()
    steps = models.SmallIntegerField()
    askers = models.SmallIntegerField()
    called = models.UUIDField(null=True)
    source_withdrawn = models.BooleanField()
    wordings = models.TextField()

    objects: ClassVar = NeedQuerySet.as_manager()

    class Meta:
        db_table = "need"
        indexes: ClassVar = [
            models.Index(fields=["log", "is_open", "unit", "opened_on"], name="need_of_unit"),
            models.Index(fields=["log", "household"], name="need_of_household"),
            models.Index(fields=["log", "last_on"], name="need_by_last_day"),
            models.Index(fields=["log", "unit", "opened_on"], condition=UNTOUCHED, name="need_untouched"),
            models.Index(fields=["log", "unit", "last_on"], condition=TOUCHED, name="need_touched"),
        ]


FOR_ANOTHER = ~models.Q(asker=models.F("id"))  # few of a log: what is told to who asked under a need that was merged


class NeedStep(models.Model):
    """One step of a need's path, in the order of `n`.

    `detail` is what was told, what came of it, which way is right or what was said, by `kind`; `holder` the unit that
    it was sent to, or for which it was recorded, or the need it went into; `asker` under which need it was asked.
    """

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=16)
    on = models.DateField()
    by = models.UUIDField()
    detail = models.CharField(max_length=24, blank=True)
    names_day = models.DateField(null=True)
    owner = models.UUIDField(null=True)
    holder = models.UUIDField()
    office = models.CharField(max_length=24, blank=True)
    asker = models.UUIDField()
    household = models.UUIDField(null=True)
    way = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "need_step"
        indexes: ClassVar = [
            models.Index(fields=["log", "owner"], name="need_step_of_owner"),
            models.Index(fields=["log", "holder"], name="need_step_of_desk"),
            models.Index(fields=["log", "asker"], condition=FOR_ANOTHER, name="need_step_for_another"),
        ]
