"""Somebody is hurt or afraid: it is noted once, and from then on the centre's, of whoever brought it no more."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.cases.sealing import Sealing
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.protected.forms import IntakeForm
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.triage.asking import read, shown
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.protected import ProtectedCase1
from concerto.journal.said import SealedPart
from concerto.parts.disputes.models import Protected
from concerto.register.search import log_of
from concerto.rulebook.routes import routes
from concerto.rulebook.triage import triage


@open_to(*READERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask what must be known to help, and nothing more."""
    form = IntakeForm(request.POST or None, account=request.user, at=clock.now())
    if form.is_valid():
        try:
            body, sealed = _told(form)
        except Refused as wrong:
            form.not_written(wrong)
        else:
            item = entry_of(
                request, form.draft, body, unit=log_of(request.sight), on=form.cleaned_data["on"], sealed=sealed
            )
            left = reverse("desk:protected-left")
            case = body.case

            def where() -> str:
                reads = Protected.objects.seen_by(request.sight).filter(id=case).exists()
                return reverse("desk:protected-record", args=[case]) if reads else left

            if gone := bring(request, form, item, to=where, words=_("It is noted.")):
                return gone
    return page(request, "desk/protected/new.html", form, here="cases")


@open_to(*READERS)
def left(request: SignedIn) -> HttpResponse:
    """Say to whoever brought it what is theirs to do now: nothing of what they wrote is shown again."""
    ends = {end.id: end for end in triage().ends}
    end = ends["afraid"]
    context = {
        "says": [read(said) for said in end.says[:2]],
        "routes": [shown(routes()[route]) for route in end.routes],
        "here": "triage",
    }
    return render(request, "desk/protected/left.html", context)


def _told(form: IntakeForm) -> tuple[ProtectedCase1, list[SealedPart]]:
    told, draft = form.cleaned_data, form.draft
    case = draft.new_id("case")
    seals = Sealing(draft, case, told)
    is_safe = told["contact"] == "safe"
    body = ProtectedCase1(
        case=case,
        who=told["who"],
        contact=told["contact"],
        summary=seals.words("summary") or "",
        crime=told["crime"],
        how=seals.words("how") if is_safe else None,
        name=seals.words("name", is_line=True),
        phone=seals.words("phone", is_line=True) if is_safe else None,
    )
    return body, seals.parts
