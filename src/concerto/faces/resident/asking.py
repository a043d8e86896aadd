"""What a request at the door asks: from which address, in which language, and by which draft it says something."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from concerto.groundwork import clock
from concerto.groundwork.ids import uuid7
from concerto.papers.slips.words import LANGUAGES, Words, words_in

OPEN_FOR = timedelta(days=2)


def address_of(request: HttpRequest) -> str:
    """Give the address a request comes from; behind a proxy what the proxy says, nothing where it says nothing."""
    if settings.HTTPS:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        return told[:64]
    return str(request.META.get("REMOTE_ADDR", ""))


def words_for(request: HttpRequest) -> Words:
    """Choose the language: Chinese, unless another is asked for."""
    asked = request.POST.get("l") or request.GET.get("l") or ""
    return words_in(asked if asked in LANGUAGES else LANGUAGES[0])


@dataclass(frozen=True, repr=False)
class Draft:
    """What a page gives what is said on it before anything is: sent twice, it is the same entry."""

    at: datetime
    seed: str
    saw: str = ""  # the last step of the matter that the page told of

    @classmethod
    def fresh(cls, at: datetime, saw: UUID | None = None) -> "Draft":
        """Begin one."""
        return cls(at, secrets.token_hex(16), str(saw or ""))

    @classmethod
    def read(cls, text: str, *, slip: UUID, at: datetime) -> "Draft | None":
        """Read one that this slip's page gave, and not too long ago."""
        try:
            told: dict[str, str] = signing.loads(text, salt=f"resident {slip}")
            draft = cls(datetime.fromisoformat(told["t"]), told["s"], told.get("p", ""))
        except (signing.BadSignature, KeyError, ValueError):
            return None
        return draft if timedelta(0) <= at - draft.at <= OPEN_FOR else None

    def written(self, *, slip: UUID) -> str:
        """Write it for the hidden field of a form."""
        return signing.dumps({"t": clock.stamp(self.at), "s": self.seed, "p": self.saw}, salt=f"resident {slip}")

    def new_id(self, name: str) -> UUID:
        """Name an entry of it, or the device it comes from: each way of saying something has its own."""
        return uuid7(self.at, self._drawn(f"id {name}")[:10])

    def salt(self, name: str) -> str:
        """Give the salt of sealed words."""
        return self._drawn(f"salt {name}").hex()[:32]

    def _drawn(self, name: str) -> bytes:
        return hmac.new(bytes.fromhex(self.seed), name.encode(), sha256).digest()
