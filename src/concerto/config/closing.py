"""While a backup is being brought back nobody comes in: every page answers 503 and says why."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concerto.groundwork.closed import is_closed


class ClosedWhileRestoring:
    """Stands before everything that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_closed(settings.CONCERTO_HOME):
            return self.get_response(request)
        answer = render(request, "503.html", status=503)
        answer["Retry-After"] = "60"
        return answer
