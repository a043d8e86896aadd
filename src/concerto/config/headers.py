"""What every answer tells the browser beside the security policy."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NEVER_ASKED_FOR = "geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class Discretion:
    """No page may ask where somebody is, and what a signed-in person saw stays in no cache of a shared computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", NEVER_ASKED_FOR)
        if request.user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer
