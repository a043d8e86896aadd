"""Saying what became of a suggestion: passed on, answered or not followed; whoever holds its slip reads it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import done, page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of, led_elsewhere
from concerto.faces.desk.suggestions.listed import DESK, lines_of
from concerto.faces.desk.visits.form import WordsInOneLine, chosen
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.suggestions import SuggestionReply1
from concerto.journal.said import Audience
from concerto.parts.assistance.models import Suggestion
from concerto.parts.assistance.suggestions import MAY_FOLLOW

PASSED_ON = "passed_on"


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
    [line] = lines_of(request.sight, [row])
    return page(request, "desk/suggestions/reply.html", form, line=line, here="suggestions")
