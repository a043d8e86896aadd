"""The gate of every page: who may enter, and what one request carries of its reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers

from concerto.groundwork import clock
from concerto.places.models import Account
from concerto.places.sight import Role, Sight
from concerto.register.access import sight_of

P = ParamSpec("P")


class SignedIn(HttpRequest):
    """A request behind the gate: somebody signed in, and what they may see today. It is only ever a type."""

    user: Account
    sight: Sight
    htmx: Any


View = Callable[Concatenate[SignedIn, P], HttpResponse]


def open_to(*roles: Role) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Let in whoever holds one of these roles today; without roles, everybody signed in.

    A page of a role answers 403 to others. What a page shows of things is another question: what a reader may
    not see is not there, and answers 404. The roles stay on the view, where a guard and `docs/who-sees.md` read them.
    """
    allowed = frozenset(roles)

    def mark(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            signed_in = cast(SignedIn, request)
            if allowed and not signed_in.sight.has(*allowed):
                raise PermissionDenied
            answer = view(signed_in, *args, **kwargs)
            add_never_cache_headers(answer)
            return answer

        guarded.open_to = allowed  # type: ignore[attr-defined]
        return guarded

    return mark


class SignInFirst(LoginRequiredMiddleware):
    """Leads to the sign-in; who had sent a form is told there that nothing of it was recorded."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Say by the address that a form was on its way: the session that could hold a word of it is gone."""
        answer = super().handle_no_permission(request, view_func)
        if request.method == "POST":
            answer.headers["Location"] += "&unsent=1"
        return answer


class SightMiddleware:
    """Gives each request of somebody signed in its sight, made once, for the day it is now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Account):
            request.sight = sight_of(request.user, clock.today())  # type: ignore[attr-defined]
        return self.get_response(request)


def township_of(request: SignedIn, asked: UUID | None = None) -> UUID:
    """Give the log a page is of: the reader's own, or for an administrator the one the address names.

    Anything else is not there.
    """
    if request.sight.has(Role.ADMINISTRATOR):
        if asked is None:
            raise Http404
        return asked
    if request.sight.log is None or (asked is not None and asked != request.sight.log):
        raise Http404
    return request.sight.log
