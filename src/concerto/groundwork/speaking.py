"""Which language a browser asks for: said in a cookie that outlives the browser, as the choice does."""

from django.conf import settings
from django.http.response import HttpResponseBase


def speak(answer: HttpResponseBase, language: str) -> None:
    """Let the browser ask for a language from now on."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
