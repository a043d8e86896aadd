"""The township's list of suggestions, by month and topic and never by when they came; above it numbers by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from concerto.faces.desk.frame import COUNTED_FOR
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.suggestions.words import STATES, TOPICS
from concerto.journal.models import Sealed
from concerto.papers.behind import behind
from concerto.papers.few import few
from concerto.papers.naming import unit_names
from concerto.parts.assistance.models import Suggestion
from concerto.places.sight import Role, Sight
from concerto.register.search import log_of

DESK = (Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)
PAGE = 30
ORDER = ("-month", "topic", "id")  # as a reader is given them
ANY = ("", pgettext_lazy("suggestions", "all"))


@dataclass(frozen=True)
class Line:
    """One suggestion as the desk reads it."""

    id: UUID
    month: date
    topic: Any
    village: str
    words: str
    state: Any
    to: str
    reply: str
    replied_on: date | None


class FilterForm(forms.Form):
    """Which suggestions are listed."""

    topic = forms.ChoiceField(label=_("What the suggestion is about"), choices=[ANY, *TOPICS.items()], required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("suggestion", "What became of it"), choices=[ANY, *STATES.items()], required=False
    )


@open_to(*COUNTED_FOR)
def suggestions(request: SignedIn) -> HttpResponse:
    """List suggestions for the township's desks; who only counts is told how many on each topic, and no few."""
    sight = request.sight
    context: dict[str, Any] = {"here": "suggestions", "may_pass": not sight.has(Role.COUNTY_VIEWER)}
    if not sight.has(*DESK):
        return render(request, "desk/suggestions/counted.html", {**context, "rows": _counted(sight)})
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = Suggestion.objects.seen_by(sight).filter(**asked)
    after = _after(request.GET.get("after", ""))
    if after:
        found = found.filter(behind(*zip(ORDER, after, strict=True)))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    context |= {
        "lines": lines_of(sight, shown),
        "form": form,
        "is_narrowed": bool(asked),
        "older": _address(asked, after=_cursor(shown[-1])) if len(rows) > PAGE else "",
        "newer": _address(asked) if after else "",
        "said": ngettext("{n} suggestion on this page", "{n} suggestions on this page", len(shown)).format(
            n=len(shown)
        ),
    }
    return render(request, "desk/suggestions/list.html", context)


def _counted(sight: Sight) -> list[tuple[Any, str]]:
    """Count by topic for who only counts; nothing for who passes them up."""
    found = Suggestion.objects.seen_by(sight).order_by().values_list("topic").annotate(n=Count("id"))
    counts = dict(found)
    return [(words, few(counts.get(topic, 0))) for topic, words in TOPICS.items()] if counts else []


def lines_of(sight: Sight, rows: Sequence[Suggestion]) -> list[Line]:
    """Say suggestions in words, in few statements whatever their number."""
    digests = {digest for row in rows for digest in (row.words, row.reply_to, row.reply) if digest}
    log = log_of(sight)
    texts = dict(Sealed.objects.filter(log=log, digest__in=digests).values_list("digest", "text")) if digests else {}
    names = unit_names(sight) if any(row.village for row in rows) else {}
    return [
        Line(
            row.id,
            row.month,
            TOPICS.get(row.topic, ""),
            names.get(row.village, "") if row.village else "",
            texts.get(row.words, ""),
            STATES.get(row.state, ""),
            texts.get(row.reply_to, ""),
            texts.get(row.reply, ""),
            row.replied_on,
        )
        for row in rows
    ]


def _address(asked: dict[str, str], **more: str) -> str:
    told = {**asked, **more}
    return reverse("desk:suggestions") + (f"?{urlencode(told)}" if told else "")


def _cursor(row: Suggestion) -> str:
    return f"{row.month.isoformat()}~{row.topic}~{row.id}"


def _after(text: str) -> tuple[date, str, UUID] | None:
    try:
        month, topic, key = text.split("~")
        return date.fromisoformat(month), topic, UUID(key)
    except ValueError:
        return None
