"""Requests about data: recorded first; within one, while it is open, the officer sees what is held of one person."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from concerto.conductor.seeking import Sought
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.privacy.case import case_of, facts_of, note_opening, request_of, requests_seen, spoken_of
from concerto.faces.desk.privacy.forms import AnswerForm, RequestForm, WhoForm
from concerto.faces.desk.register.words import RELATIONS
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.places.models import DataRequest, RequestKind
from concerto.places.sight import Role
from concerto.register.finding import people_named
from concerto.register.models import Resident

A_PAGE = 50


@open_to(Role.PRIVACY_OFFICER)
def requests(request: SignedIn) -> HttpResponse:
    """List the requests, open ones first."""
    every = requests_seen(request).order_by("-asked_on", "-recorded_at")
    context = {
        "open_ones": every.filter(answered_on__isnull=True),
        "answered": every.filter(answered_on__isnull=False)[:A_PAGE],
    }
    return page(request, "desk/privacy/requests.html", **context)


@open_to(Role.PRIVACY_OFFICER)
def request_new(request: SignedIn) -> HttpResponse:
    """Record a request: find the one person it is about by what it says, and see no household doing so."""
    form = RequestForm(request.POST or None, log=request.sight.log, initial={"asked_on": clock.today()})
    if not form.is_valid():
        return page(request, "desk/privacy/request_new.html", form)
    people = _found(form)
    relations = {code: str(words) for code, words in RELATIONS}
    who = WhoForm(request.POST if "who" in request.POST else None, people=people, relations=relations)
    if "who" in request.POST and who.is_valid():
        chosen = next(one for one in people if str(one.id) == who.cleaned_data["who"])
        asked = _record(request, form, chosen)
        if asked is not None:
            return done(request, gettext("Recorded."), "desk:request", asked.log, asked.id)
        form.add_error("how", gettext("It names the person. Say it without."))
        return page(request, "desk/privacy/request_new.html", form)
    return page(request, "desk/privacy/request_who.html", who, asked=form, count=len(people))


def _found(form: RequestForm) -> list[Resident]:
    log, village = form.place
    given = form.cleaned_data
    return people_named(log, village, given["name"], born=given["born"], phone=given["phone"])


def _record(request: SignedIn, form: RequestForm, person: Resident) -> DataRequest | None:
    """Record it, unless the way it came names the person."""
    given = form.cleaned_data
    if Sought([given["name"], person.name], [given["phone"]]).is_in(given["how"]):
        return None
    asked = DataRequest(
        log=person.log,
        id=uuid4(),
        about=person.id,
        kind=given["kind"],
        how=given["how"],
        asked_on=given["asked_on"],
        recorded_at=clock.now(),
        recorded_by=request.user.id,
    )
    asked.save(force_insert=True)
    return asked


@open_to(Role.PRIVACY_OFFICER)
def request(request: SignedIn, log: UUID, request_id: UUID) -> HttpResponse:
    """Show one request: what is held, part by part, each closed until it is asked for."""
    return show(request, request_of(request, log, request_id))


def show(request: SignedIn, asked: DataRequest, answer: AnswerForm | None = None) -> HttpResponse:
    """Draw a request's page; with an answer that was sent and not taken, as such."""
    case = case_of(asked)
    person = case.person
    saw = seen(person.id, person.wordings, ["restricted"]) if person is not None else {}
    context = {
        "asked": asked,
        "case": case,
        "spoken_of": spoken_of(case.held) if case.held else [],
        "facts": facts_of(person) if case.held and person is not None else [],
        "lock": DraftForm(account=request.user, at=clock.now(), saw=saw) if person and not person.erased else None,
        "answer_form": answer or AnswerForm(),
        "wants_erasure": asked.kind == RequestKind.ERASURE,
    }
    return page(request, "desk/privacy/request.html", answer, **context)


@require_POST
@open_to(Role.PRIVACY_OFFICER)
def request_part(request: SignedIn, log: UUID, request_id: UUID, digest: str) -> HttpResponse:
    """Open one part, and note that it was opened."""
    asked = request_of(request, log, request_id)
    case = case_of(asked)
    part = case.part(digest)
    note_opening(asked, request.user.id, clock.now(), "held_part", part=digest)
    return page(request, "desk/privacy/part.html", asked=asked, part=part)
