"""What phones reported of the logs: heads and wordings they saw, and that are no longer there. No phone is named."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Count, Max, Min
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.groundwork import clock
from concerto.journal.models import HeadAlarm
from concerto.places.models import Log
from concerto.places.sight import Role

MOST_SHOWN = 50
HEAD = ("log", "epoch", "seq", "digest", "code")
_ONE = Min(Cast("id", CharField()))  # PostgreSQL has no least of several ids as they are
MEANS: dict[str, tuple[str | Promise, str | Promise]] = {
    "lost_in_restore": (
        _("A restore began a new epoch before this number: what came after it was in no backup and in no tail."),
        _("Phones offer what they still hold by themselves. Tell the township which numbers are missing."),
    ),
    "head_lost": (
        _("The log ends before this number, and no restore is written in it: an older database was put back silently."),
        _("Find out who put which copy back, and when. Run `concerto verify --heads` with the newest file of heads."),
    ),
    "head_rewritten": (
        _("This number is there and says something else: the log was rewritten, or another one was put in its place."),
        _("Stop the server, keep a copy of the database as it is, and compare it with the newest backup."),
    ),
}
LACKING = (
    _("Phones hold cards that rest on entries this log does not have."),
    _("Phones offer what they still hold by themselves. Look for a newer backup or for the tail."),
)


@dataclass(frozen=True)
class Reported:
    """One head, with how many phones reported it and since when.

    Each phone counts for itself, and mostly the same entries: what all say is never added up.
    """

    id: UUID
    log: UUID
    township: str
    epoch: int
    seq: int
    code: str
    phones: int
    least: int
    most: int
    since: datetime

    @property
    def means(self) -> str | Promise:
        """What it means."""
        return MEANS.get(self.code, LACKING)[0]

    @property
    def do(self) -> str | Promise:
        """What to do about it."""
        return MEANS.get(self.code, LACKING)[1]


@open_to(Role.ADMINISTRATOR)
def alarms(request: SignedIn) -> HttpResponse:
    """List what phones reported, what nobody has looked at first."""
    return page(request, "desk/phones/alarms.html", unseen=_reported(seen=False), seen=_reported(seen=True))


@open_to(Role.ADMINISTRATOR)
@require_POST
def alarm_seen(request: SignedIn, log: UUID, alarm: UUID) -> HttpResponse:
    """Note that somebody has looked at it; of the same head every report."""
    one = get_object_or_404(HeadAlarm, log=log, id=alarm)
    same = HeadAlarm.objects.filter(**{name: getattr(one, name) for name in HEAD}, seen_at=None)
    same.update(seen_at=clock.now())
    return done(request, _("Noted as seen."), "desk:alarms")


def unseen_alarms() -> int:
    """Count what nobody has looked at, each head once."""
    unseen: int = HeadAlarm.objects.filter(seen_at=None).values(*HEAD).distinct().count()
    return unseen


def _reported(*, seen: bool) -> list[Reported]:
    rows = HeadAlarm.objects.filter(seen_at__isnull=not seen).values(*HEAD)
    found = rows.annotate(
        phones=Count("device", distinct=True), least=Min("count"), most=Max("count"), since=Min("at"), one=_ONE
    )
    names = dict(Log.objects.values_list("id", "name"))
    shown = list(found.order_by("-since", *HEAD)[:MOST_SHOWN])
    return [
        Reported(
            UUID(row["one"]),
            row["log"],
            names.get(row["log"], ""),
            row["epoch"],
            row["seq"],
            row["code"],
            row["phones"],
            row["least"],
            row["most"],
            row["since"],
        )
        for row in shown
    ]
