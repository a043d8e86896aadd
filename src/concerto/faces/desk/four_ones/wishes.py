"""How often a helped household wishes to be visited: asked on its card, in its village alone, without a reason."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import VILLAGE
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import DayField, entry_of, write
from concerto.faces.desk.register.words import title_of
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.visits.form import chosen, options
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.rounds import OFTEN, VisitWish1
from concerto.register.models import Resident
from concerto.register.search import head_of


class WishForm(DraftForm):
    """How often, and since when it said so."""

    often = chosen(_("How often it wishes to be visited"), options(said.OFTEN_WORDS, OFTEN), required=True)
    on = DayField(label=_("The day it said so"))


@open_to(*VILLAGE)
def wish(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask how often a household wishes to be visited; whatever it says, its help does not change."""
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased or row.left_on or row.village not in request.sight.near:
        raise Http404
    form = WishForm(request.POST or None, account=request.user, at=clock.now(), initial={"on": request.sight.day})
    instead(request, form)
    if form.is_valid():
        body = VisitWish1(household=row.id, often=form.cleaned_data["often"])
        item = entry_of(request, form.draft, body, unit=row.village, on=form.cleaned_data["on"])
        to = reverse("desk:household", args=[row.id])
        if done := write(request, form, item, to=to, words=_("The wish is recorded. Its help goes on as before.")):
            return done
    people = Resident.objects.filter(log=row.log, household=row.id).here().order_by("id")
    return page(request, "desk/four_ones/wish.html", form, row=row, title=title_of(row, head_of(row, people)))
