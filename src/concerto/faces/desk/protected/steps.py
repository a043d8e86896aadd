"""The form of each act: a choice or two, words, the day; written as one entry, and back to the record."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.cases.sealing import Sealing
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.protected import words
from concerto.faces.desk.protected.forms import StepForm
from concerto.faces.desk.protected.pages import left_for
from concerto.faces.desk.protected.record import record_or_404
from concerto.faces.desk.register.changing import entry_of
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.protected import ProtectedStep1
from concerto.journal.said import SealedPart


@open_to(*NEED_READERS)
def step(request: SignedIn, case: UUID, act: str) -> HttpResponse:
    """Ask about one act, and note it; who hands it on or is released goes back to the list."""
    found = record_or_404(request, case)
    if not found.handles or (act not in found.acts() and request.method == "GET") or act not in words.ACTS:
        raise Http404
    form = StepForm(request.POST or None, account=request.user, at=clock.now(), act=act, record=found)
    up = reverse("desk:protected-record", args=[case])
    if form.is_valid():
        try:
            body, sealed = _told(form, case)
        except Refused as wrong:
            form.not_written(wrong)
        else:
            day = form.cleaned_data["on"]
            item = entry_of(request, form.draft, body, unit=found.row.log, on=day, sealed=sealed)
            if gone := bring(request, form, item, to=lambda: left_for(request, case), words=words.ACTS[act].done):
                return gone
    return page(request, "desk/protected/step.html", form, act=words.ACTS[act], up=up, row=found.row, here="cases")


def _told(form: StepForm, case: UUID) -> tuple[ProtectedStep1, list[SealedPart]]:
    told = form.cleaned_data
    seals = Sealing(form.draft, case, told)
    is_safe = told.get("contact") == "safe"
    more: dict[str, Any] = {name: told[name] for name in ("contact", "told_of", "to", "wants") if told.get(name)}
    more |= {name: UUID(told[name]) for name in ("account", "desk") if told.get(name)}
    body = ProtectedStep1(
        case=case,
        step=words.step_of(form.act),  # type: ignore[arg-type]  # the acts are the steps, by their names
        how=seals.words("how") if is_safe else None,
        phone=seals.words("phone", is_line=True) if is_safe else None,
        words=seals.words("words") if "words" in told else None,
        **more,
    )
    return body, seals.parts
