"""Passing a suggestion upward: what is said, on which topic; not by whom, and not on which day."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from concerto.conductor.suggestions import large_villages
from concerto.faces.desk.answers import done, page
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.register.changing import entry_of
from concerto.faces.desk.suggestions.words import TOPICS
from concerto.faces.desk.visits.form import WordsInOneLine
from concerto.faces.desk.writing import DraftForm, record
from concerto.groundwork import clock, slip_codes
from concerto.journal.kinds.slips import slip_key
from concerto.journal.kinds.suggestions import Suggestion1
from concerto.journal.said import Audience
from concerto.places.models import Unit, UnitKind
from concerto.places.sight import Sight
from concerto.places.units import in_code_order
from concerto.register.search import log_of

FOR_DESK = _("the township's desk")
MOST_WORDS = 500


class SuggestionForm(DraftForm):
    """One suggestion. A village of few households is not offered; a slip brings the answer back."""

    topic = forms.ChoiceField(label=_("What the suggestion is about"), choices=list(TOPICS.items()))
    words = WordsInOneLine(
        label=_("What is suggested"),
        audience=FOR_DESK,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Without names, telephone numbers and whatever tells who said it."),
    )
    village = forms.ChoiceField(label=_("Village"), required=False)
    serial = forms.CharField(
        label=_("Number outside on the slip"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("A slip that was given for nothing else: by its code they read the answer."),
    )

    def __init__(self, *args: Any, sight: Sight, **more: Any) -> None:
        super().__init__(*args, **more)
        self.log = log_of(sight)
        units = in_code_order(Unit.objects.seen_by(sight).filter(kind=UnitKind.VILLAGE))
        large = large_villages(self.log)
        self.small = [unit.name for unit in units if unit.id not in large]
        village = self.fields["village"]
        assert isinstance(village, forms.ChoiceField)
        named = [(str(unit.id), unit.name) for unit in units if unit.id in large]
        village.choices = [("", _("not named")), *named]
        if not named:
            del self.fields["village"]

    def clean_serial(self) -> UUID | None:
        """Take a number however it is typed; a wrong digit shows."""
        typed = self.cleaned_data["serial"]
        if not typed.strip():
            return None
        serial = slip_codes.read_serial(typed)
        if serial is None:
            raise forms.ValidationError(_("A digit is wrong: look at the slip again."), code="serial_wrong")
        return slip_key(self.log, serial)


@open_to(*READERS)
def new(request: SignedIn) -> HttpResponse:
    """Ask for one suggestion. It is taken at once or stays on this page: no entry and no tray shows whose it was."""
    form = SuggestionForm(request.POST or None, account=request.user, at=clock.now(), sight=request.sight)
    if form.is_valid():
        told, draft = form.cleaned_data, replace(form.draft, instead_of=())
        key = draft.new_lot("suggestion")
        part = draft.seal("words", about=key, audience=Audience.PLACE, text=told["words"])
        village = told.get("village")
        body = Suggestion1(
            suggestion=key,
            topic=told["topic"],
            words=part.digest,
            village=UUID(village) if village else None,
            slip=told["serial"],
        )
        item = entry_of(request, draft, body, unit=form.log, on=draft.day.replace(day=1), sealed=[part])
        receipt = record(request, item)
        if receipt.stands:
            return done(request, _("It was passed upward. Nobody sees that it came from you."), "desk:suggestion-new")
        form.sent_back(receipt, at=clock.now())
    return page(request, "desk/suggestions/new.html", form, here="suggestions")
