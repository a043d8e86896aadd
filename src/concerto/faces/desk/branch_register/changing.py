"""Changing what a branch recorded of its own with days: a seat, a vote that rests. Only what was altered is said."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.register.changing import ChangeForm, entry_of, narrowed, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import seen
from concerto.groundwork import clock
from concerto.journal.said import Body
from concerto.places.models import Unit


class DatedForm(ChangeForm):
    """What is different about something that holds from a day to a day."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        asked = self.questions()
        super().__init__(*args, initial={name: getattr(row, name) for name in asked}, **kwargs)
        self.ask(asked)

    @staticmethod
    def questions() -> dict[str, Any]:
        """Give what may be altered; among it are the first day and the last."""
        raise NotImplementedError


def change_dated(
    request: SignedIn,
    form_of: type[DatedForm],
    row: Any,
    branch: Unit,
    *,
    body: Callable[[UUID, dict[str, Any]], Body],
    template: str,
    words: str | Promise,
) -> HttpResponse:
    """Ask what is different about a row of a branch's register, and bring it to the door."""
    form = form_of(request.POST or None, account=request.user, at=clock.now(), saw=seen(row.id, row.wordings), row=row)
    instead(request, form)
    up = reverse("desk:branch-register", args=[branch.id])
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.altered}
        if not said:
            form.add_error(None, _("Nothing was altered."))
        else:
            item = entry_of(request, narrowed(form.draft, row.id, said), body(row.id, said), unit=branch.id)
            if done := write(request, form, item, to=up, words=words):
                return done
    return page(request, template, form, branch=branch, up=up, here="members")
