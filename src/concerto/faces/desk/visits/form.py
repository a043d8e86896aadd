"""The form of a visit, a call or a gathering: in the order of the talk, choices before typing, little required."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.conductor.stopping import stop_text
from concerto.faces.desk.ledgers.filters import DayInput
from concerto.faces.desk.visits.counting import Turns
from concerto.faces.desk.visits.whom import Whom
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork.refusals import Refused, words_of
from concerto.journal.kinds import words as said
from concerto.journal.kinds.asked.visiting import NOBODY_NAMED
from concerto.journal.kinds.preview import NOT_MET
from concerto.journal.kinds.visit import LEAD_SORTS, MOST_MINUTES, NEED_SORTS, TOPICS
from concerto.places.sight import Sight

SLOTS = (1, 2, 3)
MET_OTHERWISE = (
    (NOBODY_NAMED, pgettext_lazy("met", "Somebody else of the household")),
    ("nobody_home", pgettext_lazy("met", "Nobody in")),
    ("not_now", pgettext_lazy("met", "Not now")),
    ("declined", pgettext_lazy("met", "Does not wish to")),
    ("moved", pgettext_lazy("met", "Moved")),
)
ONLY_WHEN_MET = ("change", "change_words", "wants", "topics", "lesson_minutes")
ORDER_OF_THE_TALK = (
    "day", "on", "channel", "met", "moved_to", "change", "change_words", "wants", "topics", "lesson_for",
    "lesson_minutes",
    *(f"need_{what}_{slot}" for slot in SLOTS for what in ("words", "sort")),
    "lead", "lead_sort", "lead_words", "words", "words_for",
)  # fmt: skip
# Translators: who may read words that are sealed; shown beside the box
FOR_PLACE = _("those who work in this village")
FOR_DESK = _("you and the mediation desk alone")
FOR_CHOSEN = _("as you choose below")


class WordsInOneLine(forms.CharField):
    """Text that will be sealed: it stops on what is not kept here, at its own box."""

    def __init__(self, *, audience: Any, max_length: int = 200, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)
        self.audience = audience

    def validate(self, value: Any) -> None:
        super().validate(value)
        try:
            stop_text(value)
        except Refused as wrong:
            raise forms.ValidationError(words_of(wrong.code, wrong.facts), code=wrong.code) from None


class Words(WordsInOneLine):
    """Free text of several lines that will be sealed."""

    def __init__(self, *, audience: Any, **more: Any) -> None:
        box = forms.Textarea(attrs={"rows": 2})
        super().__init__(audience=audience, max_length=4000, required=False, widget=box, **more)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


def options(words: said.Words, codes: Iterable[str]) -> list[tuple[str, Any]]:
    """Give codes with their words, as choices."""
    return [(code, words[code]) for code in codes]


def chosen(
    name: Any, choices: Iterable[tuple[str, Any]] = (), *, required: bool = False, **more: Any
) -> forms.ChoiceField:
    """Ask for one of a few."""
    return forms.ChoiceField(label=name, choices=choices, widget=forms.RadioSelect, required=required, **more)


def several(name: Any, choices: Iterable[tuple[str, Any]] = (), **more: Any) -> forms.MultipleChoiceField:
    """Ask for any of a few."""
    return forms.MultipleChoiceField(
        label=name, choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **more
    )


class ContactForm(DraftForm):
    """What a visit and a gathering ask alike."""

    TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"
    DAYS = ((TODAY, _("Today")), (YESTERDAY, _("Yesterday")), (OTHER, _("Another day")))

    day = chosen(_("Which day"), DAYS, initial=TODAY, required=True)
    on = forms.DateField(label=_("The day"), required=False, widget=DayInput)
    topics = several(_("What policy was spoken of"), options(said.TOPIC_WORDS, TOPICS))
    words = Words(label=_("A note"), audience=FOR_CHOSEN)
    words_for = chosen(
        _("Who may read the note"),
        [("author", _("Only you")), ("place", _("Those who work in this village"))],
        initial="author",
    )
    told_by = chosen(_("Where you know it from"), options(said.TOLD_BY_WORDS, said.TOLD_BY_WORDS), initial="household")
    made_with = several(_("Made together with"))

    def __init__(self, *args: Any, whom: Whom, sight: Sight, turns: Turns | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.whom, self.sight, self.today, self.turns = whom, sight, sight.day, turns
        if turns is not None:
            self.fields["counts_for"] = turns.field()
        self._offer("made_with", [(str(account), called) for account, called in whom.colleagues])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Set what can be chosen; what was chosen when it was first said can always be chosen again."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        before = self.initial.get(name) or []
        known = {value for value, _words in choices}
        missing = [one for one in (before if isinstance(before, list) else [before]) if one not in known]
        field.choices = [*choices, *((one, _("as said before")) for one in missing)]

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        self.cleaned_data["happened_on"] = self._day()
        self.cleaned_data["counts_for"] = self._turn()
        return self.cleaned_data

    def _turn(self) -> str | None:
        """Name the earlier turn it counts for; nothing where it counts for that of its day."""
        name, day = self.cleaned_data.get("counts_for"), self.cleaned_data["happened_on"]
        if self.turns is None or not name or day is None:
            return None
        if wrong := self.turns.refused(name, day):
            self.add_error("counts_for", wrong)
        return None if self.turns.is_own(name, day) else name

    def _day(self) -> date | None:
        day, on = self.cleaned_data.get("day"), self.cleaned_data.get("on")
        if day != self.OTHER:
            return self.today - timedelta(days=day == self.YESTERDAY)
        if on is None and "on" not in self.errors:
            self.add_error("on", gettext("Say which day it was."))
        elif on is not None and on > self.today:
            self.add_error("on", words_of("day_not_come"))
        return on

    def needs(self) -> Iterator[tuple[int, str, str]]:
        """Give the needs that were written down: slot, sort and words."""
        for slot in SLOTS:
            words = self.cleaned_data.get(f"need_words_{slot}", "")
            if words:
                yield slot, self.cleaned_data.get(f"need_sort_{slot}") or "other", words

    def _words_asked(self, name: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, gettext("Write a few words, or leave the whole line out."))


def need_fields() -> dict[str, forms.Field]:
    """Make the fields of the needs a form has room for."""
    sorts = [("", pgettext_lazy("need", "What about")), *options(said.NEED_WORDS, NEED_SORTS)]
    fields: dict[str, forms.Field] = {}
    for slot in SLOTS:
        fields[f"need_sort_{slot}"] = forms.ChoiceField(label=_("What about"), choices=sorts, required=False)
        fields[f"need_words_{slot}"] = Words(label=_("In their own words"), audience=FOR_PLACE)
    return fields


class VisitForm(ContactForm):
    """One visit or call at one household."""

    channel = chosen(_("How"), options(said.CHANNEL_WORDS, ("visit", "phone_call")), initial="visit", required=True)
    met = several(_("Who was met"), error_messages={"required": _("Say who was met, or that nobody was.")})
    change = chosen(_("Has anything changed at home"), options(said.CHANGE_WORDS, ("no_change", "changed")))
    change_words = Words(label=_("What has changed"), audience=FOR_PLACE)
    moved_to = WordsInOneLine(label=_("Where it lives now"), audience=FOR_PLACE, required=False)
    wants = several(_("What is to be done for it"), [("nothing", _("Asked, nothing wanted"))])
    lesson_for = several(_("Lesson at home for"))
    lesson_minutes = forms.IntegerField(
        label=_("How many minutes"), required=False, min_value=1, max_value=MOST_MINUTES
    )
    lead = chosen(_("Any sign of a dispute"), [("no", _("Nothing heard")), ("heard", _("Something heard"))])
    lead_sort = forms.ChoiceField(
        label=_("What about"),
        choices=[("", pgettext_lazy("need", "What about")), *options(said.LEAD_WORDS, LEAD_SORTS)],
        required=False,
    )
    lead_words = Words(label=_("What was heard"), audience=FOR_DESK, help_text=_("Name no third person."))
    matter = chosen(_("Did it serve a pledge or a branch matter"), options(said.MATTER_WORDS, said.MATTER_WORDS))
    matter_member = forms.ChoiceField(label=_("Whose"), required=False)
    matter_words = Words(label=_("What was done"), audience=FOR_PLACE)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields |= need_fields()
        self.order_fields(ORDER_OF_THE_TALK)
        self.fields["met"].required = True
        people = [(str(person.id), person.name) for person in self.whom.people if person.name]
        self._offer("met", [*people, *MET_OTHERWISE])
        self._offer("lesson_for", [(str(member.id), member.name) for member in self.whom.exempt])
        members = [(str(member.id), member.name) for member in self.whom.members]
        self._offer("matter_member", [("", _("no member in particular")), *members])

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        told = self.cleaned_data
        if told.get("met"):
            self._check_met(told)
        if told.get("moved_to") and "moved" not in (told.get("met") or ()):
            self.add_error("moved_to", words_of("moved_to_where_nobody_moved"))
        if told.get("change") == "changed":
            self._words_asked("change_words")
        elif told.get("change_words"):
            self.add_error("change", gettext("Say that something changed, or take the words out."))
        if bool(told.get("lesson_for")) != bool(told.get("lesson_minutes")) and "lesson_minutes" not in self.errors:
            self.add_error("lesson_minutes", words_of("lesson_for_whom_and_how_long"))
        if told.get("lead") == "heard":
            self._words_asked("lead_words")
        if told.get("matter_words") and not told.get("matter"):
            self.add_error("matter", gettext("Say which of the two it was, or take the words out."))
        return told

    def _check_met(self, told: Mapping[str, Any]) -> None:
        otherwise = [value for value in told["met"] if value in NOT_MET]
        if otherwise and len(told["met"]) > 1:
            self.add_error("met", gettext("Either somebody was met, or one of the others is so."))
        for name in ONLY_WHEN_MET if otherwise else ():
            if told.get(name) and name in self.fields:
                self.add_error(name, words_of("call_that_met_nobody_changed_nothing"))


class GatheringForm(ContactForm):
    """One gathering of several households of a village."""

    households = several(_("Which households"), error_messages={"required": _("Choose two households at least.")})

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["households"].required = True
        names = [(str(house.id), house.name or house.number) for house in self.whom.houses]
        self._offer("households", names)
        for slot in SLOTS:
            self.fields[f"need_house_{slot}"] = forms.ChoiceField(
                label=_("Of which household"), choices=[("", _("Choose a household")), *names], required=False
            )
        self.fields |= need_fields()

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        named = self.cleaned_data.get("households") or []
        if len(named) == 1:
            self.add_error("households", gettext("Choose two households at least."))
        for slot, _sort, _words in self.needs():
            if self.cleaned_data.get(f"need_house_{slot}") not in named:
                self.add_error(f"need_house_{slot}", gettext("Choose one of the households above."))
        return self.cleaned_data
