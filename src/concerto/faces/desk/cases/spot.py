"""Settled where it arose: one form, one entry. Somebody hurt or afraid is led to what is done by hand, and nothing of
it is kept; what is within a family takes the long path."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.answers import page
from concerto.faces.desk.cases import words
from concerto.faces.desk.cases.bringing import bring, mediators, units_to_record
from concerto.faces.desk.frame import READERS
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.needs.forms import radios
from concerto.faces.desk.register.changing import DayField, address, entry_of
from concerto.faces.desk.triage.asking import read, shown
from concerto.faces.desk.writing import DraftForm, with_code
from concerto.groundwork import clock
from concerto.groundwork.refusals import Refused, words_of
from concerto.journal.kinds.cases import OF_A_FAMILY, SpotSettlement1, SpotSide
from concerto.journal.said import Audience, SealedPart
from concerto.places.sight import Role
from concerto.rulebook.routes import routes
from concerto.rulebook.triage import triage

RECORDERS = READERS - {Role.TOWNSHIP_ORGANIZER}
MOST_LETTERS = 2000
NOBODY = "none"
AFRAID = (("no", pgettext_lazy("afraid", "No")), ("yes", pgettext_lazy("afraid", "Yes, somebody is hurt or afraid")))
DONE = (("now", _("Done on the spot")), ("later", _("By a day")))


class SpotForm(DraftForm):
    """What was settled: of what sort, between whom, what they agreed, by when, and who mediated."""

    def __init__(self, *args: Any, units: list[tuple[str, str]], panel: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["afraid"] = radios(_("Is anybody hurt or afraid? Ask each alone."), AFRAID)
        if len(units) > 1:
            self.fields["unit"] = forms.ChoiceField(label=_("In which village"), choices=[("", "—"), *units])
        self.fields["sort"] = forms.ChoiceField(
            label=pgettext_lazy("quarrel", "What it was about"),
            choices=[("", "—"), *words.sort_choices(family_last=_("Within a family: not settled on the spot"))],
        )
        for side, title in (("a", _("Side A, name")), ("b", _("Side B, name"))):
            self.fields[side] = _sealed(forms.CharField(label=title, max_length=120))
            self.fields[f"{side}_wanted"] = forms.BooleanField(
                label=_("Wanted somebody to help, and said so themselves"), required=False
            )
        self.fields["agreed"] = _sealed(
            forms.CharField(
                label=_("What they agreed"), max_length=MOST_LETTERS, widget=forms.Textarea(attrs={"rows": 3})
            )
        )
        self.fields["done"] = radios(_("By when"), DONE, initial="now")
        self.fields["until"] = forms.DateField(
            label=_("By which day"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )
        nobody = (NOBODY, _("Nobody of the panel: they settled it between themselves"))
        self.fields["mediator"] = radios(_("Who mediated"), [*panel, nobody])
        self.fields["mediator"].long = True  # type: ignore[attr-defined]  # the template asks the field how it lies
        self.fields["on"] = DayField(label=_("On which day"), initial=clock.today)

    def clean(self) -> dict[str, Any] | None:
        """What the door would refuse is said at its question, while it lies on this form alone."""
        told = super().clean() or self.cleaned_data
        if told.get("sort") in OF_A_FAMILY:
            self.add_error("sort", _said("family_takes_the_long_path"))
        if told.get("done") == "later" and "until" not in self.errors:
            if told.get("until") is None:
                self.add_error("until", _("Write the day, or say that it was done on the spot."))
            elif told.get("on") and told["until"] < told["on"]:
                self.add_error("until", _("This day lies before the one on which they agreed."))
        wanted = told.get("a_wanted") and told.get("b_wanted")
        if told.get("mediator", NOBODY) != NOBODY and not wanted:
            self.add_error("mediator", _said("side_wanted_no_help"))
        return told


def _sealed(field: forms.CharField) -> forms.CharField:
    field.audience = words.READ_BY  # type: ignore[attr-defined]  # the template asks the field who may read it
    return field


def _said(code: str) -> str:
    return with_code(words_of(code), code)


@open_to(*RECORDERS)
def spot(request: SignedIn) -> HttpResponse:
    """Ask once, and write down what was settled; of somebody afraid nothing is read, shown again or kept."""
    if request.POST.get("afraid") == "yes":
        return render(request, "desk/cases/protected.html", {**protected(), "here": "cases"})
    sight = request.sight
    units = units_to_record(request, SpotSettlement1.KIND)
    panel = mediators(sight)
    form = SpotForm(
        request.POST or None,
        account=request.user,
        at=clock.now(),
        units=[(str(unit.id), unit.name) for unit in units],
        panel=[(str(one.id), one.name) for one in panel],
    )
    if form.is_valid():
        accounts = {str(one.id): one.account for one in panel}
        unit = UUID(form.cleaned_data["unit"]) if "unit" in form.fields else units[0].id
        try:
            body, sealed = _told(form, accounts)
        except Refused as wrong:
            form.not_written(wrong)
        else:
            item = entry_of(request, form.draft, body, unit=unit, on=form.cleaned_data["on"], sealed=sealed)
            to = reverse("desk:case", args=[body.case])
            if gone := bring(request, form, item, to=to, words=_("It is settled and recorded.")):
                return gone
    context = {**protected(), "units": units, "panel": panel, "long_path": address("case-new"), "here": "cases"}
    return page(request, "desk/cases/spot.html", form, **context)


def _told(form: SpotForm, accounts: dict[str, UUID | None]) -> tuple[SpotSettlement1, list[SealedPart]]:
    told, draft = form.cleaned_data, form.draft
    case = draft.new_id("case")
    agreed = draft.seal("agreed", about=case, audience=Audience.CASE, text=told["agreed"].strip())
    sealed, sides = [agreed], {}
    for side in ("a", "b"):
        party = draft.new_id(side)
        name = draft.seal(side, about=party, audience=Audience.CASE, text=" ".join(told[side].split()))
        sides[side] = SpotSide(party=party, name=name.digest, wanted=told[f"{side}_wanted"])
        sealed.append(name)
    line = told["mediator"] if told["mediator"] != NOBODY else ""
    later = told["until"] if told["done"] == "later" else None
    body = SpotSettlement1(
        case=case,
        sort=told["sort"],
        afraid="no",
        a=sides["a"],
        b=sides["b"],
        agreed=agreed.digest,
        until=later,
        item=draft.new_id("item") if later else None,
        mediator=UUID(line) if line else None,
        account=accounts.get(line) if line else None,
    )
    return body, sealed


def protected() -> dict[str, Any]:
    """Say what is done by hand where somebody is hurt or afraid: the words and routes of triage."""
    end = next(one for one in triage().ends if one.id == "afraid")
    return {
        "protected": words_of("protected_by_hand"),
        "says": [read(said) for said in end.says],
        "routes": [shown(routes()[route]) for route in end.routes],
    }
