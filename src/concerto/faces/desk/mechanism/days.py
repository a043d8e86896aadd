"""Working days: each year's days off with their source, and taking a year's notice in from a file."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from concerto.faces.desk.entries.opened import opened_in
from concerto.faces.desk.frame import ADMINISTRATOR, ORGANIZER, POSTED
from concerto.faces.desk.gate import SignedIn, open_to
from concerto.faces.desk.mechanism.reading import Here
from concerto.faces.desk.register.changing import entry_of, write
from concerto.faces.desk.writing import DraftForm
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.journal.kinds.editions import DayTable1
from concerto.papers.day_files import NotRead, YearRead, read_year, spans, working_days
from concerto.register.models import LocalDays
from concerto.rulebook.days import DayTable, Year
from concerto.rulebook.mechanism import mechanism

MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class YearShown:
    """One year of the table."""

    year: str
    told: Year
    working: int
    local: LocalDays | None
    entry: UUID | None

    @property
    def off(self) -> list[tuple[date, date]]:
        return spans(self.told.off)

    @property
    def worked(self) -> list[date]:
        return sorted(self.told.worked)


@open_to(*POSTED, *ADMINISTRATOR)
def days(request: SignedIn) -> HttpResponse:
    """Show the days off of every year that is known, the latest first."""
    here, sight = Here(request.sight), request.sight
    table = here.mechanism.days
    local = {row.year: row for row in LocalDays.objects.seen_by(sight).order_by("id")}  # the last one stands
    may_take = sight.has(*ORGANIZER)
    entries = opened_in(sight.log, [row.id for row in local.values()]) if may_take and sight.log else {}
    page = {
        "years": [
            YearShown(
                str(year),
                table.years[year],
                working_days(table, year),
                row := local.get(year),
                entries.get(row.id) if row else None,
            )
            for year in sorted(table.years, reverse=True)
        ],
        "missing": table.missing_year(sight.day),
        "may_propose": may_take,
        "here": "mechanism",
    }
    return render(request, "desk/mechanism/days.html", page)


class DaysForm(DraftForm):
    """A year's notice: from a file, or written into the field."""

    file = forms.FileField(
        label=_("A file: TOML or CSV"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".toml,.csv,.txt,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or written here"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("A line for each day or span: 2027-01-01..2027-01-03,off or 2027-01-09,worked"),
    )
    source = forms.CharField(
        label=_("Source: which notice, with its number"), max_length=80, help_text=_("As the notice itself bears it.")
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    told: YearRead

    def clean(self) -> dict[str, Any] | None:
        """Read the table, and say in words why it is none."""
        cleaned = super().clean() or self.cleaned_data
        sent, text = cleaned.get("file"), cleaned.get("text", "")
        if sent is not None:
            if sent.size > MOST_BYTES:
                self.add_error("file", _("The file is too large for a table of days."))
                return cleaned
            read = _decoded(sent.read())
            if read is None:
                self.add_error("file", _("The file can't be read as text: save it as CSV (UTF-8), or write it below."))
                return cleaned
            text = read
        cleaned["text"] = text
        if not text.strip():
            self.add_error("file", _("Choose a file, or write the days below."))
            return cleaned
        try:
            self.told = read_year(text)
        except NotRead as wrong:
            self.add_error("file" if sent is not None else "text", str(wrong))
            return cleaned
        if not mechanism().days.may_be_told(self.told.year, running=clock.today().year):
            self.add_error(None, words_of("year_has_begun", {"year": self.told.year}))
        return cleaned

    @property
    def mark(self) -> str:
        """What tells whether the table that was looked at is the one that is taken in."""
        return sha256(f"{self.told}{self.cleaned_data['source']}".encode()).hexdigest()[:16]


def _decoded(written: bytes) -> str | None:
    """Read a file's text: in UTF-8, or as table programs in Chinese write a CSV; what is no text has none."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


@open_to(*ORGANIZER)
def days_new(request: SignedIn) -> HttpResponse:
    """Read a notice, show what it says, and only then take it in."""
    form = DaysForm(request.POST or None, request.FILES or None, account=request.user, at=clock.now())
    shown = None
    if form.is_valid() and request.sight.log is not None:
        told, log = form.told, request.sight.log
        if "take" in request.POST and form.cleaned_data["looked_at"] == form.mark:
            body = DayTable1(
                table=form.draft.new_id("table"),
                year=told.year,
                source=form.cleaned_data["source"],
                off=list(told.off),
                worked=list(told.worked),
            )
            item = entry_of(request, form.draft, body, unit=log)
            if done := write(request, form, item, to=reverse("desk:mechanism-days"), words=_("The days are in.")):
                return done
        table = DayTable({**mechanism().days.years, told.year: told.as_year})
        shown = YearShown(str(told.year), told.as_year, working_days(table, told.year), None, None)
        data: Any = form.data.copy()  # type: ignore[attr-defined]
        data["looked_at"], data["text"] = form.mark, form.cleaned_data["text"]
        form.data = data
    page = {"form": form, "one": shown, "here": "mechanism"}
    return render(request, "desk/mechanism/days_new.html", page, status=422 if form.errors else 200)
