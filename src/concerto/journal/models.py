"""Entry, sealed parts, log heads, touches, tray; and what every ledger table has in common."""

from typing import ClassVar, Self

from django.db import models

from concerto.places.sight import Sight

from .kinds import APART_KINDS, PRIVATE_KINDS, VILLAGE_KINDS


class Head(models.Model):
    """Where a log stands: its last number and the digest that chains it. Locked while entries are received.

    `copied_epoch` and `copied_seq` say up to where a copy off the machine holds it: until then phones keep theirs.
    """

    log = models.UUIDField(primary_key=True)
    epoch = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    ledger_version = models.CharField(max_length=64, default="")
    copied_epoch = models.PositiveIntegerField(default=0)
    copied_seq = models.BigIntegerField(default=0)

    class Meta:
        db_table = "head"


class HeadAlarm(models.Model):
    """A head that a phone saw and that its log no longer contains, or wordings that it lacks: for the administrator.

    `code` names what is wrong; `count` how many entries or wordings it is about. Told once per device and head.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    at = models.DateTimeField()
    device = models.UUIDField()
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=24)
    count = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "head_alarm"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Words to ask for entries."""

    def seen_by(self, sight: Sight) -> Self:
        """Those of the units this reader works with, and those about things granted to them.

        What is its author's alone is nobody else's, whatever their units; what stays in the village is read there.
        """
        if sight.log is None:
            return self.none()
        shared = models.Q(unit__in=sight.units) | models.Q(id__in=sight.things)
        mine = models.Q(author=sight.account)
        kept = models.Q(kind__in=PRIVATE_KINDS)
        if sight.above_village:
            kept |= models.Q(kind__in=VILLAGE_KINDS) & ~models.Q(unit__in=sight.near)
        return self.filter(mine | (shared & ~kept), log=sight.log).exclude(kind__in=APART_KINDS)


class Entry(models.Model):
    """One entry: said and filed as text; the other columns are copies that `verify` compares with the text."""

    pk = models.CompositePrimaryKey("log", "seq")
    log = models.UUIDField()
    seq = models.BigIntegerField()
    id = models.UUIDField()
    first = models.UUIDField()
    kind = models.CharField(max_length=32)
    unit = models.UUIDField()
    author = models.UUIDField()
    device = models.UUIDField()
    number = models.IntegerField()
    happened_on = models.DateField()
    received_at = models.CharField(max_length=24)
    said = models.TextField()
    filed = models.TextField()
    digest = models.CharField(max_length=64)

    objects: ClassVar = EntryQuerySet.as_manager()

    class Meta:
        db_table = "entry"
        constraints: ClassVar = [models.UniqueConstraint(fields=["log", "id"], name="an_id_is_used_once")]
        indexes: ClassVar = [
            models.Index(fields=["log", "first"], name="entry_restatements"),
            models.Index(fields=["log", "device", "number"], name="entry_device_number"),
            models.Index(fields=["log", "author", "-seq"], name="entry_by_author"),
            models.Index(fields=["log"], condition=models.Q(kind="treated"), name="entry_treated"),
        ]


class Sealed(models.Model):
    """A sealed part of an entry. Erasing deletes text and salt together; the digest stays in the entry."""

    pk = models.CompositePrimaryKey("log", "seq", "n")
    log = models.UUIDField()
    seq = models.BigIntegerField()
    n = models.SmallIntegerField()
    digest = models.CharField(max_length=64)
    about = models.UUIDField()
    audience = models.CharField(max_length=8)
    salt = models.CharField(max_length=32)
    text = models.TextField()

    class Meta:
        db_table = "sealed"
        indexes: ClassVar = [
            models.Index(fields=["log", "about"], name="sealed_about"),
            models.Index(fields=["log", "digest"], name="sealed_by_digest"),
        ]


DONE_IN_COMPANY = ("visit", "meeting", "study")
DENIED = models.Q(how=2, what__in=DONE_IN_COMPANY)  # few of a log: nothing but "I was not there" changes one of these


