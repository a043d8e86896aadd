"""A branch's year as lines of turns: a cell spans its turn, the mark stands at its day, what is owed at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from concerto.faces.desk.board import words
from concerto.faces.desk.board.telling import draw, whole
from concerto.faces.desk.five import CLEFS
from concerto.papers.board.year import Head, Year
from concerto.places.sight import Part

PLACES_IN_A_TURN = 5


@dataclass(frozen=True)
class Turn:
    """One cell: a turn with its mark, or months in which nothing is owed."""

    span: int
    sort: str
    place: str = ""
    drawn: SafeString | str = ""
    day: str = ""
    said: str = ""
    address: str = ""


@dataclass(frozen=True)
class Row:
    """One duty through the year."""

    title: str
    often: str
    clef: Any
    part: str
    cells: list[Turn]
    now: "Turn | None"
    now_said: str


def rows_of(year: Year, branch: UUID, bar_address: Any) -> list[Row]:
    """Give a row for each duty that is owed each period; those owed after something are in their records."""
    by_duty: dict[str, list[Head]] = {}
    for head in year.heads:
        if head.unit == branch and head.period.every is not None:
            by_duty.setdefault(head.duty.id, []).append(head)
    order = [name for part in Part for name, duty in year.mechanism.duties.items() if duty.part == part]
    return [_row(year, by_duty[name], bar_address) for name in order if name in by_duty]


def _row(year: Year, heads: list[Head], bar_address: Any) -> Row:
    duty, now = heads[0].duty, heads[-1]
    return Row(
        words.title(duty),
        words.how_often(words.edition_of(now)),
        CLEFS[Part(duty.part)],
        duty.part,
        list(_cells(year, heads, bar_address)),
        _turn(year, now, bar_address),
        whole(now).words(year=year.number),
    )


def _cells(year: Year, heads: Sequence[Head], bar_address: Any) -> Iterator[Turn]:
    month = 1
    for head in heads:
        first = _first_month(head, year.number)
        if first > month:
            yield Turn(first - month, "no-turn")
        yield _turn(year, head, bar_address)
        month = head.due.month + 1
    for _ahead in range(month, 13):
        yield Turn(1, "is-ahead")


def _first_month(head: Head, year: int) -> int:
    first = head.period.first
    return first.month if first.year == year else 1


def _turn(year: Year, head: Head, bar_address: Any) -> Turn:
    first = _first_month(head, year.number)
    span = head.due.month - first + 1
    on, sort = _day_of(head), ["is-long"] if span > 1 else []
    if year.asof.year == year.number and first <= year.asof.month <= head.due.month:
        sort.append("is-now" if span == 1 else "")
    entries = [entry for line in head.lines for entry in line.proof]
    said = whole(head).words(year=year.number)
    if head.state == "late":
        turn = words.turn(head.period, year=year.number)
        said = gettext("{said}, counts for {turn}").format(said=said, turn=turn)
    return Turn(
        span,
        " ".join(filter(None, sort)),
        _place(head, on, first, span),
        draw(head.state, head.duty.part) + (draw("waived", head.duty.part) if head.waived else SafeString("")),
        _day_words(head, on, span),
        said,
        bar_address(head, entries) if head.state != "not_owed" else "",
    )


def _day_of(head: Head) -> date | None:
    days = [reason.on for line in head.lines for reason in line.because.counted if reason.on]
    return head.late_on or min(days, default=None)


def _place(head: Head, on: date | None, first: int, span: int) -> str:
    if span == 1:
        return ""
    if head.state in ("open", "missed") or on is None:
        return "is-due"
    part = (on.month - first + on.day / 31) / span
    return f"at-{max(0, min(PLACES_IN_A_TURN - 1, int(part * PLACES_IN_A_TURN)))}"


def _day_words(head: Head, on: date | None, span: int) -> str:
    """Say beside a head what of its day the column does not say; of what is counted, how many."""
    if head.is_counted and head.state != "waived":
        return f"{head.have}/{head.need}" if span == 1 else whole(head).count
    if head.state == "open":
        return gettext("until {day}").format(day=date_format(head.due, "MONTH_DAY_FORMAT")) if span > 1 else ""
    if on is None or head.state not in ("met", "late"):
        return ""
    # Translators: a day of the month by itself, as Django's date filter reads it
    return date_format(on, pgettext("day", "j") if span == 1 and head.state == "met" else "MONTH_DAY_FORMAT")
