"""The one document of the phone: every page of it as a template, every word as data, nothing of anybody.

It is the same for everybody of one language, so that a browser may keep it, and a borrowed phone shows nothing by it.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import words

KEPT_FRESH = "no-cache"


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Give the phone's page. Who is signed in is not asked."""
    answer = HttpResponse(written())
    answer.headers["Cache-Control"] = KEPT_FRESH
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer


def written() -> str:
    """Write it in the language of the day; no request goes in, so nothing of one comes out."""
    language = "en" if get_language() == "en" else "zh-Hans"
    page: dict[str, Any] = {
        "language_code": get_language(),
        "language": language,
        "frame": {"world": "practice" if settings.PRACTICE else ""},
        "words": words.said(),
        "facts": {
            "language": language,
            "language_cookie": settings.LANGUAGE_COOKIE_NAME,
            "sign_in": reverse("account_login"),
            "forms": "/forms/",
        },
    }
    return render_to_string("field/shell.html", page)
