"""One-time slips: printed, good for a day and for one use; the only way to a first or a new password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from concerto.groundwork.letters import packed
from concerto.groundwork.refusals import Refused, refuse

from . import acts
from .accounts import sign_in_name
from .models import Account, Slip, new_door_key

GOOD_FOR = timedelta(hours=24)
SHOWN_FOR = timedelta(days=30)
# 32 signs that no eye takes for another: 16 of them are 80 bits, more than anybody tries out in a day.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH, GROUP = 16, 4


@dataclass(frozen=True, repr=False)
class Printed:
    """A slip as it is printed: the only time its secret is seen."""

    account: Account
    secret: str
    expires_at: datetime


def issue(account: Account, *, by: Account | None, at: datetime) -> Printed:
    """Make a slip for somebody: slips made before are void, and whoever is signed in as them is so no more.

    The old password still works until the slip is used, so that a slip made by mistake locks nobody out; a second
    factor stays as it is.
    """
    refuse(not account.is_active, "account_closed")
    secret = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    with acts.noted("slip_made", by=by, at=at, about=account.id):
        Slip.objects.filter(account=account.id, used_at=None, void_at=None).update(void_at=at)
        Slip.objects.create(
            account=account.id,
            secret_hash=_hash(secret),
            made_at=at,
            made_by=by.id if by else None,
            expires_at=at + GOOD_FOR,
        )
        Account.objects.filter(id=account.id).update(door_key=new_door_key())
    groups = (secret[start : start + GROUP] for start in range(0, LENGTH, GROUP))
    return Printed(account, "-".join(groups), at + GOOD_FOR)


def find(name: str, secret: str, *, at: datetime) -> tuple[Account, UUID]:
    """Find whom a slip is for. A wrong name, a wrong secret, a used and an old slip are all the same answer."""
    account = Account.objects.filter(name=sign_in_name(name), is_active=True).first()
    slip = Slip.objects.filter(
        secret_hash=_hash(read_secret(secret)), used_at=None, void_at=None, expires_at__gt=at
    ).first()
    if account is None or slip is None or slip.account != account.id:
        raise Refused("slip_unfit")
    return account, slip.id


def use(slip: UUID, account: Account, password: str, *, at: datetime) -> None:
    """Set a password by a slip, once: of two who use it in the same moment one comes too late."""
    with transaction.atomic():
        first = Slip.objects.filter(id=slip, used_at=None, void_at=None, expires_at__gt=at).update(used_at=at)
        refuse(not first, "slip_unfit")
        account.set_password(password)
        account.door_key = new_door_key()
        account.save(update_fields=["password", "door_key"])


def read_secret(written: str) -> str:
    """Read a secret as somebody types it: any letters' size, with or without strokes; 0, 1 and their likes mended."""
    signs = packed(written).upper().replace("-", "").replace("—", "").replace("_", "")
    return signs.translate(str.maketrans("1I", "LL"))


def recent(account: Account, at: datetime) -> list[Slip]:
    """List the slips of the last 30 days, the newest first: their person sees that there were any."""
    return list(Slip.objects.filter(account=account.id, made_at__gt=at - SHOWN_FOR).order_by("-made_at"))


def take_news(account: Account, at: datetime) -> list[Slip]:
    """List the slips that their person has not been told of, and count them as told."""
    news = [slip for slip in recent(account, at) if slip.told_at is None]
    Slip.objects.filter(id__in=[slip.id for slip in news]).update(told_at=at)
    return news


def _hash(secret: str) -> str:
    return hashlib.sha256(f"slip {secret}".encode()).hexdigest()
