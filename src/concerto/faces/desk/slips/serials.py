"""Slips by their serials: which was given for what, a lost one, and a slip for a need that was told."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.conductor.drafts import read
from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import CARD_READERS, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.matter import Matter
from concerto.faces.desk.register.changing import address, entry_of, write
from concerto.faces.desk.slips.words import STATES
from concerto.faces.desk.tray.mending import asked_again, instead, told_in
from concerto.faces.desk.writing import Draft, DraftForm, seen
from concerto.groundwork import clock, slip_codes
from concerto.journal.kinds import words as said
from concerto.journal.kinds.slips import MatterSlip1, MatterSlipVoid1, slip_key
from concerto.papers.naming import houses_named
from concerto.papers.slips.matter import matter_of
from concerto.parts.assistance.models import AssistanceLine, Need
from concerto.parts.disputes.models import Case
from concerto.places.sight import Role, Sight
from concerto.register.models import Household, MatterSlip
from concerto.register.search import log_of

DESK = (Role.CENTRE_DESK, Role.TOWNSHIP_ORGANIZER)


class SerialForm(forms.Form):
    """The number outside on a slip."""

    serial = forms.CharField(
        label=_("Number outside on the slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_serial(self) -> str:
        """Take a number however it is typed; a wrong digit shows."""
        serial = slip_codes.read_serial(self.cleaned_data["serial"])
        if serial is None:
            raise forms.ValidationError(_("A digit is wrong: look at the slip again."), code="serial_wrong")
        return serial


@open_to(*READERS)
def slips(request: SignedIn) -> HttpResponse:
    """Look a slip up by its number, or print new ones."""
    form = SerialForm(request.POST or None)
    if form.is_valid():
        if _slip(request.sight, form.cleaned_data["serial"]) is not None:
            return redirect("desk:slips-one", form.cleaned_data["serial"])
        form.add_error("serial", _("No slip of this township has this number."))
    found = MatterSlip.objects.seen_by(request.sight)
    context = {"to_give": found.to_give().count(), "reads_treated": request.sight.has(*DESK), "here": "slips"}
    return page(request, "desk/slips/slips.html", form, **context)


def _slip(sight: Sight, serial: str) -> MatterSlip | None:
    return MatterSlip.objects.seen_by(sight).filter(serial=serial).first()


def slip_or_404(sight: Sight, serial: str) -> MatterSlip:
    """Give a slip of the reader's township by its number."""
    found = _slip(sight, serial)
    if found is None:
        raise Http404
    return found


@open_to(*READERS)
def one(request: SignedIn, serial: int) -> HttpResponse:
    """Show what a slip was given for, to whoever sees that; who rings and says the number is told the state."""
    slip = slip_or_404(request.sight, str(serial))
    matter = matter_of(slip, request.sight.day) if not slip.void else None
    house = _house(request.sight, slip)
    of_case = opens_case(request.sight, slip)
    need = _need(request.sight, matter.id) if matter and not matter.is_case else None
    context = {
        "slip": slip,
        "house": house,
        "house_title": _called(request.sight, house) if house else "",
        "matter": matter,
        "state": STATES.get(matter.state, "") if matter else "",
        "sort": _sort(slip) if house else "",
        "need": address("need", need.row.id) if need else "",
        "asks_word": need is not None and "word" in need.actions(),
        "case": address("case", slip.matter) if of_case else "",
        "another": _another(request.sight, slip) if slip.void and house is not None else "",
        "may_lose": not slip.void and _may_lose(slip, house, of_case=of_case),
        "here": "slips",
    }
    return render(request, "desk/slips/one.html", context)


def opens_case(sight: Sight, slip: MatterSlip) -> bool:
    """Tell whether a slip is of a case that opens to its reader."""
    if slip.what != "case" or slip.matter is None:
        return False
    return Case.objects.seen_by(sight).filter(id=slip.matter).exists()


def _need(sight: Sight, need: UUID) -> Matter | None:
    """Give the need of a slip that opens to its reader; whoever else is rung up tells the state alone."""
    row = Need.objects.seen_by(sight).filter(id=need).first()
    return Matter(sight, row) if row else None


def _may_lose(slip: MatterSlip, house: Household | None, *, of_case: bool) -> bool:
    """Tell whether a reader reports a slip lost: whose matter they see, or one that nobody was given."""
    return of_case if slip.what == "case" else house is not None or slip.household is None


def _house(sight: Sight, slip: MatterSlip) -> Household | None:
    if slip.household is None:
        return None
    found: Household | None = Household.objects.seen_by(sight).filter(id=slip.household).first()
    return found


def _another(sight: Sight, slip: MatterSlip) -> str:
    """Lead from a lost slip to its need, for which another one can be noted."""
    need = AssistanceLine.objects.seen_by(sight).filter(log=slip.log, id=slip.matter or slip.id, kind="need").first()
    return reverse("desk:slips-give", args=[need.id]) if need else ""


