"""Somebody whom another person's entry names says that they were not there: in one tap, without a reason."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.faces.desk.answers import done
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import led_elsewhere, say_recorded
from concerto.faces.desk.writing import DraftForm, record, said_from
from concerto.groundwork import clock
from concerto.journal.kinds.presence import NotThere1
from concerto.journal.models import Entry, Touch
from concerto.journal.said import How
from concerto.places.models import Account

KINDS = ("visit", "meeting", "study")


def may_say(fact: Fact) -> bool:
    """Tell whether the entry names this reader as having been there."""
    return fact.told.kind in KINDS and fact.sight.account in getattr(fact.body, "made_with", ())


def said_already(fact: Fact) -> UUID | None:
    """Name the entry in which this reader said so, if it stands."""
    return next((entry for entry, author in _said(fact) if author == fact.sight.account), None)


def others_who_said(fact: Fact) -> list[str]:
    """Name the others who say that they were not there, to whoever reads who made the entry together."""
    if fact.told.kind not in KINDS:
        return []
    said = {author for _entry, author in _said(fact)} - {fact.sight.account}
    return list(Account.objects.filter(id__in=said).order_by("called", "id").values_list("called", flat=True))


def _said(fact: Fact) -> list[tuple[UUID, UUID]]:
    """List what stands of it: the entry that said so, and its author."""
    touched = Touch.objects.filter(log=fact.last.said.log, thing=fact.told.first, how=How.CHANGES)
    seqs = list(touched.values_list("seq", flat=True))
    told = list(
        Entry.objects.filter(log=fact.last.said.log, seq__in=seqs, kind="not_there")
        .order_by("seq")
        .values_list("id", "first", "author")
    )
    taken_back = {first for entry, first, _author in told if entry != first}
    return [(entry, author) for entry, first, author in told if entry == first and first not in taken_back]


def form_for(request: SignedIn, fact: Fact) -> DraftForm | None:
    """Give whoever may say so the draft of it."""
    if not may_say(fact) or said_already(fact):
        return None
    return DraftForm(account=request.user, at=clock.now())


@require_POST
@open_to(*READERS)
def not_there(request: SignedIn, entry: UUID) -> HttpResponse:
    """Say it; the entry itself stays, and settles nothing of this reader's any more."""
    fact = read_fact(request.sight, entry)
    if not may_say(fact):
        raise Http404
    form = DraftForm(request.POST, account=request.user, at=clock.now())
    back = reverse("desk:entry", args=[fact.told.first])
    if not form.is_valid():
        return done(request, _("This page is too old to be sent. Open it again."), back, error=True)
    said = fact.last.said
    item = said_from(
        form.draft,
        NotThere1(entry=fact.told.first, what=fact.told.kind),  # type: ignore[arg-type]  # one of KINDS
        account=request.user,
        log=said.log,
        unit=said.unit,
        happened_on=said.happened_on,
    )
    receipt = record(request, item)
    if receipt.stands:
        say_recorded(request, receipt, _("It is recorded that you were not there. It settles nothing of yours."))
        return redirect(back)
    return led_elsewhere(request, receipt) or done(request, receipt.why, back, error=True)
