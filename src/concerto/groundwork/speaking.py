"""Which language a browser asks for: said in a cookie that outlives the browser, as the choice does."""

from typing import Any

from django.conf import settings


def language_cookie(language: str) -> dict[str, Any]:
    """Give the cookie by which a browser asks for a language from now on, as an answer sets it."""
    return {
        "key": settings.LANGUAGE_COOKIE_NAME,
        "value": language,
        "max_age": settings.LANGUAGE_COOKIE_AGE,
        "samesite": "Lax",
        "secure": settings.LANGUAGE_COOKIE_SECURE,
    }
