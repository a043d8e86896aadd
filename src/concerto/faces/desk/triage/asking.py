"""Where a dispute belongs: a question a page, answered by buttons. No name is asked, no entry made, nothing kept.

The answers travel in the form alone, never in the address: neither a log nor a browser's history tells what was asked.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import address
from concerto.papers.mechanism import tongue_read
from concerto.rulebook.routes import Route, Said, routes
from concerto.rulebook.triage import End, Question, Step, triage


@open_to(*READERS)
def ask(request: SignedIn) -> HttpResponse:
    """Ask the next question, or say where it belongs."""
    step = triage().step(_answers(request.POST))
    if "back" in request.POST:
        step = triage().step(dict(list(step.given.items())[:-1]))
    context: dict[str, Any] = {"given": list(step.given.items()), "so_far": _so_far(step), "here": "triage"}
    if step.question is not None:
        return render(request, "desk/triage/question.html", {**context, **_question(step.question)})
    assert step.end is not None
    return render(request, "desk/triage/end.html", {**context, **_end(step.end)})


def _answers(sent: QueryDict) -> dict[str, str]:
    return {question.id: sent.get(question.id, "") for question in triage().questions}


def _question(question: Question) -> dict[str, Any]:
    answers = [(answer.id, read(answer.words)) for answer in question.answers]
    return {"name": question.id, "asks": read(question.asks), "answers": answers}


def _end(end: End) -> dict[str, Any]:
    """Say an end; only what may be mediated leads on to where it is taken in."""
    return {
        "end": end,
        "title": read(end.title),
        "says": [read(said) for said in end.says],
        "keeps": read(end.keeps) if end.keeps else "",
        "routes": [shown(routes()[route]) for route in end.routes],
        "take_in": address("case-new") if end.ours else "",
        "print_url": "" if end.quiet else leaflet_url(end),
    }


def _so_far(step: Step) -> list[str]:
    """Say what was answered, in the reader's words."""
    asked = {question.id: question for question in triage().questions}
    found = (asked[name].answer(answer) for name, answer in step.given.items())
    return [read(answer.words) for answer in found if answer]


def leaflet_url(end: End) -> str:
    """Give the address of the leaflet; with what both sides leave as it is, where an end says so."""
    where = reverse("desk:routes")
    return f"{where}?keeps={end.id}" if end.keeps else where


def read(said: Said) -> str:
    """Say it in the reader's language."""
    return said.en if tongue_read() == "en" else said.zh


def shown(route: Route) -> Mapping[str, str]:
    """Say one route in the reader's language."""
    return {"name": read(route.name), "what_for": read(route.what_for), "phone": route.phone}
