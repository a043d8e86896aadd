"""A page is a device too: what it says is a function of its POST, so that a double click is the same entry.

At the GET a form takes a *draft*: id, instant, running number of the desk, a random seed, and what its reader saw.
It travels in one hidden field, signed for its reader. At the POST the entry is made of it and of nothing else that
changes: salts and the ids of new things are drawn from the seed.

    form = VisitForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)       # a DraftForm
    if form.is_valid():
        words = form.draft.seal("words", about=household, audience=Audience.PLACE, text=…)
        item = said_from(form.draft, Visit1(…), account=request.user, log=…, unit=…, happened_on=…, sealed=[words])
        receipt = record(request, item)
        if receipt.stands: …
        form.sent_back(receipt, at=clock.now())                # the same page again, with status 422
"""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, ClassVar, cast
from uuid import UUID

import msgspec
from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from concerto.conductor.receive import Receipt, receive
from concerto.groundwork import canonical, clock
from concerto.groundwork.ids import uuid7
from concerto.groundwork.refusals import Refused, words_of
from concerto.journal.said import Audience, Body, Item, SealedPart
from concerto.places.devices import desk_of, next_number
from concerto.places.models import Account

from .gate import SignedIn


@dataclass(frozen=True)
class Draft:
    """What a page gives an entry before anything is written into its form."""

    id: UUID
    recorded_at: str
    number: int
    seed: str = field(repr=False)
    saw: Mapping[str, str | None] = field(default_factory=dict)
    instead_of: tuple[UUID, ...] = ()

    @property
    def day(self) -> date:
        """The day the page was opened: for what happens by being recorded."""
        return clock.day_of(datetime.fromisoformat(self.recorded_at))

    def _drawn(self, name: str) -> bytes:
        return hmac.new(bytes.fromhex(self.seed), name.encode(), sha256).digest()

    def new_id(self, name: str) -> UUID:
        """Name a thing this entry opens; the same name gives the same id, whenever the form is sent."""
        return uuid7(datetime.fromisoformat(self.recorded_at), self._drawn(f"id:{name}")[:10])

    def new_lot(self, name: str) -> UUID:
        """Name a thing this entry opens by lot: unlike `new_id` it tells no time."""
        return UUID(bytes=self._drawn(f"lot:{name}")[:16], version=4)

    def seal(self, name: str, *, about: UUID, audience: Audience, text: str) -> SealedPart:
        """Seal words; `name` is the field they were written in, and gives them their salt."""
        return SealedPart(about=about, audience=audience, salt=self._drawn(f"salt:{name}").hex()[:32], text=text)

    def again(self, account: Account, at: datetime) -> "Draft":
        """Begin the repair of an entry that was sent back: a new id that says what it stands for, with the old saw."""
        fresh_one = fresh(account, at, saw=self.saw)
        return replace(fresh_one, instead_of=(*self.instead_of, self.id))


def fresh(account: Account, at: datetime, *, saw: Mapping[str, str | UUID | None] | None = None) -> Draft:
    """Begin an entry on a page: take the desk's next number, and note what its reader sees.

    `saw` maps "THING.field" to the wording that gave the value shown (`Household.wordings` and its likes hold them),
    and "FIRST.wording" to the last wording of what is corrected.
    """
    seen = {key: str(wording) if wording else None for key, wording in sorted((saw or {}).items())}
    return Draft(uuid7(at), clock.stamp(at), next_number(account, at), secrets.token_hex(32), seen)


def seen(thing: UUID, wordings: str, names: Iterable[str] | None = None) -> dict[str, str | None]:
    """Say what was seen of a thing's fields: `wordings` is the column of its row; without names, every field."""
    known: dict[str, str] = msgspec.json.decode(wordings or "{}")
    return {f"{thing}.{name}": known.get(name) for name in (names if names is not None else known)}


class DraftField(forms.CharField):
    """The one hidden field a draft travels in, signed so that only whom it was made for can use it."""

    widget = forms.HiddenInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("This page is too old to be sent. Open it again; what you wrote can be copied."),
    }

    def __init__(self, account: Account) -> None:
        super().__init__(max_length=60_000, label="")
        self.salt = f"draft of {account.id}"

    def prepare_value(self, value: Any) -> Any:
        return signing.dumps(_written(value), salt=self.salt, compress=True) if isinstance(value, Draft) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return _read(signing.loads(text, salt=self.salt))
        except (signing.BadSignature, KeyError, ValueError):
            raise forms.ValidationError(self.error_messages["required"], code="required") from None

    def run_validators(self, value: Any) -> None:
        """Its length was judged by whoever signed it."""


