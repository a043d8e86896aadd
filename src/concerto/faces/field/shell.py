"""The one document of the phone: every page of it as a template, every word as data, nothing of anybody.

It is the same for everybody of one language, so that a browser may keep it, and a borrowed phone shows nothing by it.
It comes in two pieces, of which the first is enough to find a household and fill a form.
"""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from concerto.groundwork.squeezing import squeezed_for_all

from . import words

ASKED_EACH_TIME = "no-cache"
FORMS_AT = "/forms/"  # the blank forms, which another face serves


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponseBase:
    """Give the phone's page. Who is signed in is not asked."""
    return answer_for_all(request, written())


@login_not_required
@require_safe
def more(request: HttpRequest) -> HttpResponseBase:
    """Give what the page fetches right behind itself."""
    return answer_for_all(request, written_later())


def written() -> str:
    """Write it in the language of the day; no request goes in, so nothing of one comes out."""
    facts = {
        "language": _language(),
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        "sign_in": reverse("account_login"),
        "forms": FORMS_AT,
        "later": staticfiles_storage.url("field/js/later.js"),
    }
    return _rendered("field/shell.html", {"words": words.said(), "facts": facts})


def written_later() -> str:
    """Write the second piece."""
    return _rendered("field/more.html", {"words": words.said_later()})


def _language() -> str:
    return "en" if get_language() == "en" else "zh-Hans"


def _rendered(template: str, page: dict[str, Any]) -> str:
    world = {"world": "practice" if settings.PRACTICE else ""}
    known = {"language_code": get_language(), "language": _language(), "frame": world}
    lines = (line.strip() for line in render_to_string(template, known | page).splitlines())
    return "\n".join(filter(None, lines))


def answer_for_all(request: HttpRequest, text: str, kind: str = "text/html; charset=utf-8") -> HttpResponseBase:
    """Answer what is the same for everybody of a language: squeezed once, and not sent again to who has it."""
    body, coding = squeezed_for_all(text.encode(), request.headers.get("Accept-Encoding", ""))
    answer = HttpResponse(body, kind)
    if coding:
        answer.headers["Content-Encoding"] = coding
    answer.headers["Cache-Control"] = ASKED_EACH_TIME
    answer.headers["ETag"] = f'"{sha256(body).hexdigest()[:32]}"'
    patch_vary_headers(answer, ["Cookie", "Accept-Language", "Accept-Encoding"])
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer) or answer
