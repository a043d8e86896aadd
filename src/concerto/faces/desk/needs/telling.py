"""A need told by telephone or at the office, from the card of its household; one heard on a visit stands in that.

What was told is corrected by its own form again: restated as a whole, as is the visit that heard a need.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.entries.reading import read_fact
from concerto.faces.desk.frame import CARD_READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.forms import NewForm
from concerto.faces.desk.needs.matter import matter_or_404
from concerto.faces.desk.register.card import household_or_404
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.tray.mending import instead
from concerto.groundwork import clock
from concerto.journal.kinds.needs import Need1
from concerto.journal.said import Audience, SealedPart
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
        body, sealed = _told(form, need=need, household=row.id)
        item = entry_of(request, form.draft, body, unit=row.village, on=answers["on"], sealed=[sealed])
        to = reverse("desk:need", args=[need])
        if gone := write(request, form, item, to=to, words=_("The need is recorded.")):
            return gone
    named = houses_named(request.sight, [row.id]).get(row.id)
    context = {"row": row, "title": named.name if named else "", "here": "needs"}
    return page(request, "desk/needs/new.html", form, **context)


def _told(form: NewForm, *, need: UUID, household: UUID) -> tuple[Need1, SealedPart]:
    answers = form.cleaned_data
    sealed = form.draft.seal("words", about=need, audience=Audience.PLACE, text=answers["words"])
    asked = {name: answers[name] for name in ("sort", "way", "clock")}
    return Need1(need=need, words=sealed.digest, household=household, **asked), sealed


@open_to(*CARD_READERS)
def correct(request: SignedIn, need: UUID) -> HttpResponse:
    """Ask again what was told of a need; one heard on a visit is corrected in that visit."""
    matter = matter_or_404(request.sight, need)
    fact = read_fact(request.sight, matter.row.entry)
    if not matter.is_near or not fact.may_withdraw(request.user, request.sight.day):
        raise Http404
    body = fact.body
    if not isinstance(body, Need1):
        return redirect("desk:entry-correct", fact.told.first)
    up = reverse("desk:need", args=[need])
    words = next((part.text for digest, part in fact.last.sealed.items() if digest == body.words), "")
    was = {"sort": body.sort, "way": body.way, "clock": body.clock, "on": fact.last.said.happened_on, "words": words}
    saw = {f"{fact.told.first}.wording": fact.last.said.id}
    form = NewForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, initial=was)
    if form.is_valid():
        told, sealed = _told(form, need=need, household=body.household)
        item = entry_of(
            request,
            form.draft,
            told,
            unit=fact.opener.said.unit,
            corrects=fact.told.first,
            on=form.cleaned_data["on"],
            sealed=[sealed],
        )
        if gone := write(request, form, item, to=up, words=_("It is corrected.")):
            return gone
    return page(request, "desk/needs/correct.html", form, matter=matter, up=up)
