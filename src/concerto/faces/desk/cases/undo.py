"""A step of a case is taken back by whoever recorded it, or handles it after them: said again
what it was, then one tap, and no reason asked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done
from concerto.faces.desk.cases.dossier import dossier_or_404, page_left
from concerto.faces.desk.cases.mending import may_take_back
from concerto.faces.desk.cases.walked import walked
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.writing import DraftForm, record, said_from
from concerto.groundwork import clock


@open_to(*NEED_READERS)
def undo(request: SignedIn, case: UUID, entry: UUID) -> HttpResponse:
    """Show which step would be taken back, and take it back when that is said again."""
    dossier = dossier_or_404(request, case)
    fact = dossier.facts.get(entry)
    if fact is None or fact.body is None or not may_take_back(dossier, fact):
        raise Http404
    said, on = fact.texts[0].said, fact.last.said.happened_on
    up = reverse("desk:case", args=[case])
    saw = {f"{fact.first}.wording": fact.last.said.id}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if request.method == "POST" and form.is_valid():
        item = said_from(
            form.draft, None, account=request.user, log=said.log, unit=said.unit, happened_on=on,
            kind=said.kind, version=said.version, corrects=said.id,
        )  # fmt: skip
        receipt = record(request, item)
        if receipt.stands or receipt.code == "withdrawn_already":
            return done(request, _("It is taken back."), page_left(request.sight, case))
        form.sent_back(receipt, at=clock.now())
    path = walked(dossier) if dossier.reads else []
    steps = [one for step, one in zip(dossier.life.path, path, strict=False) if step.entry == entry]
    context = {
        "form": form,
        "dossier": dossier,
        "up": up,
        "step": steps[0] if steps else None,
        "opens_it": entry == dossier.row.entry,
        "here": "cases",
    }
    return render(request, "desk/cases/undo.html", context, status=422 if form.errors else 200)
