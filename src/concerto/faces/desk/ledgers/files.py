"""A ledger as a file: what for is asked and noted, phones and sealed words are never in it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerto.faces.desk.gate import SignedIn
from concerto.groundwork import clock
from concerto.groundwork.refusals import words_of
from concerto.papers import ledgers as papers
from concerto.papers.columns import Column, columns
from concerto.papers.ledgers import Asked, Line
from concerto.papers.naming import Naming, naming
from concerto.papers.tables import as_csv, as_xlsx
from concerto.places.models import Opening
from concerto.places.sight import Part

MOST_NAMED = 50  # more than this needs a second person, and there is no such page yet
AT_ONCE = 2000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class DownloadForm(forms.Form):
    """What a file is for, and what it holds."""

    purpose = forms.CharField(
        label=_("What is the file for"),
        max_length=200,
        help_text=_("It is noted together with the number of lines. Name nobody here."),
    )
    names = forms.ChoiceField(
        label=_("With names"),
        choices=[("without", _("Without names")), ("with", _("With names, 50 lines at most"))],
        initial="without",
        widget=forms.RadioSelect,
    )
    format = forms.ChoiceField(
        label=pgettext_lazy("file", "Format"),
        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )


def answer_with_file(
    request: SignedIn, part: Part, asked: Asked, form: DownloadForm, *, title: str, below: str = ""
) -> HttpResponse | None:
    """Make the file and note it, or say on the form why not; `below` stands in a last row, and is no line."""
    with_names = form.cleaned_data["names"] == "with"
    if with_names and len(list(papers.gather(part, request.sight, asked, most=MOST_NAMED + 1))) > MOST_NAMED:
        form.add_error("names", words_of("too_many_named", {"most": MOST_NAMED}))
        return None
    shown = columns(part, with_names=with_names)
    rows = Counted(_rows(request, part, asked, shown, with_names=with_names))
    filled = chain(rows, [[below]] if below else [])
    answer = as_answer(form.cleaned_data["format"], [str(c.heading) for c in shown], filled, title)
    _note(request, part, form.cleaned_data["purpose"], rows.count)
    return answer


class Counted:
    """Rows that are counted as they are written, so that a long ledger is never held whole."""

    def __init__(self, rows: Iterable[list[Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.rows:
            self.count += 1
            yield row


def _rows(
    request: SignedIn, part: Part, asked: Asked, shown: Sequence[Column], *, with_names: bool
) -> Iterator[list[Any]]:
    lines: list[Line] = []
    for line in papers.gather(part, request.sight, asked):
        lines.append(line)
        if len(lines) == AT_ONCE:
            yield from _said(lines, shown, naming(request.sight, lines, with_names=with_names))
            lines = []
    yield from _said(lines, shown, naming(request.sight, lines, with_names=with_names))


def _said(lines: Sequence[Line], shown: Sequence[Column], called: Naming) -> Iterator[list[Any]]:
    for line in lines:
        yield [column.says(line, called) for column in shown]


def as_answer(kind: str, headings: Sequence[str], rows: Iterable[Sequence[Any]], title: str) -> HttpResponse:
    """Answer with a table as a file of this kind, named by its title and the day."""
    if kind == "csv":
        made: Any = "".join(as_csv(headings, rows)).encode()
    else:
        made = as_xlsx(headings, rows, title=title)
    answer = HttpResponse(made, content_type=TYPES[kind])
    name = f"{title} {clock.today().isoformat()}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


def _note(request: SignedIn, part: Part, purpose: str, rows: int) -> None:
    assert request.sight.log is not None
    note = Opening(
        log=request.sight.log,
        at=clock.now(),
        by=request.user.id,
        what="ledger_file",
        part=part.value,
        purpose=purpose,
        rows=rows,
    )
    note.save(force_insert=True)
