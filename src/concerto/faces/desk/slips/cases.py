"""A slip for one party of a case: noted by whoever handles the case, by the number outside alone."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases.dossier import Dossier, dossier_or_404
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.slips.serials import GiveForm, unseen
from concerto.groundwork import clock
from concerto.journal.kinds.case_slips import CaseSlip1
from concerto.journal.kinds.cases import FAMILY
from concerto.journal.kinds.slips import slip_key
from concerto.parts.disputes.models import CaseParty
from concerto.register.models import MatterSlip
from concerto.register.search import log_of


class PartyForm(GiveForm):
    """Which party has which slip."""

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = [(str(one.id), dossier.name(one)) for one in dossier.life.parties.values()]
        self.fields["party"] = forms.TypedChoiceField(
            label=_("Who has it"), choices=parties, coerce=UUID, widget=forms.RadioSelect
        )


def may_give(dossier: Dossier) -> bool:
    """Tell whether this reader notes slips of a case; of a matter within a family there are none."""
    return works_with_slips(dossier) and dossier.handles and dossier.row.category != FAMILY


def works_with_slips(dossier: Dossier) -> bool:
    """Tell whether this reader has pages of slips at all: a county's desk, which may handle a case, has none."""
    return dossier.reads and dossier.sight.has(*READERS)


@open_to(*READERS)
def give(request: SignedIn, case: UUID) -> HttpResponse:
    """Note which slip was left with a party of a case."""
    dossier = dossier_or_404(request, case)
    if not may_give(dossier):
        raise Http404
    log, up = log_of(request.sight), reverse("desk:case", args=[case])
    form = PartyForm(request.POST or None, account=request.user, at=clock.now(), log=log, dossier=dossier)
    if form.is_valid():
        slip = slip_key(log, form.cleaned_data["serial"])
        body = CaseSlip1(case=case, slip=slip, party=form.cleaned_data["party"])
        item = entry_of(request, unseen(form.draft, slip), body, unit=dossier.unit_for("tell"))
        if gone := write(request, form, item, to=up, words=_("The slip is noted."), has_page=False):
            return gone
    context = {"dossier": dossier, "up": up, "given": slips_of(dossier), "here": "slips"}
    return page(request, "desk/slips/case.html", form, **context)


def slips_of(dossier: Dossier) -> list[tuple[str, str]]:
    """Give the slips that are in hand for a case: the number, and who has it."""
    parties = dossier.life.parties
    given = MatterSlip.objects.of(dossier.row.log, [dossier.row.id]).filter(what="case", void=False)
    return [(one.serial, dossier.name(party)) for one in given if one.party and (party := parties.get(one.party))]


def on_its_page(dossier: Dossier) -> dict[str, Any]:
    """Give what a case's page shows of its slips: who has one, who asked to be called, where another is noted."""
    if not dossier.reads:
        return {}
    waiting = CaseParty.objects.filter(log=dossier.row.log, id=dossier.row.id, called_on__isnull=False).order_by("n")
    parties = dossier.life.parties
    return {
        "slips": slips_of(dossier) if works_with_slips(dossier) else [],
        "calls": [(dossier.name(parties[one.party]), one.called_on) for one in waiting if one.party in parties],
        "gives_slips": reverse("desk:case-slip", args=[dossier.row.id]) if may_give(dossier) else "",
    }
