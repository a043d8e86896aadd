"""The doors of sign-in: who is let through, and what somebody hears who knocked too often."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from concerto.groundwork import clock
from concerto.groundwork.speaking import language_cookie
from concerto.places import slips
from concerto.places.accounts import sign_in_name


class Doors(DefaultAccountAdapter):
    """Nobody makes an account alone, and no mail is ever sent: people are added, and come with a printed slip."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **told: Any) -> HttpResponse:
        """Show the house in its person's language, and tell them of slips made for them that they did not use."""
        answer: HttpResponse = super().post_login(request, user, **told)
        if user.language:
            answer.set_cookie(**language_cookie(user.language))
        if not request.session.pop("by_slip", False) and slips.take_news(user, clock.now()):
            messages.info(request, _("A one-time slip was made for you; My page says when and by whom."))
        return answer

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        return None


@login_not_required
def walled_up(request: HttpRequest) -> HttpResponse:
    """Answer an address that the sign-in library offers and this house does not have."""
    raise Http404


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name somebody tried to sign in with, the same for every way of writing its letters."""
    tried = (credentials or {}).get("username") or request.POST.get("login") or ""
    return sign_in_name(str(tried))


def knocked_too_often(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Any = None, *args: Any, **kwargs: Any
) -> HttpResponse:
    """Say that sign-in rests for a while, with status 429; the page says what to do meanwhile."""
    return render(request, "429.html", status=429)
