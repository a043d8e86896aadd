"""Divisions with dated codes, townships' logs, units, accounts, slips, devices, and what administrators did."""

import secrets
from datetime import date
from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .sight import Sight


def in_force(day: date, *, since: str = "since", until: str = "until") -> Q:
    """Ask for the dated facts that hold on a day; `until` is the last day, an empty one means still."""
    return (Q(**{f"{since}__isnull": True}) | Q(**{f"{since}__lte": day})) & (
        Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": day})
    )


# ---------------------------------------------------------------- divisions: reference data of the whole country


class DivisionLevel(models.IntegerChoices):
    """How high a division stands."""

    PROVINCE = 1, _("Province")
    PREFECTURE = 2, _("Prefecture")
    COUNTY = 3, _("County")
    TOWNSHIP = 4, _("Township")
    VILLAGE = 5, _("Village")


class Division(models.Model):
    """An administrative division. Its key never changes; names and codes are dated facts about it."""

    id = models.UUIDField(primary_key=True)
    level = models.PositiveSmallIntegerField(choices=DivisionLevel.choices)
    parent = models.UUIDField(null=True, db_index=True)

    class Meta:
        db_table = "division"


class DivisionName(models.Model):
    """What a division was called, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    division = models.UUIDField(db_index=True)
    name = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        db_table = "division_name"


class DivisionCode(models.Model):
    """A code a division bore, from a day to a day; 2 to 12 digits, as the source writes them. It may bear several."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    division = models.UUIDField(db_index=True)
    code = models.CharField(max_length=12, db_index=True)
    source = models.CharField(max_length=20)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        db_table = "division_code"


# ---------------------------------------------------------------- logs and units


class Log(models.Model):
    """One township's book (or a county desk's own). Its key is the place's, its entries are numbered under it."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=120)
    opened_on = models.DateField()

    class Meta:
        db_table = "log"


class UnitKind(models.TextChoices):
    """What sort of unit it is. A branch is not a village: it may serve one."""

    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")
    BRANCH = "branch", _("Party branch")
    COUNTY_DESK = "county_desk", _("County desk")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Words to ask for units."""

    def seen_by(self, sight: Sight) -> Self:
        """Those whose open lines this reader may see."""
        if sight.log is None or not sight.units:
            return self.none()
        return self.filter(log=sight.log, id__in=sight.units)

    def of_log(self, log: UUID) -> Self:
        """All of one township, in the order of their codes: never by any result."""
        return self.filter(log=log).order_by("kind", "code", "id")

    def on(self, day: date) -> Self:
        """Those that exist on a day."""
        return self.filter(in_force(day))


class Unit(models.Model):
    """A township, village, branch or county desk, as long as it exists."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    village = models.UUIDField(null=True)
    has_committee = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    objects: ClassVar = UnitQuerySet.as_manager()

    class Meta:
        db_table = "unit"

    def __str__(self) -> str:
        return self.name


class UnitName(models.Model):
    """What a unit was called before, from a day to a day; `Unit.name` is today's."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    unit = models.UUIDField()
    name = models.CharField(max_length=120)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        db_table = "unit_name"
        indexes: ClassVar = [models.Index(fields=["log", "unit"], name="unit_name_of_unit")]


class PartyGroup(models.Model):
    """A group (党小组) of a branch, as long as it exists."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    branch = models.UUIDField()
    name = models.CharField(max_length=60)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        db_table = "party_group"
        indexes: ClassVar = [models.Index(fields=["log", "branch"], name="party_group_of_branch")]


# ---------------------------------------------------------------- who signs in


def new_door_key() -> str:
    """Draw the key that all sessions of an account are bound to."""
    return secrets.token_hex(16)


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts and finds them by the name one signs in with."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(name=username)


class Account(AbstractBaseUser):
    """Somebody who signs in. It holds no trace of when: there is no last sign-in, no count, no online time.

    An account belongs to one log (the county viewer's and the home's own staff too), and is never deleted,
    only closed: entries name it for ever.
    """

    last_login = None

    id = models.UUIDField(primary_key=True, default=uuid4)
    log = models.UUIDField(null=True, db_index=True)
    name = models.CharField(_("Sign-in name"), max_length=40, unique=True)
    called = models.CharField(_("Name"), max_length=80)
    is_administrator = models.BooleanField(default=False)
    is_privacy_officer = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=8, blank=True)
    text_size = models.CharField(max_length=2, default="m")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    door_key = models.CharField(max_length=32, default=new_door_key)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar = ["called"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "account"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(is_administrator=True, is_privacy_officer=True),
                name="administrator_and_privacy_officer_are_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.called

    def get_full_name(self) -> str:
        return self.called

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password and to the door key: a new door key ends all that are open."""
        salt = "concerto.places.models.Account"
        return salted_hmac(salt, f"{self.password} {self.door_key}", secret=secret, algorithm="sha256").hexdigest()


