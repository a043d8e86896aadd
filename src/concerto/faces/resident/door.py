"""The page itself: a code is asked for or comes with the address, then state, office and day, and what one may say.

A page is one answer and one small stylesheet; there is no script, no cookie and no name on it. While the door rests it
says so in the same bytes to everybody, whatever code was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from concerto.groundwork import clock, slip_codes
from concerto.groundwork.refusals import Refused
from concerto.papers.slips.calls import calls_about
from concerto.papers.slips.case import call_waits
from concerto.papers.slips.matter import STEPS, Matter, matter_of
from concerto.papers.slips.suggestion import suggestion_of
from concerto.papers.slips.words import LANGUAGES, Words, words_in
from concerto.places.knocks import DoorRests, try_code
from concerto.register.models import MatterSlip
from concerto.register.slips import by_code

from . import saying
from .asking import Draft, address_of, words_for

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
NOT = "could_not"
View = Callable[..., HttpResponse]


def at_the_door(view: View) -> View:
    """Open a view to everybody, with no cookie, no cache, no address that travels on, and the strictest policy."""

    @wraps(view)
    def discreet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    # the code is the key of each form: whoever has it needs no cookie to show that the page was theirs
    opened_to_all: Any = login_not_required(
        csrf_exempt(
            csp(POLICY)(
                require_http_methods(["GET", "HEAD", "POST"])(
                    sensitive_post_parameters()(sensitive_variables()(discreet))
                )
            )
        )
    )
    return cast(View, opened_to_all)


@at_the_door
def door(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and show what it opens."""
    words = words_for(request)
    if request.method != "POST":
        return asking(words)
    return opened(request, request.POST.get("code", ""), words)


@at_the_door
def by_square(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a code opens that came with the address, as a telephone reads it off the slip."""
    return opened(request, code, words_for(request))


def opened(request: HttpRequest, typed: str, words: Words) -> HttpResponse:
    """Look a code up, hear what is said by it, and show how its matter stands."""
    at, code = clock.now(), slip_codes.read_code(typed)
    try:
        slip = try_code(code, address=address_of(request), at=at, find=by_code)
    except DoorRests:
        return _page("resident/says.html", words, says=words.page["rests"], status=429)
    if slip is None or code is None:
        told = words.page["mistyped"] if code is None else words.page["unknown"]
        return asking(words, mistake=told)
    if suggested := suggestion_of(slip):
        here = reverse("resident:slip", args=[slip_codes.written(code)])
        state = words.suggestion[suggested.state]
        return _page("resident/suggestion.html", words, here=here, suggestion=suggested, state=state)
    matter = matter_of(slip, clock.day_of(at))
    answer = heard(request, slip, matter, words, at) if request.method == "POST" and matter else Answer()
    if answer.says and not answer.again:  # it may have changed by it
        slip = MatterSlip.objects.get(log=slip.log, id=slip.id)
        matter = matter_of(slip, clock.day_of(at))
    return standing(slip, code, matter, words, answer=answer, at=at)


def asking(words: Words, *, mistake: str = "") -> HttpResponse:
    """Ask for a code."""
    return _page("resident/ask.html", words, mistake=mistake, status=422 if mistake else 200)


@dataclass(frozen=True)
class Answer:
    """What the page answers to what was said: its words, and what was refused, to stand in its form once more."""

    says: str = ""
    again: str = ""  # the form that is shown again
    word: str = ""
    words: str = field(default="", repr=False)


def heard(request: HttpRequest, slip: MatterSlip, matter: Matter, words: Words, at: datetime) -> Answer:
    """Write down what was said by a slip, and say so; nothing was said where a code was only typed.

    What is not taken stands in its form again: whoever wrote it has the page before them, and nobody keeps it.
    """
    says, page, typed = request.POST.get("says", ""), words.page, request.POST.get("words", "")
    if says not in ("word", "call", "treated"):
        return Answer()
    word = request.POST.get("word", "")

    def refused(why: str) -> Answer:
        return Answer(page[why], says, word, typed[: saying.MOST_WORDS])

    draft = Draft.read(request.POST.get("draft", ""), slip=slip.id, at=at)
    if draft is None:
        return refused("too_old")
    if saying.said_enough(slip):
        return refused("enough")
    try:
        text = saying.words_of(typed)
    except Refused:
        return refused("not_kept")
    if says == "call":
        return Answer(page["call_said"]) if saying.ask_for_a_call(slip, matter, draft, at=at).stands else refused(NOT)
    if says == "treated":
        if not text:
            return Answer()
        stands = saying.say_how_treated(slip, matter, draft, text, at=at).stands
        return Answer(page["treated_said"]) if stands else refused(NOT)
    if word not in saying.ANSWERS:
        return refused(NOT)
    if word == matter.said_last and not text:  # it stands so: saying it again adds nothing
        return Answer(page["said"])
    if not matter.asks_for_word and not saying.is_known(slip, draft):
        return refused(NOT)
    stands = saying.say_word(slip, matter, draft, word, text, at=at).stands
    return Answer(page["said"]) if stands else refused(NOT)


def standing(
    slip: MatterSlip, code: str, matter: Matter | None, words: Words, *, answer: Answer, at: datetime
) -> HttpResponse:
    """Show state, office, day and steps, and what may be said."""
    state = words.states.get(matter.shown, words.states["heard"]) if matter else words.states["unknown"]
    reached = matter.reached if matter else 0
    named = [(words.steps_named[step], n < reached) for n, step in enumerate(STEPS)]
    return _page(
        "resident/standing.html",
        words,
        status=422 if answer.again else 200,
        state=state,
        answer=answer,
        matter=matter,
        steps=named,
        call_asked=_call_asked(slip, matter),
        draft=Draft.fresh(at, matter.last_step if matter else None).written(slip=slip.id),
        here=reverse("resident:slip", args=[slip_codes.written(code)]),
    )


def _call_asked(slip: MatterSlip, matter: Matter | None) -> bool:
    """Tell whether they asked to be called, and were not yet."""
    if slip.matter is None or matter is None:
        return False
    return call_waits(slip) if matter.is_case else bool(calls_about(slip.log, [slip.matter]))


def _page(template: str, words: Words, *, status: int = 200, here: str = "", **context: Any) -> HttpResponse:
    told = {
        "words": words,
        "page": words.page,
        "languages": [words_in(key) for key in LANGUAGES],
        "here": here or reverse("resident:door"),
        "practice": settings.PRACTICE,
    }
    answer = HttpResponse(render_to_string(template, told | context), status=status)
    answer["Content-Language"] = words.lang
    return answer
