"""Recording a visit, a call or a gathering; recording it anew to correct it; what was recorded, said once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from concerto.conductor.receive import Receipt
from concerto.faces.desk.entries.entries import show
from concerto.faces.desk.entries.reading import read_fact
from concerto.faces.desk.entries.sealed_words import readable
from concerto.faces.desk.frame import BRANCH, READERS, WRITERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register import search
from concerto.faces.desk.register.changing import led_elsewhere
from concerto.faces.desk.register.members import branches_of
from concerto.faces.desk.tray.mending import asked_again, stand_for, wording_again
from concerto.faces.desk.visits import preview as visit_preview
from concerto.faces.desk.visits.body import Before, said, shown_again
from concerto.faces.desk.visits.bringing import bring
from concerto.faces.desk.visits.counting import Turns, turns
from concerto.faces.desk.visits.form import ContactForm, GatheringForm, VisitForm
from concerto.faces.desk.visits.whom import Whom, whom
from concerto.groundwork import clock
from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.kinds.visit import Visit1
from concerto.journal.models import Tray
from concerto.papers import ledgers as papers
from concerto.papers.ledgers import Line
from concerto.parts.visits.models import Visit
from concerto.places.models import Unit, UnitKind
from concerto.register.current import aliases, current
from concerto.register.models import Household
from concerto.register.search import Filters, Listed, households, listed, villages_of

MOST_AT_A_GATHERING = 400
MOST_OFFERED = 30


@open_to(*WRITERS)
def record_key(request: SignedIn) -> HttpResponse:
    """Choose whom it is about: a household by any name, or a gathering of a village. What is typed stays out of the
    address."""
    words = request.POST.get("words", "").strip()[: search.MOST_LETTERS]
    villages = villages_of(request.sight)
    found = search.found_households(request, words) if words else _helped(request)
    branches = branches_of(request.sight) if request.sight.has(*BRANCH) else []
    page = {"words": words, "found": found, "villages": villages, "form": search.SearchForm(request.POST or None)}
    page |= {"branches": branches}
    return render(request, "desk/visits/begin.html", page)


def _helped(request: SignedIn) -> list[Listed]:
    """Offer the helped households first: they are called on most."""
    villages = [village.id for village in villages_of(request.sight)]
    rows = list(households(request.sight, Filters(helped="yes"), villages=villages)[:MOST_OFFERED])
    return listed(request.sight, rows)


@open_to(*WRITERS)
def visit_new(request: SignedIn, household: UUID) -> HttpResponse:
    """Record a visit or a call at one household."""
    row = _household(request, household)
    if row.id != household:
        return redirect(
            reverse("desk:visit-new", args=[row.id]) + (f"?{query}" if (query := request.GET.urlencode()) else "")
        )
    return _answer(request, VisitForm, whom(request.sight, [row], _village(request, row.village), request.sight.day))


@open_to(*WRITERS)
def gathering_new(request: SignedIn, village: UUID) -> HttpResponse:
    """Record a gathering of several households of a village."""
    return _answer(request, GatheringForm, _of_village(request, _village(request, village)))


@open_to(*WRITERS)
def visit_correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Say the whole again: the same form, as it was filled; what this reader may not read is carried along."""
    fact = read_fact(request.sight, entry)
    body = fact.body
    if not isinstance(body, Visit1) or not fact.may_correct(request.user, request.sight.day):
        raise Http404
    before = Before(fact.told.first, fact.last, body, readable(fact))
    if body.channel == "gathering":
        return _answer(request, GatheringForm, _of_village(request, _village(request, fact.last.said.unit)), before)
    row = _household(request, body.households[0])
    about = whom(request.sight, [row], _village(request, row.village), fact.last.said.happened_on)
    return _answer(request, VisitForm, about, before)


@open_to(*READERS)
def visit_saved(request: SignedIn, entry: UUID) -> HttpResponse:
    """Say that it is recorded, under which number and where it stands; offer to undo it."""
    fact = read_fact(request.sight, entry)
    if not fact.is_mine or fact.told.kind != "visit":
        raise Http404
    return show(request, fact, template="desk/visits/saved.html")


# ---------------------------------------------------------------- the form


def _answer(request: SignedIn, kind: type[ContactForm], about: Whom, before: Before | None = None) -> HttpResponse:
    """Draw the form, say what it will post, or record it."""
    saw = {f"{before.first}.wording": before.wording.said.id} if before else None
    sent_back = asked_again(request)
    shown = _sent_back(request, sent_back) or before
    form = kind(
        request.POST or None,
        sight=request.sight,
        account=request.user,
        at=clock.now(),
        saw=saw,
        whom=about,
        turns=_turns(request, kind, about, shown),
        initial=_initial(request, shown, sent_back) if shown else None,
    )
    if sent_back is not None and not form.is_bound:
        stand_for(form, sent_back)
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        receipt = bring(request, form, lambda: said(form, before), corrects=before.first if before else None)
        if receipt is not None and receipt.stands:
            return _recorded(request, receipt, before)
        if receipt is not None and (elsewhere := led_elsewhere(request, receipt)):
            return elsewhere
    refused = request.method == "POST" and "preview" not in request.POST  # whatever was sent and not recorded
    return render(request, "desk/visits/form.html", _page(form, before), status=422 if refused else 200)


