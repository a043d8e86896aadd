"""The mechanism in words: every duty with its edition, what it all costs, and the history of one duty."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from concerto.faces.desk.frame import ADMINISTRATOR, ORGANIZER, POSTED
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.mechanism.costs import TypedAgainForm, costs_of, village_with
from concerto.faces.desk.mechanism.reading import Here, parts


@open_to(*POSTED, *ADMINISTRATOR)
def mechanism(request: SignedIn) -> HttpResponse:
    """Say what is owed here by whom, and what it costs; what is asked of everybody is no secret to anybody."""
    here, day = Here(request.sight), request.sight.day
    form = TypedAgainForm(request.GET or None, village=village_with())
    village = village_with(form.typed_again() if form.is_valid() else None)
    page = {
        "parts": parts(here),
        "waiting": [one for one in here.proposals if one.is_open],
        "costs": costs_of(here.mechanism, village, day),
        "form": form,
        "is_asked": form.is_bound,
        "missing": here.mechanism.days.missing_year(day),
        "may_propose": request.sight.has(*ORGANIZER),
    }
    return render(request, "desk/mechanism/mechanism.html", page, status=422 if form.errors else 200)


@open_to(*POSTED, *ADMINISTRATOR)
def duty(request: SignedIn, duty: str) -> HttpResponse:
    """Say what one duty asks, and what it asked before."""
    here = Here(request.sight)
    found = here.mechanism.duties.get(duty)
    if found is None:
        raise Http404
    page = {
        "row": here.row(found),
        "history": here.history(found),
        "may_propose": request.sight.has(*ORGANIZER),
        "here": "mechanism",
    }
    return render(request, "desk/mechanism/duty.html", page)
