"""Secret addresses of calendars: shown once, kept as a hash, one an account, ended by its person at any time."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from .models import Account, CalendarAddress

BYTES = 32  # 256 bits: nobody tries them out


def make(account: Account, *, at: datetime) -> str:
    """Make an address for somebody and give its secret, the only time it is seen; the one before it ends."""
    secret = secrets.token_urlsafe(BYTES)
    kept = {"secret_hash": _hash(secret), "made_at": at}
    CalendarAddress.objects.update_or_create(account=account.id, defaults=kept)
    return secret


def end(account: Account) -> None:
    """End somebody's address: whoever asks at it finds nothing any more."""
    CalendarAddress.objects.filter(account=account.id).delete()


def made_at(account: Account) -> datetime | None:
    """Say when somebody's address was made, or nothing where there is none."""
    return CalendarAddress.objects.filter(account=account.id).values_list("made_at", flat=True).first()


def find(secret: str) -> tuple[Account, str] | None:
    """Find whose address this is, with the hash it is known by; a wrong one and one that ended are the same."""
    told = _hash(secret)
    owner: UUID | None = CalendarAddress.objects.filter(secret_hash=told).values_list("account", flat=True).first()
    account = Account.objects.filter(id=owner).first() if owner else None
    return (account, told) if account else None


def _hash(secret: str) -> str:
    return hashlib.sha256(f"calendar {secret}".encode()).hexdigest()
