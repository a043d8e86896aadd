"""How people say they were treated: for the township's desk and the privacy officer, never for whom it may be about."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock, slip_codes
from concerto.journal.kinds.slips import Treated1
from concerto.journal.models import Entry, Sealed
from concerto.journal.said import Audience
from concerto.papers.behind import behind
from concerto.papers.slips.matter import had_a_hand_in
from concerto.papers.slips.treated import READ_BY
from concerto.places.models import Opening, Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.register.models import MatterSlip
from concerto.register.search import log_of

DESK = (*READ_BY, Role.PRIVACY_OFFICER)
PAGE = 30
ORDER = ("-received_at", "-id")


@dataclass(frozen=True)
class Cursor:
    """The last one of a page: the next goes on behind it."""

    received_at: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.received_at}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Read a cursor from an address; nonsense begins at the start."""
        at, _gap, entry = text.rpartition("_")
        try:
            return cls(clock.stamp(datetime.fromisoformat(at)), UUID(entry))
        except ValueError:
            return None


@dataclass(frozen=True)
class Told:
    """One time that somebody said how they were treated."""

    id: UUID
    log: UUID
    on: date
    village: str
    words: str = ""
    digest: str = ""
    at: str = ""


@open_to(*DESK)
def treated(request: SignedIn) -> HttpResponse:
    """List what was said, the last first, page by page. The words of one open by themselves, and that is noted.

    The township's desk writes down as well what somebody says at the telephone.
    """
    form = _form(request)
    if form is not None and form.is_valid() and (gone := _write(request, form)):
        return gone
    after = Cursor.read(request.GET.get("after", ""))
    listed = _listed(request.sight, after)
    opened = request.POST.get("open", "")
    shown = [_opened(request.sight, one) if opened and str(one.id) == opened else one for one in listed[:PAGE]]
    if opened and not any(one.words for one in shown):
        raise Http404
    here, is_more = reverse("desk:slips-treated"), len(listed) > PAGE
    context = {
        "told": shown,
        "older": f"{here}?{urlencode({'after': Cursor(shown[-1].at, shown[-1].id)})}" if is_more else "",
        "start": here if after else "",
        "said": ngettext("{n} on this page", "{n} on this page", len(shown)).format(n=len(shown)),
        "up": _up(request.sight),
    }
    context["here"] = "slips" if context["up"] else "slips-treated"
    return page(request, "desk/slips/treated.html", form, **context)


def _up(sight: Sight) -> str:
    """Give the way up; who reads this page alone has none."""
    return "" if sight.has(Role.PRIVACY_OFFICER) else reverse("desk:slips")


class TreatedForm(DraftForm):
    """What somebody says at the telephone; by the number of their slip nobody who had a hand in the matter reads it."""

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sight = sight
        villages = Unit.objects.filter(log=log_of(sight), kind=UnitKind.VILLAGE).order_by("code", "id")
        self.fields["village"] = forms.TypedChoiceField(
            label=_("Village"), choices=[(str(one.id), one.name) for one in villages], coerce=UUID
        )
        self.fields["serial"] = forms.CharField(
            label=_("Number outside on the slip"), required=False, max_length=40, help_text=_("if they have one")
        )
        self.fields["words"] = forms.CharField(
            label=_("What they say"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean_serial(self) -> MatterSlip | None:
        """Find the slip by its number; none is needed."""
        typed = self.cleaned_data["serial"]
        if not typed.strip():
            return None
        found: MatterSlip | None = (
            MatterSlip.objects.seen_by(self.sight).filter(serial=slip_codes.read_serial(typed) or "").first()
        )
        if found is None:
            raise forms.ValidationError(_("No slip of this township has this number."), code="no_such_slip")
        return found


def _form(request: SignedIn) -> TreatedForm | None:
    if not request.sight.has(*READ_BY):
        return None
    told = request.POST if request.method == "POST" and "open" not in request.POST else None
    return TreatedForm(told, account=request.user, at=clock.now(), sight=request.sight)


def _write(request: SignedIn, form: TreatedForm) -> HttpResponse | None:
    chosen, draft, slip = form.cleaned_data, form.draft, form.cleaned_data["serial"]
    part = draft.seal("words", about=draft.id, audience=Audience.DESK, text=chosen["words"])
    hands = [one for one in had_a_hand_in(slip) if one != request.user.id] if slip else []
    body = Treated1(village=chosen["village"], words=part.digest, not_to=hands[:200])
    receipt = record(request, entry_of(request, draft, body, unit=log_of(request.sight), sealed=[part]))
    if receipt.stands:
        return done(request, _("It is written down."), "desk:slips-treated")
    form.sent_back(receipt, at=clock.now())
    return None


def _listed(sight: Sight, after: Cursor | None) -> list[Told]:
    """Read a page of those of the reader's township, the privacy officer's of every one, without those about the
    reader; and one more."""
    found = Entry.objects.filter(kind="treated")
    if not sight.has(Role.PRIVACY_OFFICER):
        if sight.log is None:
            return []
        found = found.filter(log=sight.log)
    about_me = Q(said__contains=str(sight.account)) & ~Q(author=sight.account)
    if after is not None:
        found = found.filter(behind(*zip(ORDER, (after.received_at, after.id), strict=True)))
    rows = list(found.exclude(about_me).order_by(*ORDER)[: PAGE + 1])
    told = [(row, json.loads(row.said)) for row in rows]
    villages = {(said["log"], said["body"]["village"]) for _row, said in told}
    names = dict(Unit.objects.filter(id__in={village for _log, village in villages}).values_list("id", "name"))
    return [
        Told(
            row.id,
            row.log,
            row.happened_on,
            names.get(UUID(said["body"]["village"]), ""),
            digest=said["body"]["words"],
            at=row.received_at,
        )
        for row, said in told
    ]


def _opened(sight: Sight, one: Told) -> Told:
    text = Sealed.objects.filter(log=one.log, digest=one.digest).values_list("text", flat=True).first() or ""
    if text:
        note = Opening(log=one.log, at=clock.now(), by=sight.account, what="treated", about=one.id, part=one.digest)
        note.save(force_insert=True)
    return replace(one, words=text)
