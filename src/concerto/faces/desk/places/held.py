"""What this system holds about somebody who signs in: gathered once, shown as a page and given as a file."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator

from concerto.faces.desk.places.posted import described
from concerto.groundwork import clock
from concerto.journal.kinds import APART_KINDS
from concerto.journal.models import Entry, Tray
from concerto.places import calendars, slips
from concerto.places.models import Account, Device, LeftOut, Log, Opening, Seen, Unit
from concerto.register.models import Posting

MOST = 1_000


def held_about(account: Account, at: datetime) -> dict[str, Any]:
    """Gather everything that is kept under an account's name; nothing of it says when they signed in."""
    return {
        "account": _account(account),
        "postings": _postings(account, at),
        "recorded": _recorded(account),
        "waiting": list(
            Tray.objects.filter(author=account.id).values("log", "id", "outcome", "code", "came_at").order_by("came_at")
        ),
        "devices": list(
            Device.objects.filter(account=account.id).values("name", "is_desk", "enrolled_at", "lost_on", "revoked_on")
        ),
        "seen": sorted(map(str, Seen.objects.filter(account=account.id).values_list("thing", flat=True))),
        "left_out": list(
            LeftOut.objects.filter(account=account.id).values("week", "household").order_by("week", "household")[:MOST]
        ),
        "slips": [
            {"made_at": s.made_at, "made_by": _called(s.made_by), "expires_at": s.expires_at, "used_at": s.used_at}
            for s in slips.recent(account, at)
        ],
        "calendar": calendars.made_at(account),
        "second_factor": sorted(Authenticator.objects.filter(user=account).values_list("type", flat=True)),
        "opened": list(
            Opening.objects.filter(by=account.id).order_by("-at").values("at", "what", "purpose", "rows")[:MOST]
        ),
    }


def _account(account: Account) -> dict[str, Any]:
    names = ("id", "name", "called", "language", "text_size", "made_at", "is_administrator", "is_privacy_officer")
    township = Log.objects.filter(id=account.log).first() if account.log else None
    return {**{name: getattr(account, name) for name in names}, "township": township.name if township else None}


def _called(account: Any) -> str | None:
    found = Account.objects.filter(id=account).first() if account else None
    return found.called if found else None


def _postings(account: Account, at: datetime) -> list[dict[str, Any]]:
    own = described(Posting.objects.filter(account=account.id), clock.day_of(at))
    return [
        {
            "unit": one.unit.name if one.unit else None,
            "role": one.posting.role,
            "parts": [part for part in one.posting.parts.split(",") if part],
            "letter": one.posting.letter,
            "since": one.posting.since,
            "until": one.posting.until,
            "away": [{"since": a.since, "until": a.until, "deputy": a.deputy_called} for a in one.absences],
        }
        for one in own
    ]


def _recorded(account: Account) -> list[dict[str, Any]]:
    """Say which kinds of entries name this author, and for which units: no counts, no days; of suggestions nothing."""
    own = Entry.objects.filter(author=account.id).exclude(kind__in=APART_KINDS).order_by()
    pairs = own.values_list("kind", "log", "unit").distinct()
    units = {(unit.log, unit.id): unit.name for unit in Unit.objects.filter(id__in={unit for _, _, unit in pairs})}
    return sorted(
        ({"kind": kind, "unit": units.get((log, unit), "")} for kind, log, unit in pairs),
        key=lambda one: (one["kind"], one["unit"]),
    )
