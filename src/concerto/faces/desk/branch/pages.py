"""Recording study and talks of a branch; recording them anew to correct them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from concerto.conductor.receive import Receipt
from concerto.faces.desk.branch import saying
from concerto.faces.desk.branch.forms import BranchForm, OwnStudyForm, StudyForm, TalkForm
from concerto.faces.desk.branch.roll import branch_people
from concerto.faces.desk.entries.reading import Fact, read_fact
from concerto.faces.desk.frame import BRANCH, READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.members import branches_of
from concerto.faces.desk.tray.mending import asked_again, stand_for, wording_again
from concerto.faces.desk.visits.bringing import bring
from concerto.faces.desk.visits.counting import Turns, turns
from concerto.faces.desk.visits.preview import count_words
from concerto.faces.desk.visits.whom import Whom
from concerto.groundwork import clock
from concerto.journal.kinds.asked import SHEETS
from concerto.journal.models import Tray
from concerto.journal.said import Wording
from concerto.places.models import Unit
from concerto.register.models import Posting

FORMS: dict[str, type[BranchForm]] = {"study": StudyForm, "heart_talk": TalkForm, "own_study": OwnStudyForm}


@open_to(*READERS)
def own_study_new(request: SignedIn) -> HttpResponse:
    """Record in one line what one studied oneself: nobody else reads it."""
    return answer(request, OwnStudyForm, _own_place(request))


@open_to(*BRANCH)
def study_new(request: SignedIn, branch: UUID) -> HttpResponse:
    """Record a lesson at a member's home, or a training."""
    return answer(request, StudyForm, branch_people(request.sight, branch_or_404(request, branch), request.sight.day))


@open_to(*BRANCH)
def talk_new(request: SignedIn, branch: UUID) -> HttpResponse:
    """Record that two members talked."""
    return answer(request, TalkForm, branch_people(request.sight, branch_or_404(request, branch), request.sight.day))


@open_to(*READERS)
def branch_correct(request: SignedIn, entry: UUID) -> HttpResponse:
    """Say the whole again: the same form, as it was filled."""
    fact = read_fact(request.sight, entry)
    kind = FORMS.get(fact.told.kind)
    if kind is None or not fact.may_correct(request.user, request.sight.day):
        raise Http404
    if kind is OwnStudyForm:
        return answer(request, kind, _place(fact.last.said.unit), fact)
    branch = branch_or_404(request, fact.last.said.unit)
    return answer(request, kind, branch_people(request.sight, branch, fact.last.said.happened_on), fact)


def branch_or_404(request: SignedIn, branch: UUID) -> Unit:
    """Find a branch that the reader works with."""
    found = next((one for one in branches_of(request.sight) if one.id == branch), None)
    if found is None:
        raise Http404
    return found


def _own_place(request: SignedIn) -> Whom:
    """Give the unit one is posted to: one's own study is filed there, and read by nobody else."""
    sight = request.sight
    assert sight.log is not None
    held = Posting.objects.on(sight.day).filter(log=sight.log, account=sight.account).order_by("since", "id").first()
    if held is None:
        raise Http404
    return _place(held.unit)


def _place(unit: UUID) -> Whom:
    return Whom(Unit(id=unit, name=""), (), (), (), (), helped=False)


def answer(request: SignedIn, kind: type[BranchForm], whom: Whom, fact: Fact | None = None) -> HttpResponse:
    """Draw the form, say what it will post, or record it."""
    row, words = sent_back(request, kind.sheet)
    form = kind(
        request.POST or None,
        sight=request.sight,
        account=request.user,
        at=clock.now(),
        saw={f"{fact.told.first}.wording": fact.last.said.id} if fact else None,
        whom=whom,
        turns=turns_of_form(request, kind.sheet, fact, words),
        initial=initial_of(request, kind.sheet, fact, words),
    )
    if row is not None and not form.is_bound:
        stand_for(form, row)
    sent = request.method == "POST" and "preview" not in request.POST
    if sent and form.is_valid():
        receipt = bring(request, form, lambda: saying.said(form, fact, {}), corrects=fact.told.first if fact else None)
        if receipt is not None and receipt.stands:
            return recorded(request, receipt, fact)
    return render(request, "desk/branch/form.html", page_of(form, fact), status=422 if sent else 200)


def turns_of_form(request: SignedIn, sheet: str, fact: Fact | None, words: Wording | None) -> Turns | None:
    """Say for which turns a form of the branch may count; what was sent back says it already."""
    last = words or (fact.last if fact else None)
    said = last.said if last else None
    return turns(request, sheet, on=said.happened_on if said else None, kept=said.counts_for if said else None)


def sent_back(request: SignedIn, sheet: str) -> tuple[Tray | None, Wording | None]:
    """Give the entry that was sent back which a form is opened instead of, and what is read in it."""
    row = asked_again(request)
    words = wording_again(row, request.user.id) if row is not None else None
    if words is not None and words.said.kind != SHEETS[sheet].kind:
        raise Http404
    if row is not None and sheet == OwnStudyForm.sheet and row.author != request.user.id:
        raise Http404  # one's own study is nobody else's to record
    return row, words


def initial_of(request: SignedIn, sheet: str, fact: Fact | None, words: Wording | None) -> dict[str, Any] | None:
    """Fill a form with what was sent back, or with what is corrected."""
    if words is not None:
        return saying.sent_back(sheet, words, request.sight.day)
    return saying.shown_again(sheet, fact) if fact else None


def recorded(request: SignedIn, receipt: Receipt, fact: Fact | None) -> HttpResponse:
    """Go on to the entry's page, and say there that it is in the book."""
    if fact is None:
        messages.success(request, gettext("Recorded."))
        return redirect("desk:entry", receipt.id)
    messages.success(request, gettext("Corrected. What was said before is kept and stands below."))
    return redirect("desk:entry", fact.told.first)


def page_of(form: BranchForm, fact: Fact | None) -> dict[str, Any]:
    """Gather what the page of a form shows."""
    posted = saying.shown(form)
    return {
        "form": form,
        "sheet": form.sheet,
        "whom": form.whom,
        "before": fact,
        "form_id": form.sheet,
        "posted": posted,
        "count": count_words(len(posted)),
        "table": saying.table(form.sheet),
        "here": "members",
    }
