"""A line of the panel: somebody comes onto it, what is different about it, its last day."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.panel import words
from concerto.faces.desk.panel.listed import committee_or_404
from concerto.faces.desk.places.unit_forms import DayField
from concerto.faces.desk.register.changing import ChangeForm, entry_of, narrowed, write
from concerto.faces.desk.tray.mending import instead
from concerto.faces.desk.writing import DraftForm, seen
from concerto.groundwork import clock
from concerto.journal.kinds.panel import LANGUAGES, PanelChange1, PanelMember1
from concerto.journal.said import Audience
from concerto.places.models import Account
from concerto.places.sight import Role
from concerto.register.panel import PanelMember, named
from concerto.register.search import log_of

WRITERS = (Role.BRANCH_SECRETARY, Role.TOWNSHIP_ORGANIZER, Role.CENTRE_DESK)
ELSE = "else"  # somebody who does not sign in here


def _questions() -> dict[str, forms.Field]:
    """Ask what may change about a line; the days in which it holds come last."""
    return {
        "how": forms.ChoiceField(
            label=pgettext_lazy("mediator", "How"), choices=list(words.HOW.items()), widget=forms.RadioSelect
        ),
        "post": forms.ChoiceField(
            label=pgettext_lazy("mediator", "As what"),
            choices=list(words.POSTS.items()),
            widget=forms.RadioSelect,
            initial="member",
        ),
        "languages": forms.MultipleChoiceField(
            label=_("Languages they mediate in"),
            choices=[(code, words.LANGUAGES[code]) for code in LANGUAGES],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "sits_on": forms.TypedMultipleChoiceField(
            label=_("Sits at the centre on"),
            choices=[(n, words.weekday(n)) for n in range(1, 8)],
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        ),
        "holds_seal": forms.BooleanField(label=_("Holds the seal of the committee"), required=False),
        "since": DayField(label=_("First day")),
        "until": DayField(
            label=_("Last day"), required=False, help_text=_("The end of the term; empty as long as it is open.")
        ),
    }


class LineForm(DraftForm):
    """Who mediates, how they came to it, from which day."""

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"] = forms.ChoiceField(
            label=pgettext_lazy("mediator", "Who"),
            choices=[("", "—"), *people, (ELSE, _("Somebody who does not sign in here"))],
        )
        name = forms.CharField(label=pgettext_lazy("mediator", "Name"), max_length=60, required=False)
        name.audience = _("for those who read the panel")  # type: ignore[attr-defined]
        self.fields["name"] = name
        self.fields.update(_questions())

    def clean(self) -> dict[str, Any] | None:
        """Whoever does not sign in has a name, and the last day is not before the first."""
        told = super().clean() or self.cleaned_data
        if told.get("who") == ELSE and not told.get("name", "").strip():
            self.add_error("name", _("Write the name as it stands on the list of the committee."))
        if told.get("since") and told.get("until") and told["until"] < told["since"]:
            self.add_error("until", _("The last day is before the first."))
        return told


class LineChangeForm(ChangeForm):
    """What is different about a line; who it is stays: somebody else is another line."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        was = {name: getattr(row, name) for name in ("how", "post", "holds_seal", "since", "until")}
        was["languages"] = row.languages.split(",") if row.languages else []
        was["sits_on"] = [int(n) for n in row.sits_on.split(",")] if row.sits_on else []
        super().__init__(*args, initial=was, **kwargs)
        self.ask(_questions())


@open_to(*WRITERS)
def new(request: SignedIn, unit: UUID) -> HttpResponse:
    """Ask who mediates for a committee from a day on; nobody writes themselves."""
    committee, sight = committee_or_404(request.sight, unit), request.sight
    form = LineForm(request.POST or None, account=request.user, at=clock.now(), people=_people(request))
    instead(request, form)
    up = reverse("desk:panel")
    if form.is_valid():
        told = form.cleaned_data
        line = form.draft.new_id("panel_member")
        name = None
        if told["who"] == ELSE:
            text = " ".join(told["name"].split())
            name = form.draft.seal("name", about=line, audience=Audience.PLACE, text=text)
        body = PanelMember1(
            panel_member=line,
            unit=committee.id,
            account=None if name else UUID(told["who"]),
            name=name.digest if name else None,
            **{field: told[field] for field in _questions()},
        )
        item = entry_of(request, form.draft, body, unit=committee.id, on=sight.day, sealed=[name] if name else ())
        if done := write(request, form, item, to=up, words=_("The mediator stands on the panel.")):
            return done
    return page(request, "desk/panel/new.html", form, unit=committee, up=up, here="panel")


@open_to(*WRITERS)
def change(request: SignedIn, panel_member: UUID) -> HttpResponse:
    """Ask what is different about a line; a last day ends it."""
    sight = request.sight
    row = PanelMember.objects.seen_by(sight).filter(id=panel_member).first()
    if row is None:
        raise Http404
    committee = committee_or_404(sight, row.unit)
    saw = seen(row.id, row.wordings)
    form = LineChangeForm(request.POST or None, account=request.user, at=clock.now(), saw=saw, row=row)
    instead(request, form)
    up = reverse("desk:panel")
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in form.altered}
        if not said:
            form.add_error(None, _("Nothing was altered."))
        else:
            body = PanelChange1(panel_member=row.id, **said)
            item = entry_of(request, narrowed(form.draft, row.id, said), body, unit=committee.id)
            if done := write(request, form, item, to=up, words=_("The line of the panel was changed.")):
                return done
    [mediator] = named([row])
    return page(request, "desk/panel/change.html", form, unit=committee, mediator=mediator, up=up, here="panel")


def _people(request: SignedIn) -> list[tuple[str, str]]:
    """Offer whoever signs in for the township, but for the one who writes."""
    known = Account.objects.filter(log=log_of(request.sight), is_active=True, is_administrator=False)
    others = known.filter(is_privacy_officer=False).exclude(id=request.user.id)
    return [(str(one), name) for one, name in others.order_by("called", "id").values_list("id", "called")]
