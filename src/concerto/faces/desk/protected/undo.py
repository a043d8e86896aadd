"""A step of such a record is taken back by whoever recorded it, while they handle it: one tap, no reason asked."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import done
from concerto.faces.desk.frame import NEED_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.protected.pages import drawn, left_for
from concerto.faces.desk.protected.record import record_or_404
from concerto.faces.desk.writing import DraftForm, said_from
from concerto.faces.desk.writing import record as bring
from concerto.groundwork import clock


@open_to(*NEED_READERS)
def undo(request: SignedIn, case: UUID, entry: UUID) -> HttpResponse:
    """Show which step would be taken back, without its words, and take it back when that is said again."""
    found = record_or_404(request, case)
    step = next((one for one in found.stands.path if one.entry == entry), None)
    fact = next((one for one in found.told if one.first == entry), None)
    if step is None or fact is None or not found.is_taken_back(step):
        raise Http404
    said, last = fact.texts[0].said, fact.last.said
    saw = {f"{fact.first}.wording": last.id}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if request.method == "POST" and form.is_valid():
        item = said_from(
            form.draft, None, account=request.user, log=said.log, unit=said.unit, happened_on=last.happened_on,
            kind=said.kind, version=said.version, corrects=said.id,
        )  # fmt: skip
        receipt = bring(request, item)
        if receipt.stands or receipt.code == "withdrawn_already":
            return done(request, _("It is taken back."), left_for(request, case))
        form.sent_back(receipt, at=clock.now())
    context = {
        "form": form,
        "step": drawn(found, step, is_open=False),
        "up": reverse("desk:protected-record", args=[case]),
        "here": "cases",
    }
    return render(request, "desk/protected/undo.html", context, status=422 if form.errors else 200)
