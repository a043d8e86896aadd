"""The score as rows and cells for its template: what is drawn in each bar, and the same in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from concerto.faces.desk.board import words
from concerto.faces.desk.board.asked import Asked
from concerto.faces.desk.board.telling import draw, told
from concerto.faces.desk.five import CLEFS, LEDGERS
from concerto.papers.board.year import Head, Place, Year, by_bar, in_bar
from concerto.places.models import Unit
from concerto.places.sight import Part, Sight

ROOM = 62  # what a bar of twelve is wide enough for; more heads than that are drawn once a state, with their number
NARROW, WIDE = 12, 24
NEAR = 3  # how many months a phone shows


@dataclass(frozen=True)
class Month:
    """The head of a column."""

    number: int
    name: str
    is_now: bool
    is_far: bool
    is_ahead: bool

    @property
    def sort(self) -> str:
        """Say as classes where it stands."""
        told = {"is-now": self.is_now, "is-far": self.is_far, "is-ahead": self.is_ahead}
        return " ".join(name for name, holds in told.items() if holds)


@dataclass(frozen=True)
class Cell:
    """One bar of one line."""

    month: Month
    drawn: SafeString
    said: str
    address: str
    whole: str  # the address of the whole bar, all lines together, for a finger
    is_chosen: bool

    @property
    def sort(self) -> str:
        return f"{self.month.sort} is-chosen" if self.is_chosen else self.month.sort


@dataclass(frozen=True)
class Lane:
    """One line of a bracket."""

    part: Part
    cells: list[Cell]

    @property
    def clef(self) -> Any:
        return CLEFS[self.part]

    @property
    def name(self) -> Any:
        return LEDGERS[self.part]


@dataclass(frozen=True)
class Bracket:
    """One place with its lines."""

    place: Place
    lanes: list[Lane]


def months(year: int, asof: date) -> list[Month]:
    """Give the twelve months: which is now, which lie ahead, which a phone leaves out."""
    runs = asof.year == year
    now = asof.month if runs else 12
    return [
        Month(n, words.month(n), runs and n == now, not now - NEAR < n <= now, runs and n > now) for n in range(1, 13)
    ]


def brackets(year: Year, places: Sequence[Place], asked: Asked, sight: Sight) -> list[Bracket]:
    """Draw each place, as its reader is told of it."""
    bars, columns = by_bar(year.heads), months(year.number, year.asof)

    def lanes(place: Place) -> list[Lane]:
        return [Lane(Part(part), list(_cells(bars, place, part, columns, asked, sight))) for part in asked.parts]

    return [Bracket(place, lanes(place)) for place in places]


def _cells(bars: Any, place: Place, part: str, columns: list[Month], asked: Asked, sight: Sight) -> Iterator[Cell]:
    for month in columns:
        heads = in_bar(bars, place, month.number, [part])
        each = [told(head, sight) for head in heads]
        states = [one.state for one in each]
        let_go = [(words.title(one.head.duty), one.waived) for one in each if one.waived]
        whole = bool(in_bar(bars, place, month.number, asked.parts))
        is_open = (asked.place, asked.month) == (place.id, month.number) and part in asked.lines_opened
        opens: dict[str, Any] = {"place": place.id, "month": month.number}
        yield Cell(
            month,
            drawn([*states, *("waived" for _one in let_go)], part),
            words.several(states, let_go),
            asked.address(**opens, line=part) if heads else "",
            asked.address(**opens) if whole else "",
            is_open,
        )


def drawn(states: Sequence[str], part: str) -> SafeString:
    """Draw the heads of a bar side by side; where they have no room, one of each state with its number."""
    there = [state for state in states if state != "not_owed"]
    if sum(WIDE if state == "late" else NARROW for state in there) <= ROOM:
        return _joined(draw(state, part) for state in there)
    each = [(state, there.count(state)) for state in dict.fromkeys(there)]
    return _joined(
        format_html('{}<span class="score-n">{}</span>', draw(state, part), n if n > 1 else "") for state, n in each
    )


def _joined(pieces: Any) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  (each piece is a drawing of ours)


@dataclass(frozen=True)
class TableRow:
    """One duty of one unit through the year, in words."""

    unit: str
    part: Any
    duty: str
    often: str
    cells: list[tuple[Month, str, list[str]]]


def table_rows(year: Year, places: Sequence[Place], asked: Asked, sight: Sight) -> Iterator[TableRow]:
    """Say the same as the drawing, a duty a row; places and duties keep their order."""
    bars, columns = by_bar(year.heads), months(year.number, year.asof)
    for place in places:
        for unit in place.units:
            for part in asked.parts:
                yield from _of_unit(year, bars, columns, unit, part, sight)


def _of_unit(
    year: Year,
    bars: Any,
    columns: list[Month],
    unit: Unit,
    part: str,
    sight: Sight,
) -> Iterator[TableRow]:
    found: dict[str, dict[int, list[Head]]] = {}
    for month in columns:
        for head in bars.get((unit.id, part, month.number), ()):
            found.setdefault(head.duty.id, {}).setdefault(month.number, []).append(head)
    for duty in (duty for duty in year.mechanism.duties if duty in found):
        heads = found[duty]
        first = next(iter(heads.values()))[0]
        cells = [(month, *_said(heads.get(month.number, []), year.number, sight)) for month in columns]
        yield TableRow(
            unit.name, LEDGERS[Part(part)], words.title(first.duty), words.how_often(words.edition_of(first)), cells
        )


def _said(heads: list[Head], year: int, sight: Sight) -> tuple[str, list[str]]:
    """Say one month in whole words, and in pieces for those who see the column; what is alike is said once."""
    each = [told(head, sight) for head in heads]
    pieces = {tuple(one.short()): None for one in each}
    return gettext("; ").join(one.words(year=year) for one in each), [piece for some in pieces for piece in some]
