"""The township's list of suggestions, by month and topic and never by when they came; above it numbers by topic."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.frame import COUNTED_FOR
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, led_elsewhere
from concerto.faces.desk.suggestions.words import STATES, TOPICS
from concerto.faces.desk.visits.form import WordsInOneLine, chosen
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.suggestions import SuggestionReply1
from concerto.journal.models import Sealed
from concerto.journal.said import Audience
from concerto.papers.few import few
from concerto.papers.naming import unit_names
from concerto.parts.assistance.models import Suggestion
from concerto.parts.assistance.suggestions import MAY_FOLLOW
from concerto.places.sight import Role, Sight
from concerto.register.search import log_of

DESK = (Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)
PAGE = 30
PASSED_ON = "passed_on"
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
        found = found.filter(_behind(*after))
    rows = list(found[: PAGE + 1])
    shown = rows[:PAGE]
    context |= {
        "lines": _lines(sight, shown),
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


def _lines(sight: Sight, rows: Sequence[Suggestion]) -> list[Line]:
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


def _behind(month: date, topic: str, key: UUID) -> Q:
    same = Q(month=month)
    return Q(month__lt=month) | (same & Q(topic__gt=topic)) | (same & Q(topic=topic, id__gt=key))


class ReplyForm(DraftForm):
    """What became of a suggestion; what is written is read by whoever holds its slip."""

    state = chosen(pgettext_lazy("suggestion", "What became of it"), required=True)
    to = WordsInOneLine(
        label=_("To whom it was passed on"), audience=_("whoever holds the slip"), max_length=40, required=False,
        help_text=_("An office, not a person."),
    )  # fmt: skip
    words = WordsInOneLine(
        label=_("What they are told"),
        audience=_("whoever holds the slip"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The answer, or why it is not followed. It stands on the residents' page; no name belongs here."),
    )

    def __init__(self, *args: Any, row: Suggestion, **more: Any) -> None:
        wording = row.reply_wording
        super().__init__(*args, saw={f"{row.id}.reply": wording}, **more)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(one, ACTS[one]) for one in MAY_FOLLOW[row.state]]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        told = self.cleaned_data
        if told.get("state") != PASSED_ON:
            told["to"] = ""
            self.errors.pop("to", None)
            if not told.get("words") and "words" not in self.errors:
                self.add_error("words", words_of("reply_says_nothing"))
        elif not told.get("to") and "to" not in self.errors:
            self.add_error("to", _("Name the office."))
        return told


ACTS = {
    "passed_on": pgettext_lazy("suggestion reply", "Pass it on"),
    "answered": pgettext_lazy("suggestion reply", "Answer it"),
    "not_followed": pgettext_lazy("suggestion reply", "Not follow it, and say why"),
}


@open_to(*DESK)
def reply(request: SignedIn, suggestion: UUID) -> HttpResponse:
    """Say what became of one suggestion."""
    row = Suggestion.objects.seen_by(request.sight).filter(id=suggestion).first()
    if row is None:
        raise Http404
    form = ReplyForm(request.POST or None, account=request.user, at=clock.now(), row=row)
    if form.is_valid():
        told, draft = form.cleaned_data, form.draft
        parts = {
            name: draft.seal(name, about=row.id, audience=Audience.PLACE, text=told[name])
            for name in ("to", "words")
            if told[name]
        }
        body = SuggestionReply1(
            suggestion=row.id, state=told["state"], **{name: part.digest for name, part in parts.items()}
        )
        receipt = record(request, entry_of(request, draft, body, unit=row.log, sealed=parts.values()))
        if receipt.stands:
            return done(request, _("It is written down."), "desk:suggestions")
        if elsewhere := led_elsewhere(request, receipt):
            return elsewhere
        form.sent_back(receipt, at=clock.now())
    [line] = _lines(request.sight, [row])
    return page(request, "desk/suggestions/reply.html", form, line=line, here="suggestions")