class Touch(models.Model):
    """Which entry mentions, changes, opens, erases or closes what. Rebuilt from the texts, like a ledger."""

    pk = models.CompositePrimaryKey("log", "thing", "how", "seq")
    log = models.UUIDField()
    thing = models.UUIDField()
    how = models.SmallIntegerField()
    seq = models.BigIntegerField()
    what = models.CharField(max_length=16)

    class Meta:
        db_table = "touch"
        indexes: ClassVar = [
            models.Index(fields=["log", "seq"], name="touch_of_entry"),
            models.Index(fields=["log", "thing"], condition=DENIED, name="touch_denied"),
        ]


class Tray(models.Model):
    """An entry that came and is not filed: it waits, clashes or was refused. Nobody's words are thrown away.

    `item` is the whole item as it came, except where the words are of a sort not kept here: then it is empty
    and the words stay with their author alone. `shown` is how it was first shown whose it is: in their session, by the
    signature of their device, or neither.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    outcome = models.CharField(max_length=8)
    code = models.CharField(max_length=48)
    facts = models.TextField(default="{}")
    author = models.UUIDField()
    device = models.UUIDField()
    number = models.IntegerField()
    unit = models.UUIDField(null=True)
    said_digest = models.CharField(max_length=64)
    item = models.TextField(blank=True)
    came_at = models.CharField(max_length=24)
    brought_by = models.UUIDField(null=True)
    shown = models.CharField(max_length=8, default="session")

    class Meta:
        db_table = "tray"
        indexes: ClassVar = [
            models.Index(fields=["log", "outcome", "author", "number"], name="tray_by_author"),
        ]


class Handed(models.Model):
    """That the author of a refused entry gave it to the township's desk, which settles it from then on."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        db_table = "handed"


class LedgerQuerySet(models.QuerySet["LedgerRow"]):
    """Words to ask for ledger lines."""

    def seen_by(self, sight: Sight) -> Self:
        """Lines of the units this reader works with; a sight without units sees none."""
        if sight.log is None or not sight.units:
            return self.none()
        return self.filter(log=sight.log, unit__in=sight.units)


class LedgerRow(models.Model):
    """What every line of every ledger has. Schema and querysets only: lines are written by folds alone."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    unit = models.UUIDField()
    on = models.DateField()
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=16)
    household = models.UUIDField(null=True)
    by = models.UUIDField()
    late = models.SmallIntegerField()

    objects: ClassVar = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["log", "unit", "-on", "-id", "-n"], name="%(class)s_of_unit"),
            models.Index(fields=["log", "-on", "-id", "-n"], name="%(class)s_of_log"),
            models.Index(fields=["log", "entry"], name="%(class)s_of_entry"),
            models.Index(fields=["log", "household", "-on"], name="%(class)s_of_house"),
        ]


COUNTS_EARLIER = models.Q(counts_for__gt="")  # few of a log, and every board asks whom they are about


class Proof(models.Model):
    """What an entry proves: one ledger for all duties."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    kind = models.CharField(max_length=24)
    about = models.UUIDField()
    by = models.UUIDField()
    on = models.DateField()
    amount = models.IntegerField()
    counts_for = models.CharField(max_length=24)

    class Meta:
        db_table = "proof"
        indexes: ClassVar = [
            models.Index(fields=["log", "kind", "on", "about"], name="proof_by_day"),
            models.Index(fields=["log", "kind", "on"], condition=COUNTS_EARLIER, name="proof_counts_earlier"),
        ]


class Companion(models.Model):
    """A posting besides a proof's own under which the same was done: one entry settles what each of them owes."""

    pk = models.CompositePrimaryKey("log", "id", "n")
    log = models.UUIDField()
    id = models.UUIDField()
    n = models.SmallIntegerField()
    entry = models.UUIDField()
    posting = models.UUIDField()

    class Meta:
        db_table = "companion"
        indexes: ClassVar = [models.Index(fields=["log", "posting"], name="companion_posting")]


class Attachment(models.Model):
    """That the file of a sealed part came whole, and lies in the home under the part's digest. Erased with the part.

    `epoch` and `seq` say where the log stood then: a copy off the machine that goes beyond holds the file as well.
    """

    pk = models.CompositePrimaryKey("log", "digest")
    log = models.UUIDField()
    digest = models.CharField(max_length=64)
    account = models.UUIDField()
    came_at = models.DateTimeField()
    epoch = models.PositiveIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        db_table = "attachment"
