"""What every form of the register does at its end: the entry to the door, and where its answer leads."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerto.conductor.receive import Receipt, receive
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.writing import Draft, DraftForm, record, said_from
from concerto.groundwork import clock
from concerto.journal.kinds import words as said
from concerto.journal.said import Body, Item, SealedPart
from concerto.places.sight import Role

READERS = (
    Role.INSTRUCTOR,
    Role.BRANCH_SECRETARY,
    Role.MEDIATOR,
    Role.CENTRE_DESK,
    Role.TOWNSHIP_ORGANIZER,
)
WRITERS = (Role.INSTRUCTOR, Role.BRANCH_SECRETARY, Role.TOWNSHIP_ORGANIZER)
FIRST_DAY = date(1949, 1, 1)
CLASHED_FOR_GOOD = frozenset({"already", "same_id_other_words"})  # answers about an id: nothing lies in the tray

Words = str | Promise


class DayField(forms.DateField):
    """A day that has come, typed or picked."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("The day is in the future: choose today or an earlier day."), code="future")
        if day is not None and day < FIRST_DAY:
            raise forms.ValidationError(_("The day is too long ago: check the year."), code="too_long_ago")
        return day


class ChangeForm(DraftForm):
    """A form that changes a thing: what was shown travels with it, so that only what was altered is said."""

    def __init__(self, *args: Any, initial: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(initial), **kwargs)
        self.was = dict(initial)

    def ask(self, asked: Mapping[str, forms.Field]) -> None:
        """Add questions whose answers are compared with what was shown."""
        for name, field in asked.items():
            field.show_hidden_initial = True
            self.fields[name] = field

    def clean(self) -> dict[str, Any] | None:
        """Where a first and a last day are asked, the last is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first."))
        return cleaned

    @property
    def what_was(self) -> SafeString:
        """The hidden fields that remember what was shown."""
        shown = (self[name] for name, field in self.fields.items() if field.show_hidden_initial)
        return format_html_join("", "{}", ((self._was(bound),) for bound in shown))

    def _was(self, bound: forms.BoundField) -> str:
        if self.is_bound:
            return bound.as_hidden(only_initial=True)
        value = bound.field.prepare_value(self.was.get(bound.name, bound.field.initial))
        name = bound.html_initial_name
        return bound.field.hidden_widget().render(name, value, attrs={"id": f"initial-{bound.html_name}"})

    @property
    def altered(self) -> list[str]:
        """The names of the fields that were altered."""
        return [name for name in self.changed_data if name not in ("draft", "told_by")]


class Told(DraftForm):
    """A form at whose end it is asked where the answers are known from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_by"] = forms.ChoiceField(
            label=_("Where you know it from"),
            choices=list(said.TOLD_BY_WORDS.items()),
            widget=forms.RadioSelect,
            required=False,
            initial="household",
        )

    @property
    def told_by(self) -> Any:
        """Who told it, as an entry says it; None where nobody said."""
        return self.cleaned_data.get("told_by") or None


def written_on(draft: Draft) -> date:
    """Give the day a page was opened on: what its entry happened on when nobody says otherwise."""
    return clock.day_of(datetime.fromisoformat(draft.recorded_at))


def narrowed(draft: Draft, thing: UUID, names: Iterable[str]) -> Draft:
    """Keep of what was seen only the fields that are changed."""
    return replace(draft, saw={key: draft.saw.get(key) for key in sorted(f"{thing}.{name}" for name in names)})


def entry_of(
    request: SignedIn,
    draft: Draft,
    body: Body | None,
    *,
    unit: UUID,
    on: date | None = None,
    sealed: Iterable[SealedPart] = (),
    **more: Any,
) -> Item:
    """Write the entry of a register form, in the township of its reader."""
    assert request.sight.log is not None
    day = on or written_on(draft)
    return said_from(
        draft, body, account=request.user, log=request.sight.log, unit=unit, happened_on=day, sealed=sealed, **more
    )


def write(
    request: SignedIn, form: DraftForm, item: Item, *, to: str, words: Words, has_page: bool = True
) -> HttpResponse | None:
    """Bring an entry to the door and go where its answer leads; None shows the form again, with why. An entry of a
    case has no page of its own: no way leads there."""
    receipt = record(request, item)
    return answer(request, form, receipt, to=to, words=words, has_page=has_page)


def write_all(request: SignedIn, items: list[Item]) -> list[Receipt]:
    """Bring several entries of one form to the door at once."""
    return receive(items, brought_by=request.user, at=clock.now())


def answer(
    request: SignedIn, form: DraftForm, receipt: Receipt, *, to: str, words: Words, has_page: bool = True
) -> HttpResponse | None:
    """Say what became of an entry and go on; None when it was refused: the form is shown again, nothing lost."""
    if receipt.stands:
        if has_page:
            say_recorded(request, receipt, words)
        else:
            messages.success(request, str(words))
        return redirect(to)
    elsewhere = led_elsewhere(request, receipt)
    if elsewhere is None:
        form.sent_back(receipt, at=clock.now())
    return elsewhere


def led_elsewhere(request: SignedIn, receipt: Receipt) -> HttpResponse | None:
    """Lead to both sides of a clash, or to where an entry waits; an entry that was refused stays on its form."""
    if receipt.outcome == "clash" and receipt.code not in CLASHED_FOR_GOOD and receipt.id:
        return redirect("desk:clash", receipt.id)
    if receipt.outcome == "waits":
        messages.warning(request, gettext("It waits under To be settled: {why}").format(why=receipt.why))
        return redirect("desk:tray")
    return None


def renew(form: DraftForm) -> None:
    """Give a form that is shown again a new entry to be sent, which stands for the one that was not taken."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # it was sent, so it is the data of a request
    again = form.draft.again(form.account, clock.now())
    data[form.add_prefix("draft")] = form.fields["draft"].prepare_value(again)
    form.data = data


def say_recorded(request: SignedIn, receipt: Receipt, words: Words) -> None:
    """Say on the next page that it is recorded, with the way to the entry, where it can be corrected."""
    entry = address("entry", receipt.id)
    if entry:
        link = format_html('<a href="{}">{}</a>', entry, gettext("Open the entry"))
        messages.success(request, format_html("{} {}", words, link))
    else:
        messages.success(request, str(words))


def address(name: str, *args: Any) -> str:
    """Give the address of a page of the desk, or nothing where there is no such page."""
    try:
        return reverse(f"desk:{name}", args=args)
    except NoReverseMatch:
        return ""


def day_words(day: date | None) -> str:
    """Write a day as people read it."""
    return date_format(day, "DATE_FORMAT") if day else ""