class Slip(models.Model):
    """A one-time slip that lets its person set a password: printed, valid for 24 hours, used once.

    Only a hash of its secret is kept. Making one ends the older sessions of its person; it does not lift the
    second factor; its person sees for 30 days that there was one, and the privacy officer always.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.UUIDField(db_index=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    void_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "slip"


class Device(models.Model):
    """A phone or a browser somebody records with; revoked by a day. The desk is one device per account.

    A phone signs what it seals: `signing_key` is the public half, a P-256 point in base64.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    account = models.UUIDField(db_index=True)
    name = models.CharField(max_length=60)
    is_desk = models.BooleanField(default=False)
    signing_key = models.CharField(max_length=120, blank=True, default="")
    last_number = models.PositiveIntegerField(default=0)
    enrolled_at = models.DateTimeField()
    lost_on = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    class Meta:
        db_table = "device"

    @property
    def mark(self) -> str:
        """The short mark by which phones of one name are told apart; a phone shows its own."""
        return str(self.id)[:8]


class Seen(models.Model):
    """That somebody took a thing off their own list. Theirs alone: no time stands with it, and nobody else lists it."""

    pk = models.CompositePrimaryKey("account", "thing")
    account = models.UUIDField()
    thing = models.UUIDField()

    class Meta:
        db_table = "seen"


class LeftOut(models.Model):
    """That somebody leaves a household out of the trips of one week, which its Monday names. Theirs alone, like `Seen`:
    no time stands with it, and it goes when the week is over."""

    pk = models.CompositePrimaryKey("account", "log", "week", "household")
    account = models.UUIDField()
    log = models.UUIDField()
    week = models.DateField()
    household = models.UUIDField()

    class Meta:
        db_table = "trip_left_out"


class CalendarAddress(models.Model):
    """The secret address at which somebody's calendar asks what is due. One an account: a second takes its place.

    Only a hash of the secret is kept, and nothing of when it was asked for.
    """

    account = models.UUIDField(primary_key=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "calendar_address"


class Knock(models.Model):
    """How often codes of slips were tried from one address on one day. `who` tells addresses apart on that day alone.

    The row with an empty `who` counts everybody. Rows of days past are deleted.
    """

    pk = models.CompositePrimaryKey("day", "who")
    day = models.DateField()
    who = models.CharField(max_length=64)
    wrong = models.PositiveIntegerField(default=0)
    mistyped = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "knock"


# ---------------------------------------------------------------- what is noted about the office itself


class AdministratorAct(models.Model):
    """One thing an administrator did. Only the privacy officer reads this book."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    at = models.DateTimeField(db_index=True)
    by = models.UUIDField(null=True)
    act = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "administrator_act"


class Opening(models.Model):
    """Somebody opened sealed words, made a download or looked into what is held about a person, and why.

    It answers the person it is about; it is never grouped by who opened.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    at = models.DateTimeField()
    by = models.UUIDField()
    what = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    part = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    request = models.UUIDField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "opening"
        indexes: ClassVar = [models.Index(fields=["log", "about", "-at"], name="opening_about")]


class RequestKind(models.TextChoices):
    """What somebody asks about the data held of them."""

    ACCESS = "access", pgettext_lazy("request", "To see what is held")
    CORRECTION = "correction", pgettext_lazy("request", "To have something corrected")
    RESTRICTION = "restriction", pgettext_lazy("request", "To have it locked")
    ERASURE = "erasure", pgettext_lazy("request", "To have it erased")


class DataRequest(models.Model):
    """One request about the data of one person, recorded before anything of theirs is looked at.

    `how` says by which way it came and never names anybody; `answered_on` closes it, and with it what it lets see.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    about = models.UUIDField()
    kind = models.CharField(max_length=12, choices=RequestKind.choices)
    how = models.CharField(max_length=200)
    asked_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=12, blank=True)

    class Meta:
        db_table = "data_request"
        indexes: ClassVar = [models.Index(fields=["log", "about"], name="data_request_about")]


# ---------------------------------------------------------------- rosters that offices send


class RosterImport(models.Model):
    """A workbook that was sent to be taken in. Its file lies in the home until then, a day at most.

    `given` is what a person said of it (which text means which village), `tables` what came of it: numbers and codes.
    """

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    by = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    given = models.JSONField(default=dict)
    tables = models.JSONField(default=list)

    class Meta:
        db_table = "roster_import"


class RosterFlag(models.Model):
    """A row of a roster that a person has to look at: where, why, about whom by id. Never what the cell held."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    batch = models.UUIDField()
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    resident = models.UUIDField()
    came_at = models.DateTimeField()
    settled_on = models.DateField(null=True)

    class Meta:
        db_table = "roster_flag"
        indexes: ClassVar = [models.Index(fields=["log", "resident"], name="roster_flag_of_resident")]


class RosterMapping(models.Model):
    """What people of a township said a heading means that nobody knew; used again for its next roster."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.UUIDField()
    id = models.UUIDField(default=uuid4)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=20)

    class Meta:
        db_table = "roster_mapping"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "heading"], name="a_heading_means_one_thing"),
        ]
