"""A need told by telephone or at the office, from the card of its household; one heard on a visit stands in that."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.frame import CARD_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.forms import NewForm
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.groundwork import clock
from concerto.journal.kinds.needs import Need1
from concerto.journal.said import Audience
from concerto.papers.naming import houses_named


@open_to(*CARD_READERS)
def new(request: SignedIn, house: UUID) -> HttpResponse:
    """Ask what a household told, and write it down as a need of its own."""
    row = household_or_404(request.sight, house)
    if row.called is not None or row.erased:
        raise Http404
    form = NewForm(request.POST or None, account=request.user, at=clock.now())
    instead(request, form)
    if form.is_valid():
        answers = form.cleaned_data
        need = form.draft.new_id("need")
        sealed = form.draft.seal("words", about=need, audience=Audience.PLACE, text=answers["words"])
        body = Need1(
            need=need,
            sort=answers["sort"],
            words=sealed.digest,
            household=row.id,
            way=answers["way"],
            clock=answers["clock"],
        )
        item = entry_of(request, form.draft, body, unit=row.village, on=answers["on"], sealed=[sealed])
        to = reverse("desk:need", args=[need])
        if gone := write(request, form, item, to=to, words=_("The need is recorded.")):
            return gone
    named = houses_named(request.sight, [row.id]).get(row.id)
    context = {"row": row, "title": named.name if named else "", "here": "needs"}
    return page(request, "desk/needs/new.html", form, **context)
