"""How people say they were treated: for the township's desk and the privacy officer, never for whom it may be about."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock, slip_codes
from concerto.journal.kinds.slips import Treated1
from concerto.journal.models import Entry, Sealed
from concerto.journal.said import Audience
from concerto.papers.slips.matter import had_a_hand_in
from concerto.papers.slips.treated import LISTED, READ_BY
from concerto.places.models import Opening, Unit, UnitKind
from concerto.places.sight import Role, Sight
from concerto.register.models import MatterSlip
from concerto.register.search import log_of

DESK = (*READ_BY, Role.PRIVACY_OFFICER)


@dataclass(frozen=True)
class Told:
    """One time that somebody said how they were treated."""

    id: UUID
    log: UUID
    on: date
    village: str
    words: str = ""
    digest: str = ""


@open_to(*DESK)
def treated(request: SignedIn) -> HttpResponse:
    """List what was said, the last first. The words of one open by themselves, and that they were opened is noted.

    The township's desk writes down as well what somebody says at the telephone.
    """
    form = _form(request)
    if form is not None and form.is_valid() and (gone := _write(request, form)):
        return gone
    listed = _listed(request.sight)
    opened = request.POST.get("open", "")
    shown = [_opened(request.sight, one) if opened and str(one.id) == opened else one for one in listed]
    if opened and not any(one.words for one in shown):
        raise Http404
    context = {"told": shown[:LISTED], "more": len(shown) > LISTED, "up": _up(request.sight)}
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


def _listed(sight: Sight) -> list[Told]:
    """Read those of the reader's township, the privacy officer's of every one, without those about the reader."""
    found = Entry.objects.filter(kind="treated")
    if not sight.has(Role.PRIVACY_OFFICER):
        if sight.log is None:
            return []
        found = found.filter(log=sight.log)
    about_me = Q(said__contains=str(sight.account)) & ~Q(author=sight.account)
    rows = list(found.exclude(about_me).order_by("-received_at", "-id")[: LISTED + 1])
    told = [(row, json.loads(row.said)) for row in rows]
    villages = {(said["log"], said["body"]["village"]) for _row, said in told}
    names = dict(Unit.objects.filter(id__in={village for _log, village in villages}).values_list("id", "name"))
    return [
        Told(row.id, row.log, row.happened_on, names.get(UUID(said["body"]["village"]), ""), "", said["body"]["words"])
        for row, said in told
    ]


def _opened(sight: Sight, one: Told) -> Told:
    text = Sealed.objects.filter(log=one.log, digest=one.digest).values_list("text", flat=True).first() or ""
    if text:
        note = Opening(log=one.log, at=clock.now(), by=sight.account, what="treated", about=one.id, part=one.digest)
        note.save(force_insert=True)
    return Told(one.id, one.log, one.on, one.village, text, one.digest)
