"""What is done within a request: a copy for the person, locking, erasing with one decision for each part, answering."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from concerto.conductor import reach
from concerto.conductor.erasing import erase
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.privacy.case import Case, case_of, facts_of, note_opening, request_of, spoken_of
from concerto.faces.desk.privacy.forms import AnswerForm, CopyForm, DecisionForm
from concerto.faces.desk.privacy.requests import show
from concerto.faces.desk.writing import DraftForm, record, refused_words, said_from
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused
from concerto.journal.kinds.keeping import Restriction1
from concerto.places.models import DataRequest, Opening
from concerto.places.sight import Role
from concerto.register.models import ErasureRow

A_PAGE = 100
BEYOND: dict[str, str | Promise] = {
    "old_backups": _("Backups made before today, wherever they are kept: a restore leaves out what was erased, if the "
                     "list of erasures is given to it."),
    "paper": _("Paper: printed cards, forms, notes."),
    "downloads": _("Files that were downloaded, and what was copied from a screen."),
    "phones": _("Phones, until they are next in contact with this server."),
}  # fmt: skip


def _open_case(request: SignedIn, log: UUID, request_id: UUID) -> tuple[DataRequest, Case]:
    """Give an open request with what is held; answered ones let nothing be done."""
    asked = request_of(request, log, request_id)
    case = case_of(asked)
    if case.held is None:
        raise Http404
    return asked, case


@open_to(Role.PRIVACY_OFFICER)
def request_copy(request: SignedIn, log: UUID, request_id: UUID) -> HttpResponse:
    """Give the copy for the person: all that is theirs, and of the rest what was ticked; noted as opened."""
    asked, case = _open_case(request, log, request_id)
    form = CopyForm(request.POST or None, parts=case.listed)
    if request.method != "POST" or not form.is_valid():
        return page(request, "desk/privacy/copy_choose.html", form, asked=asked, case=case)
    wanted = set(form.cleaned_data["also"])
    parts = [*case.own, *(part for part in case.listed if part.digest in wanted)]
    for part in parts:
        note_opening(asked, request.user.id, clock.now(), "copy", part=part.digest, rows=1)
    opened = Opening.objects.filter(log=asked.log, about__in=_names_of(asked, case)).order_by("at")
    context = {
        "asked": asked,
        "parts": parts,
        "facts": facts_of(case.person) if case.person is not None else [],
        "told": spoken_of(case.held) if case.held else [],
        "openings": list(opened.filter(what="words").values_list("at", flat=True)),
        "today": clock.today(),
    }
    return page(request, "desk/privacy/copy.html", **context)


def _names_of(asked: DataRequest, case: Case) -> set[UUID]:
    """Give every id under which words about the person may have been opened: theirs, and their households'."""
    known = [who for who in case.held.who if who.log == asked.log] if case.held else []
    return {asked.about, *(one for who in known for one in (*who.ids, *who.households))}


@require_POST
@open_to(Role.PRIVACY_OFFICER)
def request_lock(request: SignedIn, log: UUID, request_id: UUID) -> HttpResponse:
    """Lock what is held about the person, or unlock it again: an entry in the officer's own name."""
    asked, case = _open_case(request, log, request_id)
    form = DraftForm(request.POST, account=request.user, at=clock.now())
    if case.person is None or not form.is_valid():
        raise Http404
    body = Restriction1(resident=case.person.id, restricted=not case.person.restricted)
    item = said_from(form.draft, body, account=request.user, log=asked.log, unit=asked.log, happened_on=clock.today())
    receipt = record(request, item)
    words = gettext("Locked.") if body.restricted else gettext("Unlocked.")
    if not receipt.stands:
        return done(request, receipt.why, "desk:request", asked.log, asked.id, error=True)
    return done(request, words, "desk:request", asked.log, asked.id)


@open_to(Role.PRIVACY_OFFICER)
def request_erase(request: SignedIn, log: UUID, request_id: UUID) -> HttpResponse:
    """Erase: what is theirs goes; each listed part waits for its own decision."""
    asked, case = _open_case(request, log, request_id)
    form = DecisionForm(request.POST or None, parts=case.listed)
    if form.is_valid():
        try:
            erased = erase(
                asked.about, basis=form.cleaned_data["basis"], also=form.decided, by=request.user, at=clock.now()
            )
        except Refused as wrong:
            form.add_error("basis", refused_words(wrong))
        else:
            context = {"asked": asked, "erased": erased, "beyond": [BEYOND[code] for code in reach.BEYOND]}
            return page(request, "desk/privacy/erased.html", **context)
    beyond = [BEYOND[code] for code in reach.BEYOND]
    return page(request, "desk/privacy/erase.html", form, asked=asked, case=case, beyond=beyond)


@require_POST
@open_to(Role.PRIVACY_OFFICER)
def request_answer(request: SignedIn, log: UUID, request_id: UUID) -> HttpResponse:
    """Close a request: from now on it lets nothing be seen."""
    asked = request_of(request, log, request_id)
    form = AnswerForm(request.POST)
    if not asked.answered_on and not form.is_valid():
        return show(request, asked, form)
    if asked.answered_on:
        raise Http404
    DataRequest.objects.filter(log=asked.log, id=asked.id).update(
        answered_on=clock.today(), answer=form.cleaned_data["answer"]
    )
    return done(request, gettext("Answered. What it let you see is closed again."), "desk:requests")


@open_to(Role.PRIVACY_OFFICER)
def erasures(request: SignedIn) -> HttpResponse:
    """List what was erased: when and how many parts, never what."""
    found = ErasureRow.objects.all()
    mine = found.filter(log=request.sight.log) if request.sight.log else found
    context = {"rows": mine.order_by("-on", "id")[:A_PAGE], "beyond": [BEYOND[code] for code in reach.BEYOND]}
    return page(request, "desk/privacy/erasures.html", **context)
