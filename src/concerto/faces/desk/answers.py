"""How a page of the office answers: a form that needs a look is 422, an act is noted and leads on."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from .gate import SignedIn


def page(request: SignedIn, template: str, form: BaseForm | None = None, /, **context: Any) -> HttpResponse:
    """Show a page; with a form that was sent and not taken, as such."""
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)


def done(
    request: SignedIn, words: str | Promise, where: str, *args: Any, error: bool = False, **kwargs: Any
) -> HttpResponse:
    """Say that it is done, or with `error` why it is not, and go on to another page."""
    messages.add_message(request, messages.ERROR if error else messages.SUCCESS, str(words))
    answer: HttpResponse = redirect(where, *args, **kwargs)
    return answer
