"""The forms of study and talks: few questions, choices before typing."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.visits.form import ContactForm, WordsInOneLine, chosen, options, several
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds import words as said
from concerto.journal.kinds.asked.branching import TALKERS
from concerto.journal.kinds.study import STUDY_FORMS
from concerto.journal.kinds.talks import CAPACITIES
from concerto.journal.kinds.times import MOST_MINUTES

CAPACITY_WORDS: said.Words = {
    "secretary": pgettext_lazy("capacity", "Secretary"),
    "committee_member": pgettext_lazy("capacity", "Committee member"),
    "member": pgettext_lazy("capacity", "Member"),
}

NOT_A_TIME = _("Enter a time of day such as 14:30.")
ONLY_A_DAY = ("told_by", "topics", "words", "words_for", "made_with")


def in_minutes(label: Any, *, required: bool = False) -> forms.IntegerField:
    """Ask for a length in minutes."""
    return forms.IntegerField(label=label, required=required, min_value=1, max_value=MOST_MINUTES)


def time_of_day(label: Any) -> forms.TimeField:
    """Ask for a time of day, to the minute."""
    box = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(
        label=label, required=False, widget=box, input_formats=["%H:%M"], error_messages={"invalid": NOT_A_TIME}
    )


class BranchForm(ContactForm):
    """What is recorded about a branch: its sheet, and the day."""

    sheet: ClassVar[str]
    order: ClassVar[tuple[str, ...]]
    unasked: ClassVar[tuple[str, ...]] = ("told_by",)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in self.unasked:
            del self.fields[name]
        self.order_fields(("day", "on", *self.order))


class OwnStudyForm(BranchForm):
    """One line on what one studied oneself."""

    sheet = "own_study"
    order = ("line",)
    unasked = ONLY_A_DAY
    line = WordsInOneLine(
        label=_("What you studied"), audience=_("you alone"), help_text=_("One line; no hours are asked.")
    )


class StudyForm(BranchForm):
    """A lesson at a member's home, or a training."""

    sheet = "study"
    order = ("form", "members", "begins", "ends", "minutes", "topics", "words", "words_for", "made_with")
    form = chosen(pgettext_lazy("study", "What it was"), options(said.STUDIED_WORDS, STUDY_FORMS), required=True)
    members = several(_("Which members learnt"))
    begins, ends = time_of_day(_("From what time")), time_of_day(_("To what time"))
    minutes = in_minutes(_("Or only how many minutes"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["members"].required = True
        self.fields["topics"].label = _("What it was about")
        self._offer("members", [(str(one.id), one.name) for one in self.whom.members])

    def clean(self) -> dict[str, Any] | None:
        """From an hour to an hour or a length: one of the two. Hours are united, so that one told twice counts once."""
        super().clean()
        begins, ends, length = (self.cleaned_data.get(name) for name in ("begins", "ends", "minutes"))
        for name, one, other in (("begins", begins, ends), ("ends", ends, begins)):
            if one is None and other is not None and name not in self.errors:
                self.add_error(name, gettext("Still missing."))
        if (begins is None) == (length is None) and not {"begins", "ends", "minutes"} & self.errors.keys():
            self.add_error("minutes", words_of("from_to_or_a_length"))
        if begins is not None and ends is not None and ends <= begins:
            self.add_error("ends", words_of("ends_before_it_begins"))
        return self.cleaned_data


class TalkForm(BranchForm):
    """Two members talked. What about is not asked."""

    sheet = "heart_talk"
    order = tuple(f"talker_{what}{n}" for n in TALKERS for what in ("", "as_"))
    unasked = ONLY_A_DAY

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = [(str(one.id), one.name) for one in self.whom.members]
        for n, label in zip(TALKERS, (_("Who talked"), _("With whom")), strict=True):
            self.fields[f"talker_{n}"] = forms.ChoiceField(label=label)
            self._offer(f"talker_{n}", [("", _("Choose a member")), *names])
            self.fields[f"talker_as_{n}"] = chosen(
                pgettext_lazy("talk", "As what"), options(CAPACITY_WORDS, CAPACITIES), initial="member"
            )
        self.order_fields(("day", "on", *self.order))

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        if self.cleaned_data.get("talker_1") and self.cleaned_data["talker_1"] == self.cleaned_data.get("talker_2"):
            self.add_error("talker_2", words_of("asked_twice"))
        return self.cleaned_data
