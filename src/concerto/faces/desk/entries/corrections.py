"""Taking an entry back: at once by its author, or after one look; correcting is the visit's own form again."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from concerto.conductor.receive import Receipt
from concerto.faces.desk.entries import facts as entry_facts
from concerto.faces.desk.entries.entries import number_of, place_of, posted_words, undo_form
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.writing import DraftForm, record, said_from
from concerto.groundwork import clock


@open_to(*READERS)
def withdraw(request: SignedIn, entry: UUID) -> HttpResponse:
    """Show what would be taken back, and take it back when that is said again. Why is not asked."""
    fact = read_fact(request.sight, entry)
    if not fact.may_withdraw(request.user, request.sight.day) and not fact.is_withdrawn:
        raise Http404
    saw = {f"{fact.told.first}.wording": fact.last.said.id}
    form = DraftForm(request.POST or None, account=request.user, at=clock.now(), saw=saw)
    if request.method == "POST" and form.is_valid():
        receipt = _take_back(request, fact, form)
        if receipt.stands or receipt.code == "withdrawn_already":
            return _done(fact)
        form.sent_back(receipt, at=clock.now())
    page = {
        "form": form,
        "fact": fact,
        "title": entry_facts.title(fact),
        "number": number_of(fact),
        "facts": entry_facts.facts(fact, fact.words),
        "posted": posted_words(fact),
        "here": place_of(fact),
    }
    return render(request, "desk/entries/withdraw.html", page, status=422 if form.errors else 200)


@require_POST
@open_to(*READERS)
def undo(request: SignedIn, entry: UUID) -> HttpResponse:
    """Take back what was just recorded, without a question."""
    fact = read_fact(request.sight, entry)
    form = DraftForm(request.POST, account=request.user, at=clock.now())
    if fact.is_withdrawn:
        return _done(fact)
    if not form.is_valid() or undo_form(request, fact) is None:
        return redirect("desk:entry-withdraw", fact.told.first)
    receipt = _take_back(request, fact, form)
    if not receipt.stands:
        return redirect("desk:entry-withdraw", fact.told.first)
    return _done(fact)


def _take_back(request: SignedIn, fact: Fact, form: DraftForm) -> Receipt:
    said = fact.opener.said
    item = said_from(
        form.draft, None, account=request.user, log=said.log, unit=said.unit, happened_on=said.happened_on,
        kind=said.kind, version=said.version, corrects=said.id,
    )  # fmt: skip
    return record(request, item)


def _done(fact: Fact) -> HttpResponse:
    return redirect("desk:entry", fact.told.first)
