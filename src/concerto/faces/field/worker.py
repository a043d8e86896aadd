"""The worker that keeps the phone's page: which files and pages, under a name that changes when one of them does."""

import json
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from concerto.groundwork.speaking import language_cookie

from . import shell

# Where static files were collected these are all: what each imports is joined into it.
FILES = ("field/js/field.js", "field/js/later.js", "field/css/field.css", "desk/logo.svg")
JAVASCRIPT = "text/javascript; charset=utf-8"
FORMS = (f"{shell.FORMS_AT}visit/", shell.FORMS_AT)  # that of the first door, then all others in one piece


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponseBase:
    """Give the worker, in the language of the page that it keeps. It is asked for anew each time: it is the release."""
    language = get_language() or settings.LANGUAGE_CODE
    answer = shell.answer_for_all(request, _written(language), JAVASCRIPT)
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:  # iOS lets go after seven days of what a page set by itself
        answer.set_cookie(**language_cookie(language))
    return answer


@lru_cache
def _written(language: str) -> str:
    """Write it, once for each language. A release that differs in anything it keeps has another name."""
    files = [staticfiles_storage.url(name) for name in FILES]
    pages = [reverse("field:shell"), reverse("field:more"), *FORMS]
    told = [language, *files, shell.written(), shell.written_later(), *map(_text_at, FORMS)]
    name = f"concerto-page-{sha256(chr(0).join(told).encode()).hexdigest()[:16]}"
    kept = {"name": name, "language": language, "files": files, "pages": pages}
    kinds = [settings.STATIC_URL, shell.FORMS_AT]
    return render_to_string("field/sw.js", {"kept": json.dumps(kept), "kinds": json.dumps(kinds)})


def _text_at(path: str) -> str:
    """Read what an address of another face answers everybody: it is known here by its address alone."""
    asked = HttpRequest()
    asked.method, asked.path = "GET", path
    found = resolve(path)
    answer: HttpResponse = found.func(asked, *found.args, **found.kwargs)
    return answer.content.decode()
