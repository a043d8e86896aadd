"""The form of each step of a case: two or three questions, written as one entry, and back to the case's page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.cases.acts import ACTS
from concerto.faces.desk.cases.bodies import DECIDES, body_of
from concerto.faces.desk.cases.bringing import bring
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404, is_there, page_left
from concerto.faces.desk.cases.linked import sessions
from concerto.faces.desk.cases.mending import Before, before_of
from concerto.faces.desk.cases.questions import OPENINGS, StepForm, rows_of
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.today.words import day_words
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.case_words import STAGE_WORDS
from concerto.journal.kinds.words import word
from concerto.journal.said import Item
from concerto.parts.disputes.states import OPEN

# What is only asked after an answer, and what stands behind a line of its own.
SHOWN_BY = {
    "consent": {"until": "to=extension"},
    "opening": {"procedure": "source=court"},
    "hand": {"form": "channel", "basis": "channel", "papers": "channel"},
}


@open_to(*NEED_READERS)
def step(request: SignedIn, case: UUID, act: str) -> HttpResponse:
    """Ask about one step; what may not be done now leads back to where the case stands."""
    dossier = dossier_or_404(request, case)
    if act not in ACTS or not dossier.opens:
        raise Http404
    up = reverse("desk:case", args=[case])
    before = _before(request, dossier, act)
    if before is None and request.method == "GET" and act not in set(dossier.acts()):
        return done(request, _("That is not to be done with it now."), up, error=True)
    if before is None and (act in OPENINGS or not (dossier.handles or dossier.waits_for_reader or dossier.helps)):
        raise Http404
    form = StepForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        act=act,
        dossier=dossier,
        before=before,
        saw=_saw(dossier, act, before),
        initial=before.answers if before else _initial(request, dossier),
    )
    if form.is_valid():
        try:
            body, sealed = body_of(dossier, act, form.draft, form.cleaned_data, before)
        except Refused as wrong:
            form.not_written(wrong)
        else:
            unit = before.fact.texts[0].said.unit if before else dossier.unit_for(act)
            corrects = before.fact.first if before else None
            on = form.cleaned_data["on"]
            item = entry_of(request, form.draft, body, unit=unit, on=on, sealed=sealed, corrects=corrects)
            said = _("It is put right.") if before else ACTS[act].done
            together = _together(request, form)
            if gone := bring(request, form, item, *together, to=lambda: _goes_on(request, dossier, act), words=said):
                return gone
    context: dict[str, Any] = {
        "dossier": dossier,
        "act": ACTS[act],
        "up": up,
        "is_correction": before is not None,
        "moved_on": _moved_on(request, case, act) if request.method == "POST" and before is None else "",
        "goes_on": before is None and len(_still_to(act, dossier)) > 1,
        "no_panel": act == "mediator" and not dossier.panel,
        "nothing_to_link": act == "link" and not form.fields["linked"].choices,  # type: ignore[attr-defined]
        "shown_by": [(bound, SHOWN_BY.get(act, {}).get(bound.name, "")) for bound in _first(form, act)],
        "rows": [[form[f"{name}_{n}"] for name in ("what", "who", "by", "amount")] for n in range(rows_of(form.fields))]
        if act == "agree"
        else [],
        "last": [form[name] for name in ("facts", "settles", "on")] if act == "agree" else [],
        "here": "cases",
    }
    return page(request, "desk/cases/step.html", form, **context)


def _together(request: SignedIn, form: StepForm) -> list[Item]:
    """Write the same talk for the cases that are handled together with this one."""
    told = form.cleaned_data
    drafts = {one.row.id: told[f"draft_{one.row.id}"] for one in form.others}
    return [
        entry_of(request, draft, body, unit=other.unit_for("session"), on=told["on"], sealed=sealed)
        for other, draft, body, sealed in sessions(form.others, told, drafts)
    ]


def _moved_on(request: SignedIn, case: UUID, act: str) -> str:
    """Say how the case stands where somebody else was first, and this step is not to be done with it any more."""
    dossier = dossier_or_404(request, case) if is_there(request.sight, case) else None
    if dossier is None or act in set(dossier.acts()):
        return ""
    last = dossier.life.path[-1]
    return gettext("Somebody was first: {stage}, {day}, {who}.").format(
        stage=word(STAGE_WORDS, dossier.life.stage),
        day=day_words(last.on, request.sight.day),
        who=dossier.people.get(last.by, ""),
    )


def _before(request: SignedIn, dossier: Dossier, act: str) -> Before | None:
    """Give the step that this form says anew, if this reader may."""
    asked = request.GET.get("corrects")
    if asked is None:
        return None
    entry = next((entry for entry in dossier.facts if str(entry) == asked), None)
    before = before_of(dossier, entry) if entry else None
    if before is None or before.act != act:
        raise Http404
    return before


def _saw(dossier: Dossier, act: str, before: Before | None) -> dict[str, Any]:
    if before is not None:
        return {f"{before.fact.first}.wording": before.fact.last.said.id}
    return dict(dossier.saw(*([DECIDES[act]] if act in DECIDES else [])))


def _still_to(act: str, dossier: Dossier) -> list[UUID]:
    """Name who is still to be asked whether they want mediation, or to be told their rights, each by themselves."""
    parties = [one for one in dossier.life.parties.values() if one.side in ("a", "b")]
    if act == "consent" and dossier.life.stage in OPEN:
        return [one.id for one in parties if not one.willing]
    if act == "tell" and dossier.life.stage in OPEN:
        return [one.id for one in parties if "rights" not in one.told]
    return []


def _goes_on(request: SignedIn, dossier: Dossier, act: str) -> str:
    """Go on to the case; or, where that was asked, to the same question for whoever is next."""
    case = dossier.row.id
    if "next" not in request.POST:
        return page_left(request.sight, case)
    rest = _still_to(act, dossier_or_404(request, case))
    return reverse("desk:case-step", args=[case, act]) + f"?party={rest[0]}" if rest else page_left(request.sight, case)


def _initial(request: SignedIn, dossier: Dossier) -> dict[str, str]:
    """Take which party a step is about, or whose signature it is, from the address it was opened by."""
    asked, signed = request.GET.get("party", ""), request.GET.get("signed", "")
    party = {"party": asked} if asked in {str(party) for party in dossier.life.parties} else {}
    return {**party, "signed": signed} if signed else party


def _first(form: StepForm, act: str) -> list[Any]:
    """Give the questions that stand one below the other; the things agreed stand in rows after them."""
    every = form.visible_fields()
    return [bound for bound in every if bound.name == "form"] if act == "agree" else every