def _written(draft: Draft) -> dict[str, Any]:
    return {
        "id": str(draft.id),
        "at": draft.recorded_at,
        "n": draft.number,
        "seed": draft.seed,
        "saw": dict(draft.saw),
        "for": [str(one) for one in draft.instead_of],
    }


def _read(told: dict[str, Any]) -> Draft:
    stands_for = tuple(UUID(one) for one in told["for"])
    return Draft(UUID(told["id"]), told["at"], int(told["n"]), told["seed"], told["saw"], stands_for)


class DraftForm(forms.Form):
    """A form whose POST is one entry. Give it its reader, and for the GET what they see."""

    account: Account
    draft: Draft

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        account: Account,
        at: datetime,
        saw: Mapping[str, str | UUID | None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data or None, *args, **kwargs)
        self.account = account
        self._begin(at, saw)

    def _begin(self, at: datetime, saw: Mapping[str, str | UUID | None] | None) -> None:
        """Take a draft for what will be written; a blank form takes none."""
        self.fields["draft"] = DraftField(self.account)
        if not self.is_bound:
            self.draft = fresh(self.account, at, saw=saw)
            self.initial["draft"] = self.draft

    def clean(self) -> dict[str, Any] | None:
        """Keep the draft where the entry is made of it."""
        if "draft" in self.cleaned_data:
            self.draft = self.cleaned_data["draft"]
        return super().clean()

    def not_written(self, wrong: Refused) -> None:
        """Say why the words make no entry; nothing has left the page, so its draft serves on."""
        self.add_error(None, refused_words(wrong))

    def sent_back(self, receipt: Receipt, *, at: datetime) -> None:
        """Say why the door did not take the entry; sent again, it is a new one that stands for this."""
        self.add_error(None, with_code(receipt.why, receipt.code))
        again = self.fields["draft"].prepare_value(self.draft.again(self.account, at))
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("draft")] = again
        self.data = data


def refused_words(wrong: Refused) -> str:
    """Say a refusal where it stands in one line: its words, then its code and whom that is for."""
    return with_code(words_of(wrong.code, wrong.facts), wrong.code)


def with_code(why: str, code: str) -> str:
    """Put the code of a refusal behind its words; `desk/parts/code.html` says it in a line of its own."""
    return pgettext("refusal", "{why} (code {code}, for the administrator)").format(why=why, code=code)


def said_from(
    draft: Draft,
    body: Body | None,
    *,
    account: Account,
    log: UUID,
    unit: UUID,
    happened_on: date,
    kind: str = "",
    version: int = 1,
    sealed: Iterable[SealedPart] = (),
    about: UUID | None = None,
    corrects: UUID | None = None,
    counts_for: str | None = None,
) -> Item:
    """Write an entry as a phone would; the same draft and the same words give the same bytes.

    Without a body it withdraws what it corrects, of the kind and version named. `sealed` are the new words alone: a
    digest in the body that comes without its words keeps those of an earlier wording of the same fact.
    """
    digests = [rule.digest for rule in body.sealed_parts(corrects or draft.id)] if body is not None else []
    said: dict[str, Any] = {
        "id": str(draft.id),
        "kind": body.KIND if body is not None else kind,
        "version": body.VERSION if body is not None else version,
        "log": str(log),
        "unit": str(unit),
        "author": str(account.id),
        "device": str(desk_of(account)),
        "number": draft.number,
        "happened_on": happened_on.isoformat(),
        "recorded_at": draft.recorded_at,
        "about": str(about) if about else None,
        "body": msgspec.to_builtins(body) if body is not None else None,
        "sealed": digests,
        "corrects": str(corrects) if corrects else None,
        "instead_of": [str(one) for one in draft.instead_of],
        "saw": dict(draft.saw),
        "counts_for": counts_for,
    }
    return Item(canonical.write(said), tuple(sealed))


def record(request: SignedIn, item: Item) -> Receipt:
    """Bring one entry of a page to the door, as its author in a session."""
    [receipt] = receive([item], brought_by=request.user, at=clock.now())
    return receipt
