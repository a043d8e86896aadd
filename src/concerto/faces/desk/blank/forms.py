"""The page's own forms without a reader: no draft, and one prototype wherever the register gives the choices."""

from collections.abc import Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.branch.forms import BranchForm, OwnStudyForm, StudyForm, TalkForm
from concerto.faces.desk.branch.meeting_form import HOW, DayAhead, MeetingForm
from concerto.faces.desk.leads.screening import ScreeningForm
from concerto.faces.desk.ledgers.filters import DayInput
from concerto.faces.desk.needs import words as need_words
from concerto.faces.desk.needs.forms import WAYS, words_field
from concerto.faces.desk.register.changing import Told
from concerto.faces.desk.register.consent_words import ANSWERS as CONSENT_ANSWERS
from concerto.faces.desk.register.consent_words import INTERPRETERS, LANGUAGES
from concerto.faces.desk.register.household_changes import LeftForm
from concerto.faces.desk.register.household_forms import (
    MOST_PLACES,
    HouseholdChangeForm,
    NewHouseholdForm,
    PersonRow,
    PlaceRow,
    head_of_it,
)
from concerto.faces.desk.register.household_new import MOST_ROWS
from concerto.faces.desk.register.residents import NewPersonForm, PersonChangeForm, PersonLeftForm
from concerto.faces.desk.visits.form import (
    FOR_PLACE,
    SLOTS,
    ContactForm,
    GatheringForm,
    VisitForm,
    WordsInOneLine,
    chosen,
    options,
    several,
)
from concerto.faces.desk.visits.whom import House, Person, Whom
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.kinds.asked.branching import ITEM_SLOTS, OUT_SLOTS
from concerto.journal.kinds.deeds import HEADINGS
from concerto.register.models import Household, Resident

Branched = TypeVar("Branched", bound=BranchForm)


class Each(str):
    """The value of a prototype: a phone makes of it one choice for each thing that `each` names."""

    each: str

    def __new__(cls, each: str) -> "Each":
        made = super().__new__(cls, "{id}")
        made.each = each
        return made

    def __str__(self) -> str:
        return self  # not the plain text: a form asks for the text of an id, and shall get the prototype


NAME = "{name}"


class Ways(forms.RadioSelect):
    """Choices of which some go where nothing speaks for them: a call to whom no number is known, say."""

    ONLY_IF: ClassVar = {"phone_call": "phones", "office": "tells", "paper": "tells"}

    def create_option(self, name: str, value: Any, *more: Any, **options: Any) -> dict[str, Any]:
        """Give one choice, and what has to be there that a phone offers it."""
        option = super().create_option(name, value, *more, **options)
        wanted = self.ONLY_IF.get(str(value), "")
        if wanted == "phones" or (wanted and name == "way"):
            option["attrs"]["data-if"] = wanted
        return option


class Blank(forms.Form):
    """Mixed into a form of a page, it is nobody's: no draft, no list of what was shown, no identity number."""

    def _begin(self, at: datetime, saw: Mapping[str, str | UUID | None] | None) -> None:
        """Take no draft."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"account": None, "at": clock.now(), **kwargs})
        self.fields.pop("identity", None)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and "phone_call" in dict(field.choices):  # type: ignore[arg-type]  # its choices are pairs
                field.widget = Ways(choices=list(field.choices))  # type: ignore[arg-type]  # pairs again
            if isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect):
                field.widget.option_template_name = "desk/blank/option.html"
            if isinstance(field, forms.DateField) and field.initial is not None:
                field.initial = None  # the phone's day, not the day on which the blank was made
                field.widget.attrs["data-starts"] = "today"


class BlankVisit(Blank, VisitForm):
    """A visit or a call. The desk asks for a slip once a need is recorded; on the way there is one chance to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for slot in SLOTS:
            self.fields[f"need_slip_{slot}"] = forms.CharField(
                label=_("Slip left: number outside"), required=False, widget=number
            )


class BlankGathering(Blank, GatheringForm):
    """A gathering."""


class OfDay(Blank, DraftForm):
    """What is asked first: on which day."""

    day = chosen(_("Which day"), ContactForm.DAYS, initial=ContactForm.TODAY, required=True)
    on = forms.DateField(label=_("The day"), required=False, widget=DayInput)


class BlankNeedStep(OfDay):
    """A step on a need: which one it is, who may see to it and how it may come out the phone knows."""

    owner = chosen(_("Who sees to it"), [(Each("owners"), NAME)], required=True)
    outcome = chosen(_("How it came out"), [(Each("outcomes"), NAME)], required=True)
    told_of = chosen(
        _("What they were told"), need_words.choices(need_words.TOLD_OF, ("done", "interim", "answer")), required=True
    )
    until = forms.DateField(label=_("Until which day they wait"), required=False, widget=DayAhead)
    way = chosen(_("How"), need_words.choices(need_words.WAYS, WAYS), required=True)
    route = chosen(_("Who decides it"), need_words.choices(need_words.ROUTES), required=True)
    words = words_field(_("What is to be noted"))


class BlankNeedWord(OfDay):
    """What a household says of what was done."""

    word = chosen(_("Is it done, in their own words"), need_words.choices(need_words.SAYS), required=True)
    through = chosen(
        _("How it was heard"), need_words.choices(need_words.WAYS, ("visit", "phone_call", "office")), required=True
    )
    words = words_field(_("What is to be noted"))


class BlankDeed(OfDay):
    """A good thing done, for one household."""

    line = WordsInOneLine(label=_("What was done"), audience=FOR_PLACE, max_length=400)
    heading = chosen(_("Heading"), options(said.HEADING_WORDS, HEADINGS))