def _sent_back(request: SignedIn, row: Tray | None) -> Before | None:
    """Give what was written in an entry that was sent back, to stand in the form once more."""
    words = wording_again(row, request.user.id) if row is not None else None
    if words is None or not isinstance(words.body, Visit1):
        return None
    return Before(words.said.first, words, words.body, frozenset(words.sealed))


def _turns(request: SignedIn, kind: type[ContactForm], about: Whom, shown: Before | None) -> Turns | None:
    """Say for which turns it may count; where nothing is owed at this household, that is not asked."""
    said_before = shown.wording.said if shown else None
    kept = said_before.counts_for if said_before else None
    if not (about.helped or about.exempt or kept or "counts_for" in request.GET):
        return None
    sheet = "gathering" if kind is GatheringForm else "visit"
    return turns(request, sheet, on=said_before.happened_on if said_before else None, kept=kept)


def _initial(request: SignedIn, shown: Before, row: Tray | None) -> dict[str, Any]:
    """Fill the form again. To whoever takes a visit over from above, "declined" reads as "not met": they are asked."""
    initial = shown_again(shown, request.sight.day)
    if row is not None and row.author != request.user.id and shown.body.outcome in NOT_MET:
        initial["met"] = []
    return initial


def _recorded(request: SignedIn, receipt: Receipt, before: Before | None) -> HttpResponse:
    if before is None:
        _say_where(request, receipt)
        return redirect("desk:visit-saved", receipt.id)
    messages.success(request, gettext("Corrected. What was said before is kept and stands below."))
    return redirect("desk:entry", before.first)


def _say_where(request: SignedIn, receipt: Receipt) -> None:
    """A household that moved has usual places of before: lead to where they are put right."""
    assert request.sight.log is not None
    assert receipt.id is not None
    line = Visit.objects.filter(log=request.sight.log, entry=receipt.id, state="moved").first()
    if line is not None and line.household and line.unit in request.sight.near:
        where = reverse("desk:household-places", args=[line.household])
        link = format_html('<a href="{}">{}</a>', where, gettext("Usual places"))
        messages.info(request, format_html("{} {}", gettext("It moved: put right where it is usually found."), link))


def _page(form: ContactForm, before: Before | None) -> dict[str, Any]:
    about = form.whom
    posted = visit_preview.shown(form)
    gathering = isinstance(form, GatheringForm)
    return {
        "form": form,
        "whom": about,
        "before": before,
        "is_gathering": gathering,
        "posted": posted,
        "count": visit_preview.count_words(len(posted)),
        "table": visit_preview.table(about),
        "last": None if gathering or before else _last_time(form),
        "needs": [_need_fields(form, slot) for slot in (1, 2, 3)],
        "gathering_url": reverse("desk:gathering-new", args=[about.village.id]),
        "here": "households",
    }


def _last_time(form: ContactForm) -> Line | None:
    """Find when the household was last called on, for whoever is about to say so again."""
    return papers.last_contact(form.sight, form.whom.house.id)


def _need_fields(form: ContactForm, slot: int) -> dict[str, Any]:
    names = {"sort": f"need_sort_{slot}", "words": f"need_words_{slot}", "house": f"need_house_{slot}"}
    fields = {key: form[name] for key, name in names.items() if name in form.fields}
    return {**fields, "is_used": bool(fields["words"].value()) or bool(fields["words"].errors)}


# ---------------------------------------------------------------- whom it is about


def _household(request: SignedIn, household: UUID) -> Household:
    """Find a household whose card may be opened, under the name it has now."""
    if request.sight.log is None:
        raise Http404
    now = current(household, aliases(request.sight.log, Household))
    row = Household.objects.seen_by(request.sight).filter(id=now, erased=False).first()
    if row is None:
        raise Http404
    return row


def _village(request: SignedIn, village: UUID) -> Unit:
    """Find a village whose cards may be opened."""
    if request.sight.log is None or village not in request.sight.cards:
        raise Http404
    unit = Unit.objects.filter(log=request.sight.log, id=village, kind=UnitKind.VILLAGE).first()
    if unit is None:
        raise Http404
    return unit


def _of_village(request: SignedIn, village: Unit) -> Whom:
    rows = list(households(request.sight, Filters(village=village.id), villages=[village.id])[:MOST_AT_A_GATHERING])
    return whom(request.sight, rows, village, request.sight.day)