def _called(sight: Sight, house: Household) -> str:
    named = houses_named(sight, [house.id]).get(house.id)
    return named.name if named else ""


def _sort(slip: MatterSlip) -> str:
    asked: Any = AssistanceLine.objects.filter(log=slip.log, id=slip.matter or slip.id, kind="need")
    return _sort_words(asked.first())


def _sort_words(need: Any) -> str:
    return str(said.word(said.NEED_WORDS, need.sort)) if need else ""


@open_to(*READERS)
def lost(request: SignedIn, serial: int) -> HttpResponse:
    """Let a slip open nothing any more; another one can be given."""
    slip = slip_or_404(request.sight, str(serial))
    house = _house(request.sight, slip)
    if slip.void or not _may_lose(slip, house, of_case=opens_case(request.sight, slip)):
        raise Http404
    up = reverse("desk:slips-one", args=[slip.serial])
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=_saw(slip, "void"))
    if form.is_valid():
        unit = house.village if house else _own(request.sight)
        item = entry_of(request, form.draft, MatterSlipVoid1(slip=slip.id, household=slip.household), unit=unit)
        if gone := write(request, form, item, to=up, words=_("This slip opens nothing any more.")):
            return gone
    return page(request, "desk/slips/lost.html", form, slip=slip, up=up, here="slips")


def _own(sight: Sight) -> UUID:
    return min(sight.near, default=log_of(sight))


def _saw(slip: MatterSlip, name: str) -> dict[str, str | None]:
    return seen(slip.id, slip.wordings, [name])


class GiveForm(DraftForm, SerialForm):
    """Which slip is left with the household."""

    def __init__(self, *args: Any, log: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.log = log

    def clean(self) -> dict[str, Any] | None:
        """Take a slip that is printed and nobody's yet; or this very form's, sent twice."""
        cleaned = super().clean() or self.cleaned_data
        serial, draft = cleaned.get("serial"), cleaned.get("draft")
        if serial and draft:
            slip = MatterSlip.objects.filter(log=self.log, id=slip_key(self.log, serial)).first()
            if slip is None:
                self.add_error("serial", _("No slip of this township has this number."))
            elif slip.void:
                self.add_error("serial", _("This slip is void. Give another one."))
            elif slip.matter is not None and str(draft.id) not in slip.wordings:
                self.add_error("serial", _("This slip was given already. Take another one."))
        return cleaned


@open_to(*CARD_READERS)
def give(request: SignedIn, matter: UUID) -> HttpResponse:
    """Note which slip was left with a household for a need it told, and lead back to where one came from."""
    log = log_of(request.sight)
    need = AssistanceLine.objects.seen_by(request.sight).filter(log=log, id=matter, kind="need").first()
    if need is None or need.household is None:
        raise Http404
    house = Household.objects.seen_by(request.sight).filter(id=need.household).first()
    if house is None:
        raise Http404
    form = GiveForm(request.POST or None, account=request.user, at=clock.now(), log=log)
    from_need = request.GET.get("from") == "need"
    up = reverse("desk:need", args=[need.id]) if from_need else reverse("desk:household", args=[house.id])
    instead(request, form)
    if form.is_valid():
        slip = slip_key(log, form.cleaned_data["serial"])
        body = MatterSlip1(slip=slip, matter=need.id, what="need", household=need.household)
        draft = unseen(form.draft, slip)
        item = entry_of(request, draft, body, unit=house.village)
        if gone := write(request, form, item, to=up, words=_("The slip is noted.")):
            return gone
    given = MatterSlip.objects.of(log, [need.id])
    context = {
        "up": up,
        "house": house.id,
        "from_need": from_need,
        "title": _called(request.sight, house),
        "sort": _sort_words(need),
        "given": [row for row in given if not row.void],
        "taken": _taken(request),
    }
    return page(request, "desk/slips/give.html", form, **context)


@dataclass(frozen=True)
class Taken:
    """A slip that was noted here without signal and is somebody's already: whose, where this reader may know it."""

    serial: str
    is_lost: bool
    title: str


def _taken(request: SignedIn) -> Taken | None:
    row = asked_again(request)
    body = read(told_in(row)[0]).body if row is not None else None
    if not isinstance(body, MatterSlip1):
        return None
    slip = MatterSlip.objects.seen_by(request.sight).filter(id=body.slip).first()
    if slip is None:
        return None
    house = _house(request.sight, slip)
    return Taken(slip.serial, slip.void, _called(request.sight, house) if house else "")


def unseen(draft: Draft, slip: UUID) -> Draft:
    """Say that the slip was nobody's when this form was looked at: if it is somebody's by now, the two meet."""
    return replace(draft, saw={f"{slip}.given": None})
