"""The form of each step of a case: two or three questions, written as one entry, and back to the case's page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.cases.acts import ACTS
from concerto.faces.desk.cases.bodies import DECIDES, body_of
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404, page_left
from concerto.faces.desk.cases.questions import ROWS, StepForm
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused

# What is only asked after an answer, and what stands behind a line of its own.
SHOWN_BY = {"consent": {"until": "to=extension"}, "hand": {"form": "channel", "basis": "channel", "papers": "channel"}}


@open_to(*NEED_READERS)
def step(request: SignedIn, case: UUID, act: str) -> HttpResponse:
    """Ask about one step; what may not be done now leads back to where the case stands."""
    dossier = dossier_or_404(request, case)
    if act not in ACTS or not dossier.opens:
        raise Http404
    up = reverse("desk:case", args=[case])
    if request.method == "GET" and act not in set(dossier.acts()):
        return done(request, _("That is not to be done with it now."), up, error=True)
    if not (dossier.handles or dossier.waits_for_reader or dossier.helps):
        raise Http404
    form = StepForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        act=act,
        dossier=dossier,
        saw=dossier.saw(*([DECIDES[act]] if act in DECIDES else [])),
        initial=_initial(request, dossier),
    )
    if form.is_valid():
        try:
            body, sealed = body_of(dossier, act, form.draft, form.cleaned_data)
        except Refused as wrong:
            form.not_written(wrong)
        else:
            unit = dossier.unit_for(act)
            item = entry_of(request, form.draft, body, unit=unit, on=form.cleaned_data["on"], sealed=sealed)
            if gone := bring(request, form, item, to=lambda: page_left(request.sight, case), words=ACTS[act].done):
                return gone
    context: dict[str, Any] = {
        "dossier": dossier,
        "act": ACTS[act],
        "up": up,
        "no_panel": act == "mediator" and not dossier.panel,
        "shown_by": [(bound, SHOWN_BY.get(act, {}).get(bound.name, "")) for bound in _first(form, act)],
        "rows": [[form[f"{name}_{n}"] for name in ("what", "who", "by", "amount")] for n in range(ROWS)]
        if act == "agree"
        else [],
        "last": [form[name] for name in ("facts", "settles", "on")] if act == "agree" else [],
        "here": "cases",
    }
    return page(request, "desk/cases/step.html", form, **context)


def _initial(request: SignedIn, dossier: Dossier) -> dict[str, str]:
    """Take which party a step is about from the address it was opened by."""
    asked = request.GET.get("party", "")
    return {"party": asked} if asked in {str(party) for party in dossier.life.parties} else {}


def _first(form: StepForm, act: str) -> list[Any]:
    """Give the questions that stand one below the other; the things agreed stand in rows after them."""
    every = form.visible_fields()
    return [bound for bound in every if bound.name == "form"] if act == "agree" else every