class BlankDeeds(BlankDeed):
    """A good thing done, for several households at once."""

    households = several(_("For which helped households"), [(Each("houses"), NAME)])


class BlankConsent(OfDay):
    """One answer to one purpose, which the phone knows; and whether it is taken back."""

    who = chosen(
        pgettext_lazy("consent", "Who says so"),
        [("", pgettext_lazy("consent", "The household")), (Each("people"), NAME)],
        initial="",
    )
    answer = chosen(
        pgettext_lazy("consent", "What they said"), options(CONSENT_ANSWERS, ("agreed", "declined")), required=True
    )
    told_in = chosen(_("In which language they were told what it is for"), options(LANGUAGES, LANGUAGES))
    interpreted = chosen(_("Who interpreted"), options(INTERPRETERS, INTERPRETERS), initial="nobody")
    read_aloud = forms.BooleanField(label=_("The notice was read aloud"), required=False)


class BlankScreening(Blank, ScreeningForm):
    """The screening of a village, which the phone knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, villages=[], **kwargs)
        asked = self.fields
        of_day = {name: field for name, field in OfDay.base_fields.items() if name in ("day", "on")}
        self.fields = {**of_day, **{name: asked[name] for name in ("way", "sorts", "found")}}


class BlankHousehold(Blank, NewHouseholdForm):
    """A new household."""


class BlankPersonRow(Blank, PersonRow):
    """One person of a new household."""

    counted = "{at}"


class BlankHouseholdChange(Blank, Told, HouseholdChangeForm):
    """What changes of a household."""


class BlankPlaceRow(Blank, PlaceRow):
    """One usual place."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        PlaceRow.__init__(self, *args, **kwargs)


class BlankLeft(Blank, LeftForm):
    """The last day of a household."""


class BlankPlaces(Blank, Told):
    """What is asked besides the places."""


class BlankPerson(Blank, Told, NewPersonForm):
    """One more person of a household."""


class BlankPersonChange(Blank, Told, PersonChangeForm):
    """What is different about somebody."""


class BlankPersonLeft(Blank, PersonLeftForm):
    """The last day of somebody."""


class BlankOwnStudy(Blank, OwnStudyForm):
    """One line of own study."""


class BlankStudy(Blank, StudyForm):
    """A lesson at home, or a training."""


class BlankTalk(Blank, TalkForm):
    """A talk of two."""


class BlankMeeting(Blank, MeetingForm):
    """A meeting: one row stands for everybody on the roll, which a phone draws from what it knows of the branch."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        groups = [(Each("groups"), NAME)]
        super().__init__(*args, **{"roll": (), "groups": groups, "named": [(Each("named"), NAME)], **kwargs})
        self.fields["how_{n}"] = chosen(NAME, HOW.items())
        for slot in ITEM_SLOTS:
            self._offer(f"away_{slot}", [(Each("voters"), NAME)])
        for slot in OUT_SLOTS:
            self._offer(f"out_{slot}", [("", "—"), (Each("voters"), NAME)])

    @property
    def each(self) -> BoundField:
        """The row of the roll."""
        return self["how_{n}"]


def nobody() -> Whom:
    """Whom a blank visit is to: a prototype of each sort."""

    def person(each: str) -> Person:
        return Person(Each(each), NAME, Each("houses"))  # type: ignore[arg-type]

    house = House(Each("houses"), "", NAME, (person("people"),))  # type: ignore[arg-type]
    village: Any = SimpleNamespace(id="", name="")
    colleagues: Any = ((Each("colleagues"), NAME),)
    return Whom(village, (house,), (person("members"),), (person("exempt"),), colleagues, helped=True)


def visit(kind: type[BlankVisit] | type[BlankGathering]) -> BlankVisit | BlankGathering:
    """Give the blank form of a visit or a gathering."""
    sight: Any = SimpleNamespace(day=clock.today())
    return kind(whom=nobody(), sight=sight)


def branch(kind: type[Branched]) -> Branched:
    """Give a blank form of a branch."""
    sight: Any = SimpleNamespace(day=clock.today())
    return kind(whom=nobody(), sight=sight)


def household() -> tuple[BlankHousehold, list[BlankPersonRow]]:
    """Give the blank form of a household: the head, and a prototype of everybody else."""
    form = BlankHousehold(villages=())
    village = form.fields["village"]
    assert isinstance(village, forms.ChoiceField)
    village.choices = [(Each("villages"), NAME)]
    head, other = BlankPersonRow(prefix="p0"), BlankPersonRow(prefix="p{n}")
    head.fields["relation"] = head_of_it()
    head.fields["name"].required = True
    other.fields["phones"].help_text = ""
    return form, [head, other]


def household_change() -> BlankHouseholdChange:
    """Give the blank form of what changes of a household."""
    row = Household(number="", group="", reached_by="", best_months="")
    return BlankHouseholdChange(household=row, heads=[("", "—"), (Each("heads"), NAME)])


def places() -> list[BlankPlaceRow]:
    """Give the prototype of a usual place."""
    return [BlankPlaceRow(prefix="w{n}", initial={"season": "summer", "since": 5, "until": 9})]


def person_change() -> BlankPersonChange:
    """Give the blank form of what is different about somebody."""
    return BlankPersonChange(person=Resident(phones="[]", aliases="[]", born=""), near=True)


ROWS = {"household": MOST_ROWS, "household_places": MOST_PLACES}
