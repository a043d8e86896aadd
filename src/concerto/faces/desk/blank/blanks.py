"""Each recording form once more, blank, as a fragment that a phone keeps and fills. It needs no sign-in."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from concerto.faces.desk.blank import forms, rules, words
from concerto.faces.desk.branch import meetings, saying
from concerto.faces.desk.visits import preview
from concerto.groundwork.squeezing import squeezed_for_all
from concerto.journal.kinds.asked import SHEETS, as_data

Page = tuple[str, dict[str, Any]]


def _visit(kind: type[forms.BlankVisit] | type[forms.BlankGathering]) -> Page:
    form = forms.visit(kind)
    needs = [{key: form[name] for key, name in _need_names(form, slot).items()} for slot in (1, 2, 3)]
    return "desk/visits/form.html", {
        "form": form,
        "whom": form.whom,
        "is_gathering": kind is forms.BlankGathering,
        "posted": preview.shown(form),
        "count": preview.count_words(0),
        "table": preview.table(form.whom),
        "needs": needs,
        "form_id": "visit",
    }


def _need_names(form: Any, slot: int) -> dict[str, str]:
    names = {
        "sort": f"need_sort_{slot}",
        "words": f"need_words_{slot}",
        "house": f"need_house_{slot}",
        "slip": f"need_slip_{slot}",
    }
    return {key: name for key, name in names.items() if name in form.fields}


def _branch(kind: type[forms.BlankOwnStudy] | type[forms.BlankStudy] | type[forms.BlankTalk]) -> Page:
    form = forms.branch(kind)
    return "desk/branch/form.html", {
        "form": form,
        "sheet": form.sheet,
        "whom": form.whom,
        "posted": saying.shown(form),
        "count": preview.count_words(0),
        "table": saying.table(form.sheet),
    }


def _meeting() -> Page:
    form = forms.branch(forms.BlankMeeting)
    return "desk/branch/meeting.html", meetings.page_of_meeting(form, None)


def _household() -> Page:
    form, rows = forms.household()
    return "desk/households/new.html", {
        "form": form,
        "rows": rows,
        "most_rows": forms.ROWS["household"],
        "no_identity": True,
    }


def _places() -> Page:
    return "desk/households/places.html", {
        "form": forms.BlankPlaces(),
        "rows": forms.places(),
        "most_rows": forms.ROWS["household_places"],
    }


BLANKS: dict[str, Callable[[], Page]] = {
    "visit": lambda: _visit(forms.BlankVisit),
    "gathering": lambda: _visit(forms.BlankGathering),
    "household": _household,
    "household_change": lambda: ("desk/households/change.html", {"form": forms.household_change()}),
    "household_places": _places,
    "household_left": lambda: ("desk/households/left.html", {"form": forms.BlankLeft()}),
    "resident": lambda: ("desk/residents/new.html", {"form": forms.BlankPerson(), "no_identity": True}),
    "resident_change": lambda: ("desk/residents/change.html", {"form": forms.person_change(), "no_identity": True}),
    "resident_left": lambda: ("desk/residents/left.html", {"form": forms.BlankPersonLeft()}),
    "own_study": lambda: _branch(forms.BlankOwnStudy),
    "study": lambda: _branch(forms.BlankStudy),
    "heart_talk": lambda: _branch(forms.BlankTalk),
    "meeting": _meeting,
    "need_step": lambda: ("desk/blank/need.html", {"form": forms.BlankNeedStep()}),
    "need_word": lambda: ("desk/blank/need.html", {"form": forms.BlankNeedWord()}),
    "deed": lambda: ("desk/blank/deed.html", {"form": forms.BlankDeed()}),
    "deeds": lambda: ("desk/blank/deed.html", {"form": forms.BlankDeeds()}),
    "consent": lambda: ("desk/blank/consent.html", {"form": forms.BlankConsent()}),
    "screening": lambda: ("desk/blank/screening.html", {"form": forms.BlankScreening()}),
}


FIRST = "visit"  # what is filled at the first door comes by itself


@login_not_required
@require_safe
def blank(request: HttpRequest, name: str) -> HttpResponse:
    """Give a form as a phone keeps it, in the reader's language: the same for everybody."""
    if name not in BLANKS:
        raise Http404
    return _answer(request, _written(name))


@login_not_required
@require_safe
def blanks(request: HttpRequest) -> HttpResponse:
    """Give all but the first in one piece: like words squeeze best side by side."""
    pieces = (f'<template data-blank="{name}">\n{_written(name)}\n</template>' for name in BLANKS if name != FIRST)
    return _answer(request, "\n".join(pieces))


def _written(name: str) -> str:
    template, page = BLANKS[name]()
    sheet = SHEETS[name]
    with_rows = [sheet, SHEETS[sheet.people.sheet]] if sheet.people is not None else [sheet]
    context = {
        "bare": "desk/blank/frame.html",
        "is_blank": True,
        "name": name,
        "form_id": f"form-{name}",
        "sheets": {one.name: as_data(one) for one in with_rows},
        "words": words.words_for(with_rows),
        "rules": rules.rules_for(with_rows),
    }
    lines = (line.strip() for line in render_to_string(template, context | page).splitlines())
    return "\n".join(filter(None, lines))


def _answer(request: HttpRequest, text: str) -> HttpResponse:
    body, coding = squeezed_for_all(text.encode(), request.headers.get("Accept-Encoding", ""))
    answer = HttpResponse(body)
    if coding:
        answer.headers["Content-Encoding"] = coding
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    patch_vary_headers(answer, ["Cookie", "Accept-Language", "Accept-Encoding"])
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer
