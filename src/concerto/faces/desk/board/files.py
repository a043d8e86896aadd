"""A board as a file: a line for each duty, unit and due day. What for is asked and noted; no name stands in it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import pgettext, pgettext_lazy

from concerto.faces.desk.board import words
from concerto.faces.desk.board.asked import Asked
from concerto.faces.desk.board.telling import told
from concerto.faces.desk.five import LEDGERS
from concerto.faces.desk.gate import SignedIn
from concerto.faces.desk.ledgers.files import DownloadForm, as_answer
from concerto.groundwork import clock
from concerto.papers.board.year import Place, Year, by_bar
from concerto.places.models import Opening
from concerto.places.sight import Part, Sight

HEADINGS = (
    pgettext_lazy("column", "Place"),
    pgettext_lazy("column", "Unit"),
    pgettext_lazy("column", "Part"),
    pgettext_lazy("column", "Duty"),
    pgettext_lazy("column", "How often"),
    pgettext_lazy("column", "Due"),
    pgettext_lazy("column", "How it stands"),
    pgettext_lazy("column", "Done"),
    pgettext_lazy("column", "Made good on"),
    pgettext_lazy("column", "Source"),
)


class BoardFileForm(DownloadForm):
    """What the file is for, and its format; there are no names to ask about."""

    names = None  # type: ignore[assignment]  # Django's way to leave a field of the other form out


def answer_with_board(
    request: SignedIn, year: Year, places: Sequence[Place], asked: Asked, form: BoardFileForm, *, title: str
) -> HttpResponse:
    """Make the file, and note that it was taken."""
    rows = list(file_rows(year, places, asked, request.sight))
    answer = as_answer(form.cleaned_data["format"], [str(one) for one in HEADINGS], rows, f"{title} {asked.year}")
    assert request.sight.log is not None
    note = Opening(
        log=request.sight.log,
        at=clock.now(),
        by=request.user.id,
        what="board_file",
        part=asked.part,
        purpose=form.cleaned_data["purpose"],
        rows=len(rows),
    )
    note.save(force_insert=True)
    return answer


def file_rows(year: Year, places: Sequence[Place], asked: Asked, sight: Sight) -> Iterator[list[Any]]:
    """Say every head in a row; places by code, months and duties in their order."""
    bars = by_bar(year.heads)
    for place in places:
        for unit in place.units:
            for part in asked.parts:
                for month in range(1, 13):
                    for head in bars.get((unit.id, part, month), ()):
                        one = told(head, sight)
                        yield [
                            place.name,
                            unit.name,
                            str(LEDGERS[Part(part)]),
                            words.title(head.duty),
                            words.how_often(words.edition_of(head)),
                            head.due,
                            str(words.STATES[one.state]),
                            pgettext("clause", ", ").join(
                                said for said in (one.count or pgettext("board", "not counted"), one.waived) if said
                            ),
                            one.late_on or "",
                            words.source(head),
                        ]
